"""What a server is started with."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a server.

    Attributes:
        archive: a SQLite file or a ``postgresql://`` address.
        host: the address it listens on.
        port: the port.
        login: whether readers must log in; without a word, when others than this machine can reach it.
        https: whether readers come by https (through a proxy), so that cookies may be kept to it.
        largest: bytes of a request's body.
        slowest: seconds until a request's answer must begin.
        rate: requests a second of one client who comes from elsewhere, in the long run.
        burst: requests that such a client may make at once.
        live: at most so many listeners to what is new.
    """

    archive: str
    host: str = "127.0.0.1"
    port: int = 8080
    login: bool | None = None
    https: bool = False
    largest: int = 2 * 1024 * 1024
    slowest: float = 30.0
    rate: float = 20.0
    burst: int = 100
    live: int = 200

    @property
    def protected(self) -> bool:
        """Must readers log in?"""
        return not is_loopback(self.host) if self.login is None else self.login


def is_loopback(host: str) -> bool:
    """Is it a name or address of this machine that nobody else can reach?"""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
