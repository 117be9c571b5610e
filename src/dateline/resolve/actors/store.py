"""The user's actors on disk: SQLite, so that half a million of them cost neither start-up nor memory."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from dateline.errors import RosterError
from dateline.mentions.names import name_words
from dateline.resolve.actors.actor import Actor
from dateline.resolve.slug import slug

_SCHEMA = """
CREATE TABLE IF NOT EXISTS actor (id TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS name (words TEXT NOT NULL, actor TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (words, actor)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS start (word TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (word, size)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS identifier (scheme TEXT NOT NULL, value TEXT NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (scheme, value)) WITHOUT ROWID;
"""
_VERSION = 1


def actors_path() -> Path:
    """Where the user's actors lie: ``$DATELINE_ACTORS``, else ``dateline/actors.sqlite`` in the user's data folder."""
    given = os.environ.get("DATELINE_ACTORS")
    if given:
        return Path(given)
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "dateline" / "actors.sqlite"


class ActorStore:
    """Actors by id, by name and by outside identifier.

    Args:
        path: the file; made when the first actor is added.

    Raises:
        RosterError: the file is no store of actors, or cannot be opened.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        try:
            if str(path) != ":memory:":
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(str(path), check_same_thread=False)
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, _VERSION):
                raise RosterError(
                    f"{path} was written by another version of dateline (format {version}, not {_VERSION})"
                )
            self._db.executescript(_SCHEMA)
            self._db.execute(f"PRAGMA user_version = {_VERSION}")
        except (sqlite3.Error, OSError) as error:
            raise RosterError(f"{path} cannot be used as a store of actors: {error}") from error
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(Actor)

    def __len__(self) -> int:
        return int(self._db.execute("SELECT COUNT(*) FROM actor").fetchone()[0])

    def __iter__(self) -> Iterator[Actor]:
        for (data,) in self._db.execute("SELECT data FROM actor ORDER BY id"):
            yield self._decoder.decode(data)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep what is put inside in one transaction; an exception undoes it."""
        with self._db:
            yield

    def get(self, actor_id: str) -> Actor | None:
        """The actor with this id."""
        row = self._db.execute("SELECT data FROM actor WHERE id = ?", (actor_id,)).fetchone()
        return self._decoder.decode(row[0]) if row is not None else None

    def identified(self, scheme: str, value: str) -> Actor | None:
        """The actor with this identifier: ``identified("wikidata", "Q7747")``."""
        row = self._db.execute(
            "SELECT actor FROM identifier WHERE scheme = ? AND value = ?", (scheme, value)
        ).fetchone()
        return self.get(row[0]) if row is not None else None

    def named(self, name: str) -> list[Actor]:
        """Actors by any of their names, without regard to case, accents and hyphens."""
        found = [self.get(actor) for actor, _ in self.spelt(" ".join(name_words(name)))]
        return [actor for actor in found if actor is not None]

    def spelt(self, words: str) -> list[tuple[str, str]]:
        """(id, name as written) of the actors whose name consists of these folded words."""
        return list(self._db.execute("SELECT actor, text FROM name WHERE words = ? ORDER BY actor", (words,)))

    def starts(self) -> Iterator[tuple[str, int]]:
        """(first word, number of words) of all names."""
        yield from self._db.execute("SELECT word, size FROM start")

    def search(self, words: Iterable[str], limit: int = 20) -> list[Actor]:
        """Actors one of whose names has all these folded words, or words that begin with them."""
        wanted = list(words)
        if not wanted:
            return []
        clause = " AND ".join("(' ' || words) LIKE ? ESCAPE '\\'" for _ in wanted)
        rows = self._db.execute(
            f"SELECT DISTINCT actor FROM name WHERE {clause} ORDER BY length(words), actor LIMIT ?",
            (*("% " + _escaped(w) + "%" for w in wanted), limit),
        )
        found = [self.get(actor) for (actor,) in rows.fetchall()]
        return [actor for actor in found if actor is not None]

    def put(self, actor: Actor) -> Actor:
        """Store an actor, new or changed; a new one gets an id made of its name."""
        if not actor.id:
            actor = msgspec.structs.replace(actor, id=self._free_id(actor.name))
        else:
            self._db.execute("DELETE FROM name WHERE actor = ?", (actor.id,))
        self._db.execute("INSERT OR REPLACE INTO actor VALUES (?, ?)", (actor.id, self._encoder.encode(actor)))
        names = {" ".join(words): (words, name) for name in (*actor.aliases, actor.name) if (words := name_words(name))}
        self._db.executemany(
            "INSERT OR IGNORE INTO name VALUES (?, ?, ?)", [(w, actor.id, text) for w, (_, text) in names.items()]
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO start VALUES (?, ?)", [(words[0], len(words)) for words, _ in names.values()]
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO identifier VALUES (?, ?, ?)", [(s, v, actor.id) for s, v in actor.ids.items()]
        )
        return actor

    def remove(self, actor_id: str) -> bool:
        """Forget an actor; False where there is none of this id."""
        with self._db:
            self._db.execute("DELETE FROM name WHERE actor = ?", (actor_id,))
            self._db.execute("DELETE FROM identifier WHERE actor = ?", (actor_id,))
            return self._db.execute("DELETE FROM actor WHERE id = ?", (actor_id,)).rowcount > 0

    def _free_id(self, name: str) -> str:
        base = f"my_{slug(name)}"
        actor_id, n = base, 1
        while self._db.execute("SELECT 1 FROM actor WHERE id = ?", (actor_id,)).fetchone():
            n += 1
            actor_id = f"{base}_{n}"
        return actor_id


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
