"""Intake: plain text, web pages and JSON lines become `Report`s, or errors that say what is wrong."""

from dateline.intake.dates import publication_date
from dateline.intake.files import read_bytes, report_from_file
from dateline.intake.lines import BadLine, report_from_line, report_from_object
from dateline.intake.report import make_report

__all__ = [
    "BadLine",
    "make_report",
    "publication_date",
    "read_bytes",
    "report_from_file",
    "report_from_line",
    "report_from_object",
]
