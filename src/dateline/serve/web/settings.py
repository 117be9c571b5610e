"""What a server is started with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a server.

    Attributes:
        archive: a SQLite file or a ``postgresql://`` address.
        host: the address it listens on.
        port: the port.
    """

    archive: str
    host: str = "127.0.0.1"
    port: int = 8080
