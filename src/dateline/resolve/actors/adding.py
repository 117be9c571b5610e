"""Adding actors of one's own: one by one, or a file of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from dateline.errors import InputError
from dateline.resolve.actors.actor import Actor
from dateline.resolve.actors.follow_the_money import read_follow_the_money
from dateline.resolve.actors.merge import ImportReport, check_actor, take_in
from dateline.resolve.actors.phoenix import read_phoenix
from dateline.resolve.actors.store import ActorStore
from dateline.resolve.actors.wikidata import open_dump, read_wikidata
from dateline.resolve.lexicon import Lexicon, lexicon

Format = Literal["phoenix", "ftm", "wikidata"]


def add_actor(actor: Actor, store: ActorStore, known: Lexicon | None = None) -> ImportReport:
    """Add one actor, or what is new of one that is known.

    Raises:
        RosterError: the actor cannot be coded (see `check_actor`).
    """
    lex = known or lexicon()
    check_actor(actor, lex.roster)
    return take_in(store, lex, [actor])


def import_actors(path: Path, form: Format, store: ActorStore, known: Lexicon | None = None) -> ImportReport:
    """Import a file of actors; malformed lines are skipped and reported with their numbers.

    Args:
        path: the file; ``.gz`` and ``.bz2`` are unpacked while reading.
        form: "phoenix" (TABARI, PETRARCH and Phoenix dictionaries), "ftm" (FollowTheMoney JSON
            lines as OpenSanctions publishes them), "wikidata" (a JSON dump).
        store: where to put them.
        known: the roster and its indexes; by default those that come with the package.

    Raises:
        InputError: the file cannot be read.
    """
    lex = known or lexicon()
    report = ImportReport()
    try:
        with open_dump(path) as stream:
            return take_in(store, lex, _read(stream, form, lex, report), report)
    except (OSError, EOFError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error


def _read(stream: Iterable[bytes], form: Format, lex: Lexicon, report: ImportReport) -> Iterable[Actor]:
    countries = lex.roster.countries
    if form == "phoenix":
        return read_phoenix((line.decode("utf-8", "replace") for line in stream), countries, report)
    if form == "ftm":
        return read_follow_the_money(stream, {c.iso2.lower(): c.id for c in countries.values() if c.iso2}, report)
    return read_wikidata(stream, {}, report)
