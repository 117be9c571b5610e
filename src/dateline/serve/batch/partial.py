"""The output of a batch job while it is not whole: ``OUT.partial`` holds the records so far, and
``OUT.partial.log`` one line a finished chunk, so that an interrupted job can go on.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import msgspec

from dateline import __version__
from dateline.errors import DatelineError, InputError
from dateline.serve.setup import Setup

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class Settings(msgspec.Struct, kw_only=True):
    """What must not change between the parts of one job."""

    version: str
    model: str
    batch_size: int
    codebooks: tuple[str, ...] = ()
    codebook_digest: str = ""
    extend: bool = True
    triage: bool = False
    cues: tuple[str, ...] = ()

    @classmethod
    def of(cls, setup: Setup, batch_size: int) -> Settings:
        """The settings of a job that is about to begin."""
        return cls(
            version=__version__,
            model=setup.model,
            batch_size=batch_size,
            codebooks=setup.codebooks,
            codebook_digest=setup.digest(),
            extend=setup.extend,
            triage=setup.triage,
            cues=setup.cues,
        )


class Mark(msgspec.Struct, kw_only=True):
    """Where the job stands after a chunk.

    Attributes:
        line, offset, digest: the input read so far: lines, bytes, and their digest.
        records, size: the output written so far: records and bytes.
        bad: the bad lines of this chunk, as (number, reason).
    """

    line: int
    offset: int
    digest: str
    records: int
    size: int
    bad: list[tuple[int, str]] = []


_encode = msgspec.json.Encoder().encode
_settings = msgspec.json.Decoder(Settings)
_mark = msgspec.json.Decoder(Mark)


class Partial:
    """The unfinished output file. A context manager; `finish` makes it the output.

    Attributes:
        marks: the chunks finished so far; after a start, those of an interrupted job.
    """

    def __init__(self, target: Path, settings: Settings, *, resume: bool) -> None:
        self._target = target
        self._path = target.with_name(target.name + ".partial")
        self._log_path = target.with_name(target.name + ".partial.log")
        self.marks: list[Mark] = []
        self._finished = False
        with ExitStack() as opened:
            try:
                self._data = opened.enter_context(open(self._path, "r+b" if self._path.exists() else "w+b"))
                if fcntl is not None:
                    fcntl.flock(self._data, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._log = opened.enter_context(open(self._log_path, "a+b"))
            except BlockingIOError as error:
                raise InputError(f"{target} is being written by another dateline; wait for it or stop it") from error
            except OSError as error:
                raise InputError(f"cannot write {self._path}: {error.strerror}") from error
            if resume:
                self._recover(settings)
            if not self.marks:
                self._log.truncate(0)
                self._log.write(_encode(settings) + b"\n")
                self._log.flush()
            self._data.truncate(self.marks[-1].size if self.marks else 0)
            self._data.seek(0, os.SEEK_END)
            opened.pop_all()  # from here on `__exit__` closes them

    def __enter__(self) -> Partial:
        return self

    def __exit__(self, *_: object) -> None:
        self._data.close()
        self._log.close()
        if not self.marks and not self._finished:  # nothing to go on with
            self._path.unlink(missing_ok=True)
            self._log_path.unlink(missing_ok=True)

    def _recover(self, settings: Settings) -> None:
        self._log.seek(0)
        lines = self._log.read().split(b"\n")
        whole = lines[:-1]  # the last piece was cut off by the interruption, or is empty
        if not whole:
            return
        size = os.fstat(self._data.fileno()).st_size
        try:
            before = _settings.decode(whole[0])
            marks = [_mark.decode(line) for line in whole[1:]]
        except msgspec.DecodeError as error:
            raise InputError(f"{self._log_path} is damaged ({error}); start anew without --resume") from error
        if before != settings:
            changed = [name for name in settings.__struct_fields__ if getattr(before, name) != getattr(settings, name)]
            raise InputError(
                f"{self._path} was begun with another "
                + ", ".join(f"{name} ({getattr(before, name)})" for name in changed).replace("_", " ")
                + "; use the same, or start anew without --resume"
            )
        # After a loss of power the log may be ahead of the data.
        while marks and marks[-1].size > size:
            marks.pop()
        self.marks = marks
        if lines[-1] or len(marks) < len(whole) - 1:
            self._log.truncate(0)
            self._log.write(b"".join(_encode(item) + b"\n" for item in (settings, *marks)))
            self._log.flush()

    def add(self, records: bytes, mark: Mark) -> None:
        """Write the records of a chunk, then that they are written.

        Raises:
            DatelineError: the disk is full, or the like.
        """
        try:
            self._data.write(records)
            self._data.flush()
            self._log.write(_encode(mark) + b"\n")
            self._log.flush()
            self.marks.append(mark)
        except OSError as error:
            raise DatelineError(f"cannot write {self._path}: {error.strerror}") from error

    def finish(self) -> None:
        """Bring the records to the disk and give them the output's name."""
        try:
            self._data.flush()
            os.fsync(self._data.fileno())
            os.replace(self._path, self._target)
            self._finished = True
            self._log_path.unlink(missing_ok=True)
            _sync_folder(self._target.parent)
        except OSError as error:
            raise DatelineError(f"cannot write {self._target}: {error.strerror}") from error


def _sync_folder(folder: Path) -> None:
    # The new name is on the disk only when the folder is.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
