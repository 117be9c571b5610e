"""Compiled data files: one way to read them, and one command line to make and check them."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from dateline.errors import DatelineError, RosterError


class _Formatted(Protocol):
    format: int


File = TypeVar("File", bound=_Formatted)
Loaded = TypeVar("Loaded")


def decode_compiled(data: bytes, kind: type[File], format: int, what: str, maker: str) -> File:
    """Read the bytes of a compiled file.

    Args:
        data: MessagePack.
        kind: what it holds.
        format: the format that this version reads.
        what: its name for people ("roster").
        maker: the module that compiles it.

    Raises:
        RosterError: the data is something else, or was written in another format.
    """
    try:
        compiled = msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise RosterError(f"the compiled {what} cannot be read ({error}): run `python -m {maker}`") from error
    if compiled.format != format:
        raise RosterError(
            f"the compiled {what} has format {compiled.format}, this version reads {format}: run `python -m {maker}`"
        )
    return compiled


def load_compiled(name: str, build: Callable[[bytes], Loaded], maker: str) -> Loaded:
    """Load a compiled file of the package.

    Args:
        name: file in ``dateline.data``.
        build: makes what is used of its bytes.
        maker: the module that compiles it.

    Raises:
        RosterError: the file is missing or unreadable.
    """
    path = files("dateline.data") / name
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise RosterError(
            f"{path} is missing: run `python -m {maker}` in the source tree, or reinstall dateline"
        ) from None
    # Tens of thousands of objects that stay: the collector would only walk them again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return build(data)
    finally:
        if collecting:
            gc.enable()


def run_compiler(
    arguments: list[str] | None,
    maker: str,
    about: str | None,
    resources: Path,
    target: Path,
    make: Callable[[Path], bytes],
    check: Callable[[Path, Path], None],
) -> int:
    """Compile, or check with ``--check``; returns the exit code."""
    parser = argparse.ArgumentParser(prog=f"python -m {maker}", description=about)
    parser.add_argument("--resources", type=Path, default=resources, help="folder of the YAML")
    parser.add_argument("--target", type=Path, default=target, help="compiled file")
    parser.add_argument("--check", action="store_true", help="fail if the compiled file is stale")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.check:
            check(chosen.resources, chosen.target)
            print(f"{chosen.target.name} is up to date")
        else:
            data = make(chosen.resources)
            chosen.target.write_bytes(data)
            print(f"{chosen.target}: {len(data):,} bytes")
    except DatelineError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
