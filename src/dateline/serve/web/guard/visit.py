"""Visits: a browser that came, and who is logged in with it."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

COOKIE = "dateline"
LASTS = 12 * 3600.0  # seconds without a request after which a visit ends
_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser's visit.

    Attributes:
        id: what its cookie holds.
        user: the name of who is logged in, or None.
        csrf: what its forms must hold.
    """

    id: str
    user: str | None
    csrf: str


class Visits:
    """The visits of a server. They are kept in memory: after a restart everybody logs in anew."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._users: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._lock = Lock()

    def begin(self, user: str | None = None) -> Visit:
        """A new visit, of somebody who has just logged in or of a browser that nobody knows."""
        name = secrets.token_urlsafe(32)
        if user is not None:
            with self._lock:
                self._users[name] = (user, time.monotonic())
                while len(self._users) > _MOST:
                    self._users.popitem(last=False)
        return self._visit(name, user)

    def go_on(self, cookie: str) -> Visit:
        """The visit of a cookie; where nobody is logged in with it (any more), it has no user."""
        with self._lock:
            found = self._users.get(cookie)
            if found is not None and time.monotonic() - found[1] > LASTS:
                del self._users[cookie]
                found = None
            if found is not None:
                self._users[cookie] = (found[0], time.monotonic())
                self._users.move_to_end(cookie)
        return self._visit(cookie, found[0] if found else None)

    def end(self, visit: Visit) -> None:
        """Nobody is logged in with this visit any more."""
        with self._lock:
            self._users.pop(visit.id, None)

    def _visit(self, name: str, user: str | None) -> Visit:
        # A page of another site can make a browser send the cookie, but cannot know what follows from it.
        return Visit(name, user, hmac.new(self._secret, name.encode(), sha256).hexdigest())


def same(one: str, other: str) -> bool:
    """Are two secrets one? In a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())
