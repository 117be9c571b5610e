"""From bytes to text: UTF-8 is expected, a byte order mark is obeyed, nothing is guessed."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib

from dateline.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GZIP = b"\x1f\x8b"
# A packed file that unpacks to more than this is a bomb, or a collection that is read line by line.
LARGEST = 256 * 1024 * 1024


def decode_text(data: bytes, where: str) -> str:
    """Decode a text file: UTF-8, or UTF-16/32 with a byte order mark; the mark itself is dropped.

    Line ends stay as they are.

    Args:
        data: the file's bytes.
        where: its name, for the message.

    Raises:
        InputError: it is not in that encoding; the message names the first wrong byte.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start + len(mark)) + 1
        raise InputError(
            f"{where} is not {encoding.upper()}: byte 0x{error.object[error.start]:02X} at offset "
            f"{error.start + len(mark)} (line {line}); if it is in Windows-1252, convert it first: "
            "iconv -f WINDOWS-1252 -t UTF-8"
        ) from error


def unpack(data: bytes, where: str) -> bytes:
    """Unpack gzip data; anything else is given back as it is.

    Raises:
        InputError: it begins as gzip but is damaged or cut off, or unpacks to more than `LARGEST` bytes.
    """
    if not data.startswith(GZIP):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            unpacked = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{where} begins as gzip but cannot be unpacked: {error}") from error
    if len(unpacked) > LARGEST:
        raise InputError(f"{where} unpacks to more than {LARGEST >> 20} MiB, which is no single report or feed")
    return unpacked
