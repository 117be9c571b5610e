"""Records in the forms that other tools read, as files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, StreamingResponse
from starlette.background import BackgroundTask

from dateline.records import Record
from dateline.serve.web.api.asked import AskedReports
from dateline.serve.web.asking import Opened
from dateline.store import Archive, Question, ask_reports
from dateline.store.export import export
from dateline.store.left import records_to_export

router = APIRouter(tags=["exports"])

_KINDS = {
    "records": ("jsonl", "application/x-ndjson"),
    "polecat": ("csv", "text/csv"),
    "cameo": ("csv", "text/csv"),
    "turtle": ("ttl", "text/turtle"),
    "jsonld": ("jsonld", "application/ld+json"),
    "ftm": ("jsonl", "application/x-ndjson"),
    "graphml": ("graphml", "application/graphml+xml"),
    "labelstudio": ("json", "application/json"),
    "docbin": ("spacy", "application/octet-stream"),
    "brat": ("zip", "application/zip"),
}


@router.get(
    "/export/{form}",
    response_class=Response,
    responses={200: {"content": {kind: {} for _, kind in sorted(_KINDS.values())}, "description": "The file."}},
)
def download(
    store: Opened,
    question: AskedReports,
    form: Literal["records", "polecat", "cameo", "turtle", "jsonld", "ftm", "graphml", "labelstudio", "docbin", "brat"],
) -> Response:
    """The records of the reports that the filters leave, in a form; `records` streams JSON lines of `dateline/1`.

    What people corrected is as they left it, and what they rejected is left out; Label Studio gets what the machine
    read.
    """
    ending, kind = _KINDS[form]
    name = f"dateline-{form}.{ending}"
    if form == "records":
        lines = (record.to_json() + b"\n" for record in _records(store, question, form))
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(lines, media_type=kind, headers=headers)
    folder = Path(tempfile.mkdtemp(prefix="dateline-export-"))
    try:
        output = folder / name
        if form == "brat":
            export(_records(store, question, form), form, folder / "brat")
            shutil.make_archive(str(output.with_suffix("")), "zip", folder / "brat")
        else:
            export(_records(store, question, form), form, output)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(output, media_type=kind, filename=name, background=gone)


def _records(store: Archive, question: Question, form: str) -> Iterator[Record]:
    ids = [row["id"] for row in ask_reports(store, question)] if list(question.given()) else None
    return records_to_export(store, form, ids)
