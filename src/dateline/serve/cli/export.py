"""``dateline export``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.serve.cli.add import archive_option

if TYPE_CHECKING:
    from dateline.records import Record

_FORMS = ("polecat", "cameo", "turtle", "jsonld", "ftm", "graphml", "labelstudio", "docbin", "brat")


@click.command()
@click.argument("records", required=False, type=click.Path(path_type=Path), metavar="[RECORDS.jsonl]")
@archive_option
@click.option("--to", "form", type=click.Choice(_FORMS), required=True, help="The form.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER")
def export(records: Path | None, archive: str | None, form: str, output: Path) -> None:
    """Write records for other tools: from a file of records, or from an archive.

    What people corrected is written as they left it, and what they rejected is left out; labelstudio
    gets what the machine read, since annotations are held against that.

    \b
    polecat      events in POLECAT's columns (.csv or .parquet)
    cameo        CAMEO rows through the crosswalk, with Goldstein scores (.csv or .parquet)
    turtle       PROV and SEM as RDF; jsonld: the same as JSON-LD
    ftm          FollowTheMoney entities, JSON lines
    graphml      who acts on whom
    labelstudio  tasks with predictions
    docbin       spaCy DocBin with span groups
    brat         a folder of .txt and .ann files
    """
    from dateline.serve.cli.questions import opened
    from dateline.store.export import export as write
    from dateline.store.left import records_to_export

    if records is not None and archive is not None:
        raise click.UsageError("name a file of records or an archive, not both")
    if records is not None:
        count = write(_stream(records), form, output)
    else:
        with opened(archive) as store:
            count = write(records_to_export(store, form), form, output)
    click.echo(f"{count:,} {'record' if count == 1 else 'records'} to {output}", err=True)


def _stream(path: Path) -> Iterator[Record]:
    from dateline.errors import InputError, RecordError
    from dateline.records import decode

    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    try:
                        yield decode(line)
                    except RecordError as error:
                        raise RecordError(f"{path}, line {number}: {error}") from error
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
