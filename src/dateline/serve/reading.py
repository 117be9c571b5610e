"""The Python API: read one report, code many, or ask for one kind of record alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from dateline.errors import InputError
from dateline.intake import BadLine, make_report, report_from_file, report_from_object
from dateline.pipeline import records_of
from dateline.records import Event, Record, Report, Statement, Time
from dateline.samples import sample as sample_report
from dateline.serve import views  # noqa: F401  gives records their tables and pages
from dateline.serve.setup import Loaded, PathLike, Setup

if TYPE_CHECKING:
    from spacy.language import Language


def read(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str | None = None,
    model: str | Language | None = None,
    codebook: PathLike | Sequence[PathLike] | None = None,
    cues: PathLike | Sequence[PathLike] | None = None,
) -> Record:
    """Read one report.

    Args:
        text: the report. It is kept unchanged; all spans are ``(start, end)`` in its code points.
        published: ISO date or date-time; relative times ("last week") are counted from it.
        publisher: who published it; the first link of every statement's chain.
        title: its headline, where the text does not hold it.
        url: where it was read.
        id: any name; without one, a hash of the text.
        model: name or path of a spaCy pipeline, or a pipeline from `dateline.annotate.load_model`.
        codebook: YAML files, or folders of them, to add to the codebook that comes along.
        cues: YAML files, or folders of them, to add to the cues of statements that come along.

    Raises:
        InputError: the text is none, or `published` is no date.
        ModelError: the pipeline is missing or lacks a component.
        CodebookError: a codebook or cues cannot be read or are malformed.
    """
    report = make_report(text, id=id, published=published, publisher=publisher, title=title, url=url)
    return read_report(report, model=model, codebook=codebook, cues=cues)


def read_file(
    path: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str | None = None,
    model: str | Language | None = None,
    codebook: PathLike | Sequence[PathLike] | None = None,
    cues: PathLike | Sequence[PathLike] | None = None,
) -> Record:
    """Read one report from a text file or a saved web page; arguments as for `read`.

    Raises:
        InputError: the file cannot be read or decoded, or holds no report.
        ModelError: the pipeline is missing or lacks a component.
    """
    report = report_from_file(str(path), id=id, published=published, publisher=publisher, title=title, url=url)
    return read_report(report, model=model, codebook=codebook, cues=cues)


def sample(name: str, *, model: str | Language | None = None) -> Record:
    """Read one of the sample reports that come with the package.

    Raises:
        InputError: there is none of that name; the message lists them.
        ModelError: the pipeline is missing or lacks a component.
    """
    return read_report(sample_report(name), model=model)


def read_report(
    report: Report,
    *,
    model: str | Language | None = None,
    codebook: PathLike | Sequence[PathLike] | None = None,
    cues: PathLike | Sequence[PathLike] | None = None,
    extend: bool = True,
) -> Record:
    """Read a report that is already made.

    Args:
        report: the report.
        model: as for `read`.
        codebook: as for `read`.
        cues: as for `read`.
        extend: whether these codebooks are added to the one that comes along, or stand instead of it.

    Raises:
        ModelError: the pipeline is missing or lacks a component.
        CodebookError: a codebook or cues cannot be read or are malformed.
    """
    if model is None or isinstance(model, str):
        loaded = Setup.of(model, codebook, extend, cues=cues).load()
    else:
        setup = Setup.of(None, codebook, extend, cues=cues)
        loaded = Loaded(model, setup.load_codebook(), cues=setup.load_cues())
    return next(records_of([report], loaded.nlp, codebook=loaded.codebook, cues=loaded.cues))


def code(
    objects: Iterable[Mapping[str, Any]],
    *,
    jobs: int = 1,
    on_error: Literal["raise", "skip"] | Callable[[BadLine], None] = "raise",
    model: str | None = None,
    codebook: PathLike | Sequence[PathLike] | None = None,
    cues: PathLike | Sequence[PathLike] | None = None,
    batch_size: int = 16,
    triage: bool = False,
    cache: PathLike | None = None,
) -> Iterator[Record]:
    """Read many reports, in order; the records are the same for any number of processes.

    Args:
        objects: input objects: ``{"text", "id"?, "published"?, "publisher"?, "title"?, "url"?}``.
            They are taken as they are needed, so the iterable may be endless.
        jobs: how many processes; with 1 the work is done in this one.
        on_error: what to do with an object that gives no record: raise, skip it, or call this
            function with the object's number (from 1) and the reason.
        model: name or path of a spaCy pipeline.
        codebook: as for `read`.
        cues: as for `read`.
        batch_size: how many reports are parsed together. With a pipeline of another make than the
            default's, changing it may change the last digits of the parser's sums, and so, rarely,
            a parse.
        triage: leave reports without a sign of a political act unparsed; their records have the
            flag ``not_parsed``, and times alone.
        cache: folder where parses are kept and looked up, for reports that are coded again.

    Yields:
        One record an object.

    Raises:
        InputError: an object is wrong and `on_error` is ``"raise"``.
        ModelError: the pipeline is missing or lacks a component.
    """
    from dateline.serve.batch import chunks_of, coded

    setup = Setup.of(model, codebook, triage=triage, cache=cache, cues=cues)

    def items() -> Iterator[tuple[int, Report | BadLine]]:
        for number, found in enumerate(objects, 1):
            try:
                yield number, report_from_object(found)
            except InputError as error:
                yield number, BadLine(number, str(error))

    for chunk, outcomes in coded(chunks_of(items(), batch_size), jobs=jobs, setup=setup):
        at = iter(zip(chunk.numbers, outcomes, strict=True))
        bad = {line.number: line for line in chunk.bad}
        for number in sorted([*chunk.numbers, *bad]):
            outcome = bad.get(number) or next(at)[1]
            if isinstance(outcome, Record):
                yield outcome
                continue
            problem = outcome if isinstance(outcome, BadLine) else BadLine(number, outcome)
            if on_error == "raise":
                raise InputError(f"object {number}: {problem.reason}")
            if on_error != "skip":
                on_error(problem)


def times(text: str, published: str | None = None, *, model: str | Language | None = None) -> list[Time]:
    """The time expressions of a text; see `read` for the arguments and errors.

    Without a `model` nothing is parsed: the words around an expression then tell past from future,
    hundreds of times faster and nearly as well.
    """
    if model is not None:
        return read(text, published=published, model=model).times
    from dateline.mentions.times import times as times_by_words

    report = make_report(text, published=published)
    return times_by_words(report.text, report.published)


def statements(
    text: str, published: str | None = None, *, publisher: str | None = None, model: str | Language | None = None
) -> list[Statement]:
    """The statements of a text; see `read` for the arguments and errors."""
    return read(text, published=published, publisher=publisher, model=model).statements


def events(
    text: str, published: str | None = None, *, publisher: str | None = None, model: str | Language | None = None
) -> list[Event]:
    """The events of a text; see `read` for the arguments and errors."""
    return read(text, published=published, publisher=publisher, model=model).events
