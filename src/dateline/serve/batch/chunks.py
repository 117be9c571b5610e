"""Chunks: the unit of work. Which reports share a chunk depends on the input alone, never on the
number of processes: with the default pipeline a report is parsed the same whatever stands beside it,
but other pipelines may round the sums of reports that are parsed together.
"""

from __future__ import annotations

import gc
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.annotate import Syntax, parse
from dateline.intake import BadLine
from dateline.intake.lines import Cut
from dateline.pipeline import record_of, unparsed_record, worth_parsing
from dateline.records import Record, Report
from dateline.serve.setup import Loaded, Setup

if TYPE_CHECKING:
    from concurrent.futures import Future

    from spacy.language import Language

# A chunk closes early where its texts are long, so that memory stays bounded.
CHUNK_CHARACTERS = 1_000_000


@dataclass
class Chunk:
    """Some reports to be coded together, and the bad lines met on the way to them.

    Attributes:
        reports: at most as many as the batch size.
        numbers: the line (or object) number of each report, counted from 1.
        bad: lines that gave no report.
    """

    reports: list[Report] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)


def chunks_of(items: Iterable[tuple[int, Report | BadLine | Cut]], size: int) -> Iterator[Chunk]:
    """Cut a stream of reports into chunks of at most `size`; the last one may hold bad lines alone."""
    chunk = Chunk()
    characters = 0
    for number, item in items:
        if isinstance(item, BadLine):
            chunk.bad.append(item)
            continue
        if not isinstance(item, Cut):
            chunk.reports.append(item)
            chunk.numbers.append(number)
            characters += len(item.text)
        ends = isinstance(item, Cut) and chunk.reports
        if ends or len(chunk.reports) >= size or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk = Chunk()
            characters = 0
    if chunk.reports or chunk.bad:
        yield chunk


def code_chunk(reports: list[Report], loaded: Loaded) -> list[Record | str]:
    """Code the reports of a chunk.

    Returns:
        For each report its record, or, where a stage failed on it, a sentence that says how.
    """
    outcomes: list[Record | str] = [""] * len(reports)
    worth = []
    for k, report in enumerate(reports):
        try:
            if worth_parsing(report, loaded.triage):
                worth.append(k)
            else:
                outcomes[k] = unparsed_record(report)
        except Exception as error:
            outcomes[k] = fault(error)
    for k, syntax in zip(worth, _parses([reports[k].text for k in worth], loaded), strict=True):
        if isinstance(syntax, str):
            outcomes[k] = syntax
            continue
        try:
            outcomes[k] = record_of(reports[k], syntax, loaded.codebook, loaded.cues)
        except Exception as error:
            outcomes[k] = fault(error)
    return outcomes


def _parses(texts: list[str], loaded: Loaded) -> list[Syntax | str]:
    cache = loaded.cache
    kept: list[Syntax | None] = cache.get(texts) if cache is not None else [None] * len(texts)
    new = [text for text, syntax in zip(texts, kept, strict=True) if syntax is None]
    parsed: list[Syntax | str]
    try:
        parsed = list(parse(new, loaded.nlp))
    except Exception:
        # One text broke the parser: parse them one by one to find out which.
        parsed = [_parse_alone(text, loaded.nlp) for text in new]
    if cache is not None:
        cache.put([syntax for syntax in parsed if isinstance(syntax, Syntax)])
    rest = iter(parsed)
    return [next(rest) if syntax is None else syntax for syntax in kept]


def _parse_alone(text: str, nlp: Language) -> Syntax | str:
    try:
        return next(parse([text], nlp))
    except Exception as error:
        return fault(error)


def fault(error: BaseException) -> str:
    """One line about an exception that nobody expected: what, and where in the program."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {frames[-1].filename.rpartition('dateline/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"a fault of the program ({type(error).__name__}: {error}{where}); please report it with the text"


def settle() -> None:
    """Tell the garbage collector that what is loaded by now stays: lexicons and model hold millions of
    objects, and looking through them again and again costs a twentieth of a batch's time.
    """
    gc.collect()
    gc.freeze()


def coded(
    chunks: Iterable[Chunk], *, jobs: int, setup: Setup, own_process: bool = False
) -> Iterator[tuple[Chunk, list[Record | str]]]:
    """Code chunks in order, on `jobs` processes; at most four chunks a process are under way.

    Args:
        chunks: taken as they are needed.
        jobs: how many processes; with 1 the work is done in this one.
        setup: what to code with.
        own_process: nothing but this job runs here, so `settle` may be called.

    Raises:
        ModelError: the pipeline is missing or lacks a component.
        CodebookError: a codebook cannot be read or is malformed.
    """
    if jobs <= 1:
        loaded = setup.load()
        for n, chunk in enumerate(chunks):
            if n == 1 and own_process:
                settle()  # the lexicons are loaded when they are first used; a single chunk is not worth it
            yield chunk, code_chunk(chunk.reports, loaded)
        return
    from dateline.serve.batch.workers import Workers

    waiting: deque[tuple[Chunk, Future[list[Record | str]]]] = deque()
    with Workers(jobs, setup) as workers:
        for chunk in chunks:
            waiting.append((chunk, workers.submit(chunk.reports)))
            while len(waiting) >= 4 * jobs or (waiting and waiting[0][1].done()):
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()
