"""Export: records in the forms that other tools read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dateline.errors import InputError
from dateline.records import Record


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export.

    Attributes:
        name: as `--to` takes it.
        what: one line for people.
        place: whether it is one file or a folder of files.
    """

    name: str
    what: str
    place: Literal["file", "folder"]


FORMS = (
    Form("polecat", "events in POLECAT's columns (.csv or .parquet)", "file"),
    Form("cameo", "events as CAMEO rows through the crosswalk, with Goldstein scores (.csv or .parquet)", "file"),
    Form("turtle", "PROV and SEM as RDF in Turtle", "file"),
    Form("jsonld", "PROV and SEM as RDF in JSON-LD", "file"),
    Form("ftm", "FollowTheMoney entities, JSON lines", "file"),
    Form("graphml", "who acts on whom, GraphML", "file"),
    Form("labelstudio", "tasks with predictions for Label Studio, JSON", "file"),
    Form("docbin", "spaCy DocBin with spans", "file"),
    Form("brat", "brat standoff: a .txt and an .ann a report", "folder"),
)


def export(records: Iterable[Record], form: str, output: Path) -> int:
    """Write records in a form.

    The file appears whole (or, for a folder, file by file).

    Args:
        records: any number of them, taken one by one where the form allows.
        form: name of one of `FORMS`.
        output: the file, or the folder.

    Returns:
        The number of records written.

    Raises:
        InputError: the form is unknown, or the output cannot be written.
        MissingExtraError: the form needs a package that is not installed.
    """
    writers = _writers()
    if form not in writers:
        raise InputError(f"there is no form {form!r}; the forms are {', '.join(writers)}")
    counted = _Counted(records)
    place = next(f.place for f in FORMS if f.name == form)
    try:
        if place == "folder":
            output.mkdir(parents=True, exist_ok=True)
            writers[form](counted, output)
        else:
            # The suffix tells some writers what to write, so it stays at the end.
            partial = output.with_name(f".partial-{output.name}")
            try:
                writers[form](counted, partial)
                partial.replace(output)
            finally:
                partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"cannot write {output}: {error.strerror or error}") from error
    return counted.count


class _Counted:
    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            yield record


def _writers() -> dict[str, Callable[[Iterable[Record], Path], None]]:
    from dateline.store.export import annotation, followthemoney, graph, rdf, rows

    return {
        "polecat": rows.write_polecat,
        "cameo": rows.write_cameo,
        "turtle": rdf.write_turtle,
        "jsonld": rdf.write_jsonld,
        "ftm": followthemoney.write_entities,
        "graphml": graph.write_graphml,
        "labelstudio": annotation.write_labelstudio,
        "docbin": annotation.write_docbin,
        "brat": annotation.write_brat,
    }
