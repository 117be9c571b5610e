"""One family of exceptions: every error that Dateline raises on purpose is a `DatelineError`."""

from __future__ import annotations


class DatelineError(Exception):
    """Something a user can mend; the message says what was wrong, where, and what to do."""


class InputError(DatelineError):
    """A report cannot be read: not text, not JSON, a date that is none."""


class RecordError(DatelineError):
    """A record is not ``dateline/1`` or contradicts itself."""


class ModelError(DatelineError):
    """The spaCy pipeline is missing or lacks a component that the stages need."""


class CodebookError(DatelineError):
    """A codebook entry is malformed or its examples do not come out as it says."""


class RosterError(DatelineError):
    """A roster entry is malformed, or the compiled roster is missing or stale."""


class ArchiveError(DatelineError):
    """An archive cannot be opened, read or written; nothing in it was changed."""


class MissingExtraError(DatelineError):
    """An optional package is not installed; the message names the extra that brings it."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package!r}, which is not installed: pip install 'dateline[{extra}]'"
        )
