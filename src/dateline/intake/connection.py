"""Connections that refuse private networks and end when their time is over."""

from __future__ import annotations

import ipaddress
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, TypeVar

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from dateline.errors import FetchError

T = TypeVar("T")

# Addresses that carry an IPv4 address inside: what counts is that one (RFC 6052, section 2.1).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not private, loopback, link-local, multicast."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class Guard:
    """Watches over one request: judges its peer, and cuts the connection when its time is over.

    Args:
        url: what is asked for.
        private: whether the host may lie in a private network.
        seconds: until it is cut.
        whole: the limit as the message tells it.
    """

    def __init__(self, url: str, private: bool, seconds: float, whole: float) -> None:
        self.url, self.private, self.whole = url, private, whole
        self.over = seconds <= 0
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(max(seconds, 0.0), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Guard:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        if self._socket is not None:
            self._socket.close()

    def connect(self, host: str, port: int, timeout: float) -> socket.socket:
        """A connection to the first address of a host that answers.

        Raises:
            FetchError: an address lies in a private network, none answers, or there is none.
        """
        try:
            found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{self.url}: the host {host} is not found: {error}") from error
        problem: OSError | None = None
        for family, kind, protocol, _, address in found:
            self._judge(host, str(address[0]))
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(timeout)
                sock.connect(address)
                self._judge(host, str(sock.getpeername()[0]))
                # A second handle on the connection: TLS takes the first one over.
                self._socket = sock.dup()
                if self.over:
                    self._cut()
                return sock
            except OSError as error:
                problem = error
                sock.close()
            except FetchError:
                sock.close()
                raise
        raise FetchError(f"{self.url}: {host} does not answer: {problem}")

    def run(self, step: Callable[[], T]) -> T:
        """Do a step of the request; what goes wrong with it is a `FetchError`."""
        try:
            return step()
        except (HTTPError, OSError, ValueError) as error:
            self.check()
            raise FetchError(f"{self.url}: {_reason(error)}") from error

    def check(self) -> None:
        """See whether the connection was cut: a body without a length just ends then.

        Raises:
            FetchError: it was.
        """
        if self.over:
            raise FetchError(f"{self.url}: took more than {self.whole:g} s")

    def _judge(self, host: str, address: str) -> None:
        if not self.private and not is_public(address):
            raise FetchError(
                f"{self.url}: {host} has the address {address}, which is none of the public internet; if you trust "
                f"it, allow it by name: --allow-host {host}",
                again=False,
            )

    def _cut(self) -> None:
        self.over = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def _reason(error: BaseException) -> str:
    text = str(error)
    if isinstance(error, urllib3.exceptions.ReadTimeoutError):
        return "no answer within the time for one wait"
    if isinstance(error, urllib3.exceptions.SSLError):
        return f"no trusted TLS connection: {text}"
    return text or type(error).__name__


def pool_for(scheme: str, host: str, port: int | None, guard: Guard, wait: float) -> HTTPConnectionPool:
    """A pool for one request, whose connection the guard makes."""
    kind = _SafePool if scheme == "https" else _Pool
    return kind(host, port, timeout=urllib3.Timeout(connect=wait, read=wait), maxsize=1, guard=guard)


class _Guarded:
    guard: Guard

    def _new_conn(self) -> socket.socket:
        me: Any = self
        sock = self.guard.connect(me._dns_host, me.port, me.timeout)
        sys.audit("http.client.connect", self, me.host, me.port)
        return sock


class _Connection(_Guarded, HTTPConnection):
    def __init__(self, *given: Any, guard: Guard, **more: Any) -> None:
        super().__init__(*given, **more)
        self.guard = guard


class _SafeConnection(_Guarded, HTTPSConnection):
    def __init__(self, *given: Any, guard: Guard, **more: Any) -> None:
        super().__init__(*given, **more)
        self.guard = guard


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _SafeConnection
