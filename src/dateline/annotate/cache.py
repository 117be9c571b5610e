"""Parses kept on disk, so that reports that are coded again, say with another codebook, need no parse.

A parse is found by the text and by everything that made it: the pipeline's files, the versions of
spaCy and of the columns. Several processes may use one cache at a time (SQLite in WAL mode).
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dateline.annotate.syntax import Syntax
from dateline.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language

# To be raised whenever the same pipeline gives other columns.
FORMAT = 3
_FILE = "parses.sqlite"
_PATIENCE = 60.0  # seconds that one process waits for another's writing

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Syntax).decode


def pipeline_digest(nlp: Language) -> bytes:
    """A digest of a pipeline: its files by name, size and time, its components, and the version of spaCy.

    Raises:
        InputError: the pipeline does not come from files, so nobody knows when it changes.
    """
    import spacy

    folder = nlp._path
    if folder is None or not Path(folder).is_dir():
        raise InputError("a pipeline that was not loaded from disk cannot have its parses cached")
    digest = blake2b(f"{FORMAT} {spacy.__version__} {' '.join(nlp.pipe_names)}".encode(), digest_size=16)
    for file in sorted(Path(folder).rglob("*")):
        if file.is_file():
            known = file.stat()
            digest.update(f"{file.relative_to(folder).as_posix()} {known.st_size} {known.st_mtime_ns}\n".encode())
    return digest.digest()


class ParseCache:
    """The parses of one pipeline in one folder. One that fails in the middle costs time, not records: from
    then on everything is parsed.

    Args:
        folder: where they are kept; made if it is not there.
        nlp: the pipeline.

    Raises:
        InputError: the folder cannot be used, or the pipeline's parses cannot be kept.
    """

    def __init__(self, folder: Path | str, nlp: Language) -> None:
        self._made_by = pipeline_digest(nlp)
        self._path = Path(folder) / _FILE
        self._open: tuple[int, sqlite3.Connection] | None = None
        self._broken = False
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            connection = self._connection()
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS parse (key BLOB PRIMARY KEY, columns BLOB)")
        except (OSError, sqlite3.Error) as error:
            raise InputError(
                f"the cache {folder} cannot be used: {error}; remove it, or name another folder"
            ) from error
        self.close()

    def _connection(self) -> sqlite3.Connection:
        # A connection must not be taken over by a forked process.
        if self._open is None or self._open[0] != os.getpid():
            connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA synchronous = OFF")  # what a crash loses is parsed again
            self._open = os.getpid(), connection
        return self._open[1]

    def _key(self, text: str) -> bytes:
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=self._made_by).digest()

    def get(self, texts: Sequence[str]) -> list[Syntax | None]:
        """The parses of texts; None where there is none."""
        return [None if self._broken else self._find(text) for text in texts]

    def _find(self, text: str) -> Syntax | None:
        try:
            found = self._connection().execute("SELECT columns FROM parse WHERE key = ?", (self._key(text),)).fetchone()
            syntax = _decode(zlib.decompress(found[0])) if found else None
        except (zlib.error, msgspec.DecodeError):  # half written
            return None
        except sqlite3.Error:
            self._broken = True
            return None
        if syntax is not None:
            syntax.text = text
        return syntax

    def put(self, parses: Sequence[Syntax]) -> None:
        """Keep parses."""
        if self._broken or not parses:
            return
        rows = []
        for syntax in parses:
            columns = replace(syntax, text="")  # the text comes along when it is asked for
            with suppress(UnicodeEncodeError):  # half a surrogate pair
                rows.append((self._key(syntax.text), zlib.compress(_encode(columns), 1)))
        try:
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO parse VALUES (?, ?)", rows)
            connection.execute("COMMIT")
        except sqlite3.Error:
            self._broken = True

    def close(self) -> None:
        """Close the file; it is opened again when it is needed."""
        if self._open is not None and self._open[0] == os.getpid():
            self._open[1].close()
        self._open = None
