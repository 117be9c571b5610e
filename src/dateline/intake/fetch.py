"""Fetching over HTTP from addresses that strangers write down: within limits, politely, and never from
inside the user's own network.

The address of a host is looked up once, every address is judged before the connection is made and
that of the connected peer once more, so a name that changes its address between look-up and use (DNS
rebinding) gains nothing. Connections are made directly; proxies set in the environment are not used.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from dateline.errors import FetchError
from dateline.intake.connection import Guard, pool_for
from dateline.intake.robots import Rules, rules_of

AGENT = "dateline"
_REDIRECTS = {301, 302, 303, 307, 308}
_ROBOTS_LARGEST = 500 * 1024  # RFC 9309, section 2.5
_ROBOTS_KEPT = 24 * 3600.0
_PATIENCE = 60.0  # a host that wants to be left alone for longer is left until the next round
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take: seconds in all and for each wait, bytes once unpacked, redirects."""

    seconds: float = 60.0
    wait: float = 15.0
    bytes: int = 16 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: `body` is empty and `unchanged` true where it has not changed."""

    url: str
    body: bytes
    kind: str
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


class Fetcher:
    """Fetches pages, one at a time, and remembers how each host wants to be treated.

    Args:
        allow_hosts: host names (or addresses, as they stand in the URL) that may lie in private networks.
        limits: of each fetch.
        pause: seconds between two requests to one host, where its robots.txt asks for no more.
        version: of the program, told to servers.
        clock, sleep: of the system; tests bring their own.
    """

    def __init__(
        self,
        *,
        allow_hosts: Collection[str] = (),
        limits: Limits = Limits(),
        pause: float = 1.0,
        version: str = "0",
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.allowed = frozenset(h.lower().strip("[]") for h in allow_hosts)
        self.limits = limits
        self.pause = pause
        self.agent = f"{AGENT}/{version} (news archive; reads robots.txt)"
        self._clock, self._sleep = clock, sleep
        self._next: dict[str, float] = {}  # host: when it may be asked again
        self._rules: dict[str, tuple[float, Rules]] = {}  # origin: when they were read, and what they are

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """Fetch an address, following redirects; each is judged like the first.

        Args:
            url: an http or https address.
            etag: the server's tag of the version that is known.
            modified: when that was modified, as the server said.

        Raises:
            FetchError: it cannot be had; the message says why, `again` whether a later try may do.
        """
        deadline = self._clock() + self.limits.seconds
        url = checked(url)
        for _ in range(self.limits.redirects + 1):
            rules = self._rules_for(url, deadline)
            if not rules.allows(_path(url)):
                raise FetchError(f"{url}: the site's robots.txt asks programs not to read it", again=False)
            answer = self._ask(url, etag, modified, deadline, rules.delay)
            if isinstance(answer, Answer):
                return answer
            url = answer
        raise FetchError(f"{url}: more than {self.limits.redirects} redirects", again=False)

    def _rules_for(self, url: str, deadline: float) -> Rules:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        known = self._rules.get(origin)
        if known is not None and self._clock() - known[0] < _ROBOTS_KEPT:
            return known[1]
        where = f"{origin}/robots.txt"
        try:
            for _ in range(self.limits.redirects + 1):
                answer = self._ask(where, None, None, deadline, None, largest=_ROBOTS_LARGEST)
                if isinstance(answer, Answer):
                    rules = rules_of(answer.body.decode("utf-8", "replace"), AGENT)
                    break
                where = answer
            else:
                rules = Rules()
        except FetchError as error:
            if error.status is None or not 400 <= error.status < 500 or error.status == 429:
                raise  # a site whose rules cannot be read is not read, RFC 9309, section 2.3.1.4
            rules = Rules()
        self._rules[origin] = (self._clock(), rules)
        return rules

    def _ask(
        self,
        url: str,
        etag: str | None,
        modified: str | None,
        deadline: float,
        delay: float | None,
        largest: int | None = None,
    ) -> Answer | str:
        """One request: the answer, or the address that it redirects to."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        self._wait(url, host)
        left = deadline - self._clock()
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip", "Accept": "*/*", "Connection": "close"}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        with Guard(url, host.lower() in self.allowed, left, self.limits.seconds) as guard:
            pool = pool_for(parts.scheme, host, parts.port, guard, min(self.limits.wait, max(left, 0.01)))
            try:
                response = guard.run(lambda: pool.urlopen("GET", _path(url), headers=headers, **_PLAIN))
                try:
                    return self._read(url, host, response, guard, largest or self.limits.bytes)
                finally:
                    response.close()
            finally:
                pool.close()
                self._next[host] = max(self._next.get(host, 0.0), self._clock() + max(self.pause, delay or 0.0))

    def _wait(self, url: str, host: str) -> None:
        wait = self._next.get(host, 0.0) - self._clock()
        if wait > _PATIENCE:
            message = f"{url}: {host} wants to be left alone for {wait:,.0f} s more"
            raise FetchError(message, retry_after=wait, postponed=True)
        if wait > 0:
            self._sleep(wait)

    def _read(self, url: str, host: str, response: Any, guard: Guard, largest: int) -> Answer | str:
        status, head = response.status, response.headers
        if status in _REDIRECTS and head.get("Location"):
            return checked(urljoin(url, head["Location"]), came_from=url)
        if status == 304:
            return Answer(url, b"", "", head.get("ETag"), head.get("Last-Modified"), unchanged=True)
        if status != 200:
            after = _seconds(head.get("Retry-After"))
            if after is not None and status in (429, 503):
                self._next[host] = max(self._next.get(host, 0.0), self._clock() + after)
            again = status in (408, 425, 429) or status >= 500
            raise FetchError(f"{url}: answered with status {status}", again=again, status=status, retry_after=after)
        length = head.get("Content-Length", "")
        if length.isdecimal() and int(length) > largest:
            raise FetchError(f"{url}: {_mib(int(length))}; at most {_mib(largest)} are read", again=False)
        body = guard.run(lambda: _body(url, response, head.get("Content-Encoding", ""), largest))
        guard.check()
        kind = head.get("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(url, body, kind, head.get("ETag"), head.get("Last-Modified"))


_PLAIN: dict[str, Any] = {"retries": False, "redirect": False, "preload_content": False, "decode_content": False}


def checked(url: str, came_from: str | None = None) -> str:
    """An address as it is asked for: http or https, a host, no password, no fragment.

    Raises:
        FetchError: it is none.
    """
    where = f"{came_from} redirects to {url!r}" if came_from else repr(url)
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{where}: no address: {error}", again=False) from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"{where}: only http and https addresses are fetched", again=False)
    if not host:
        raise FetchError(f"{where}: names no host", again=False)
    if "@" in parts.netloc:
        raise FetchError(f"{where}: holds a user name, which would be stored; leave it out", again=False)
    try:
        name = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise FetchError(f"{where}: {host!r} is no host name", again=False) from error
    name = f"[{name}]" if ":" in name else name
    netloc = f"{name}:{parts.port}" if parts.port is not None else name
    return urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))


def _path(url: str) -> str:
    from urllib.parse import quote

    parts = urlsplit(url)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~")
    return path + ("?" + quote(parts.query, safe="/%:@!$&'()*+,;=-._~?[]") if parts.query else "")


def _body(url: str, response: Any, packing: str, largest: int) -> bytes:
    packing = packing.strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(f"{url}: is packed with {packing!r}, which was not asked for", again=False)
    unpack = zlib.decompressobj(wbits=31) if packing.endswith("gzip") else None
    pieces, size, read = [], 0, 0
    while piece := response.read(_CHUNK):
        read += len(piece)
        if unpack is not None:
            try:
                # One byte more than may be tells a bomb without unpacking it.
                piece = unpack.decompress(piece, largest + 1 - size)
            except zlib.error as error:
                raise FetchError(f"{url}: its gzip packing is damaged: {error}") from error
        size += len(piece)
        if size > largest or read > largest:
            raise FetchError(f"{url}: more than {_mib(largest)} once unpacked, which is no report", again=False)
        pieces.append(piece)
        if unpack is not None and unpack.eof:
            break
    if unpack is not None and read and not unpack.eof:
        raise FetchError(f"{url}: its gzip packing is cut off")
    return b"".join(pieces)


def _mib(size: int) -> str:
    return f"{size / (1 << 20):,.1f} MiB"


def _seconds(value: str | None) -> float | None:
    """``Retry-After`` (RFC 9110, section 10.2.3): seconds or a date."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(min(int(value.strip()[:9]), 7 * 24 * 3600))
    try:
        when = parsedate_to_datetime(value)
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return min(max(0.0, (when - datetime.now(UTC)).total_seconds()), 7 * 24 * 3600.0)
    except (ValueError, TypeError, OverflowError):
        return None
