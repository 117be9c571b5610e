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


class FetchError(DatelineError):
    """An address cannot be fetched, or may not be.

    Attributes:
        again: whether a later try may do.
        status: what the server answered with, if it did.
        retry_after: seconds after which it wants to be asked again, where it says so.
        postponed: it was not asked at all, because of what it said before.
    """

    def __init__(
        self,
        message: str,
        *,
        again: bool = True,
        status: int | None = None,
        retry_after: float | None = None,
        postponed: bool = False,
    ) -> None:
        super().__init__(message)
        self.again, self.status, self.retry_after, self.postponed = again, status, retry_after, postponed


class MissingExtraError(DatelineError):
    """An optional package is not installed; the message names the extra that brings it."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package!r}, which is not installed: pip install 'dateline[{extra}]'"
        )
