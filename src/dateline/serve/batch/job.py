"""One batch job: JSON lines in, records out, bad lines told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from dateline.errors import DatelineError, InputError
from dateline.intake import BadLine
from dateline.intake.lines import items_of_lines
from dateline.records import Record
from dateline.serve.batch.chunks import Chunk, chunks_of, coded
from dateline.serve.batch.lines import Lines
from dateline.serve.batch.partial import Mark, Partial, Settings
from dateline.serve.setup import Setup


@dataclass
class Tally:
    """How far a job is.

    Attributes:
        records: records written, with those of the part that was resumed.
        resumed: how many of them were there before.
        bad: lines that gave no record, likewise.
        position: bytes of the input read.
        size: bytes of the input, or None where nobody knows.
    """

    records: int = 0
    resumed: int = 0
    bad: list[BadLine] = field(default_factory=list)
    position: int = 0
    size: int | None = None


@dataclass
class _Stop:
    """Where in the input a chunk ends."""

    line: int
    offset: int
    digest: str
    position: int


def code_file(
    source: str,
    target: str,
    *,
    setup: Setup,
    jobs: int = 1,
    batch_size: int = 16,
    resume: bool = False,
    on_bad: Callable[[BadLine], None] = lambda line: None,
    on_progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Code a file of JSON lines.

    Args:
        source: JSON lines, plain or gzip; ``-`` for standard input.
        target: where the records go, one a line in the input's order; it appears when all is
            done. ``-`` writes to standard output as the work goes on, and so does what is no
            regular file (a pipe, a device).
        setup: what to read with.
        jobs: how many processes.
        batch_size: how many reports are parsed together.
        resume: go on where an interrupted job for the same target stopped.
        on_bad: called with each line that gives no record.
        on_progress: called after each chunk.

    Returns:
        What was done.

    Raises:
        InputError: the input cannot be read, or the target cannot be written.
        ModelError: the pipeline is missing or lacks a component.
        CodebookError: a codebook cannot be read or is malformed.
    """
    tally = Tally()
    lines = Lines(source)
    try:
        tally.size = lines.size
        path = Path(target)
        if target == "-" or (path.exists() and not path.is_file() and not path.is_dir()):
            if resume:
                raise InputError("--resume needs an output file: what went to a stream is gone")
            with _stream(target) as stream:
                for _, records, bad in _work(lines, jobs, setup, batch_size):
                    _send(stream, records, target)
                    _count(tally, records, bad, on_bad)
                    tally.position = lines.position()
                    on_progress(tally)
            return tally
        path = Path(os.path.realpath(path))  # a link stays a link: what it leads to is written
        _check_target(source, path, target)
        settings = Settings.of(setup, batch_size)
        with Partial(path, settings, resume=resume) as partial:
            for mark in partial.marks:
                for number, reason in mark.bad:
                    tally.bad.append(BadLine(number, reason))
                    on_bad(tally.bad[-1])
            if partial.marks:
                last = partial.marks[-1]
                tally.records = tally.resumed = last.records
                if not lines.skip(last.offset, last.line, last.digest):
                    raise InputError(
                        f"{lines.where} is not what it was when {target} was begun; start anew without --resume"
                    )
                on_progress(tally)
            size = partial.marks[-1].size if partial.marks else 0
            for stop, records, bad in _work(lines, jobs, setup, batch_size):
                _count(tally, records, bad, on_bad)
                written = b"".join(records)
                size += len(written)
                partial.add(
                    written,
                    Mark(
                        line=stop.line,
                        offset=stop.offset,
                        digest=stop.digest,
                        records=tally.records,
                        size=size,
                        bad=[(line.number, line.reason) for line in bad],
                    ),
                )
                tally.position = stop.position
                on_progress(tally)
            partial.finish()
        return tally
    finally:
        lines.close()


def _check_target(source: str, path: Path, named: str) -> None:
    if path.is_dir():
        raise InputError(f"{named} is a directory; name a file for the output")
    if not path.parent.is_dir():
        raise InputError(f"cannot write {named}: there is no directory {path.parent}")
    if path.suffix == ".gz":
        raise InputError(f"{named}: the output is plain JSON lines; write to - and pipe it into gzip")
    if source != "-" and path.exists() and os.path.samefile(source, path):
        raise InputError(f"{named} is both the input and the output; name another file for the output")
    if path.exists() and not os.access(path, os.W_OK):
        raise InputError(f"cannot write {named}: permission denied")


def _work(lines: Lines, jobs: int, setup: Setup, batch_size: int) -> Iterator[tuple[_Stop, list[bytes], list[BadLine]]]:
    stops: dict[int, _Stop] = {}

    def chunks() -> Iterator[Chunk]:
        for chunk in chunks_of(items_of_lines(lines, lines.number, lines.offset), batch_size):
            # Taken when the chunk closes: the lines behind it are not read yet.
            stops[id(chunk)] = _Stop(lines.number, lines.offset, lines.digest(), lines.position())
            yield chunk

    for chunk, outcomes in coded(chunks(), jobs=jobs, setup=setup, own_process=True):
        records, bad = _sorted_out(chunk, outcomes)
        yield stops.pop(id(chunk)), records, bad


def _sorted_out(chunk: Chunk, outcomes: Iterable[Record | str]) -> tuple[list[bytes], list[BadLine]]:
    records = []
    bad = list(chunk.bad)
    for number, outcome in zip(chunk.numbers, outcomes, strict=True):
        if isinstance(outcome, Record):
            records.append(outcome.to_json() + b"\n")
        else:
            bad.append(BadLine(number, outcome))
    return records, sorted(bad, key=lambda line: line.number)


def _count(tally: Tally, records: list[bytes], bad: list[BadLine], on_bad: Callable[[BadLine], None]) -> None:
    tally.records += len(records)
    for line in bad:
        tally.bad.append(line)
        on_bad(line)


@contextmanager
def _stream(target: str) -> Iterator[IO[bytes]]:
    if target == "-":
        if sys.stdout is None:
            raise InputError("standard output is closed; name a file for the output")
        yield sys.stdout.buffer
        return
    try:
        stream = open(target, "wb")  # noqa: SIM115  closed below
    except OSError as error:
        raise InputError(f"cannot write {target}: {error.strerror}") from error
    try:
        yield stream
    finally:
        # Every chunk was flushed; what could not be written then was told then.
        with suppress(OSError):
            stream.close()


def _send(stream: IO[bytes], records: list[bytes], target: str) -> None:
    try:
        for record in records:
            stream.write(record)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        name = "to standard output" if target == "-" else target
        raise DatelineError(f"cannot write {name}: {error.strerror}") from error
