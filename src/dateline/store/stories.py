"""Stories in the archive, kept with their reports: told anew from all of them, or gone on with by those that came.

What came is held against those reports only that share rare words with it in the days around it, and
how rare a word is, is counted among the reports nearest in time: the cost does not grow with the archive.
"""

from __future__ import annotations

import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, delete, func, insert, select

from dateline.reconcile.mention import day_of
from dateline.reconcile.reuse import HOLDERS, Reuse, find_reuse, when_told
from dateline.reconcile.story import LONGEST, SHARED, Bag, Document, Rarity, bag_of, group, rare_words
from dateline.store.archive import Archive
from dateline.store.nearby import Entries, Entry, Wanted, block_code, enter, leave, nearest
from dateline.store.pending import mark, most_wait, waiting
from dateline.store.tables import bags, pending, reports, stories, word_blocks

_CHUNK = 400
_NEAREST = 60  # reports that hold a rare word, on either side of a day
_BESIDE = 40  # reports before a day, and as many after it, that tell how rare words are
_SMALL = 200  # reports: with fewer those beside a day stand for themselves
_LAST_DAY = 3_652_059  # `date.max`, as an ordinal
_decoder = msgspec.msgpack.Decoder(tuple[list[int], str, bytes])

RowLike = Any  # a row of reports, whatever else was selected
Place = tuple[str, str | None, float | None]  # story, source and share, see `tables.stories`


def tell_stories(archive: Archive, *, full: bool = True) -> None:
    """Group the newest versions of reports into stories and keep them.

    A story is named for its earliest report.

    Args:
        archive: an open archive.
        full: group all reports anew. Else those that came since, with what is near to them; the others
            keep theirs.
    """
    with archive.read() as connection:
        full = full or most_wait(connection, waiting(connection))
    if full:
        tell_all(archive)
        return
    with archive.write() as connection:
        mark(connection, sorted(tell_more(connection, waiting(connection).reports).keys))


def tell_all(archive: Archive) -> None:
    """Group all reports anew."""
    with archive.read() as connection:
        wanted = _documents().where(reports.c.current).order_by(reports.c.key)
        rows = [(row.key, bag_of(_document(row))) for row in connection.execute(wanted)]
        keys = {bag.id: key for key, bag in rows}
        grouped = group([bag for _, bag in rows])
        story_of = {member: story[0] for story in grouped.stories for member in story}
        reuse: dict[str, Reuse] = {}
        for some in _batches(grouped.stories):
            reuse |= _reuse(connection, some, keys)
        before = {row.report: (row.story, row.source, row.share) for row in connection.execute(select(stories))}
    with archive.write() as connection:
        after = {keys[name]: _place(story_of[name], reuse.get(name)) for name in keys}
        _put(connection, before, after, gone=[key for key in before if key not in after])
        entries = Entries()
        connection.execute(delete(bags))
        for k in range(0, len(rows), _CHUNK):
            some_rows = rows[k : k + _CHUNK]
            _keep_bags(connection, some_rows, grouped.rare)
            for key, bag in some_rows:
                entries.add(_entries(key, bag.day, grouped.rare[bag.id]))
        entries.replace(connection, word_blocks)


@dataclass(frozen=True, slots=True)
class Moved:
    """What changed in the stories.

    Attributes:
        keys: of the reports whose story changed, in more than its name, or the source of their text, new ones
            among them.
        beside: pairs of groups of ids, none of them new: those whose story changed, and those that have them beside
            themselves since, though their own story did not change.
    """

    keys: frozenset[int]
    beside: Sequence[tuple[Sequence[str], Sequence[str]]]


def tell_more(connection: Connection, keys: Sequence[int]) -> Moved:
    """Go on with the stories that are kept.

    Args:
        connection: a transaction that writes.
        keys: of reports that came since, or became old versions; of others nothing is done.
    """
    fresh: dict[int, Bag] = {}
    gone: list[int] = []
    for part in _parts(keys):
        chosen = _documents().add_columns(stories.c.story).outerjoin(stories, stories.c.report == reports.c.key)
        for row in connection.execute(chosen.where(reports.c.key.in_(part)).order_by(reports.c.key)):
            if not row.current:
                gone.append(row.key)
            elif row.story is None:
                fresh[row.key] = bag_of(_document(row))
    lost = _forget(connection, gone)
    if not fresh and not lost:
        return Moved(frozenset(), ())
    beside = _beside(connection, {bag.day for bag in fresh.values()})
    number = connection.scalar(select(func.max(reports.c.key))) or 0
    shared = _candidates(connection, fresh.values(), _rarity(fresh.values(), beside.values(), number))
    names = lost | {story for part in _parts(shared) for story in _stories_of(connection, part)}
    members = list(_members(connection, sorted(names)))
    for key, _, _ in members:
        beside.pop(key, None)
    rarity = _rarity([*fresh.values(), *(bag for _, bag, _ in members)], beside.values(), number)
    together = [*fresh.values(), *(bag for _, bag, _ in members)]
    grouped = group(together, rarity)
    before = {bag.id: place[0] for _, bag, place in members}
    after = _go_on(before, grouped.stories, {bag.id: bag.day for bag in together}, {b.id for b in fresh.values()}, lost)
    keys_of = {bag.id: key for key, bag in fresh.items()} | {bag.id: key for key, bag, _ in members}
    told: dict[str, list[str]] = defaultdict(list)
    for name, story in after.items():
        told[story].append(name)
    places = {key: place for key, _, place in members}
    unchanged = {name: places[keys_of[name]] for name in _unchanged(list(told.values()), before, lost)}
    reuse = _reuse(connection, list(told.values()), keys_of, unchanged)
    new_places = {keys_of[name]: _place(story, reuse.get(name)) for name, story in after.items()}
    changed = _put(connection, places, new_places)
    # A story whose earliest report came is named anew; for the others in it nothing else changed.
    changed -= {keys_of[n] for n in unchanged if new_places[keys_of[n]][1:] == unchanged[n][1:]}
    _keep_bags(connection, list(fresh.items()), grouped.rare)
    entries = {e for key, bag in fresh.items() for e in _entries(key, bag.day, grouped.rare[bag.id])}
    enter(connection, word_blocks, entries)
    return Moved(frozenset(changed), list(_beside_others(before, after)))


def _beside_others(
    before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    came: dict[str, list[str]] = defaultdict(list)
    stayed: dict[str, list[str]] = defaultdict(list)
    for name, story in before.items():
        now = after.get(name, story)
        (stayed if now == story else came)[now].append(name)
    for story, names in came.items():
        if story in stayed:
            yield names, stayed[story]


def _documents() -> Select[Any]:
    r = reports.c
    return select(r.key, r.id, r.current, r.published, r.title, r.text)


def _document(row: RowLike) -> Document:
    return Document(row.id, day_of(row.published), row.title, row.text)


def _go_on(
    before: Mapping[str, str],
    found: Sequence[Sequence[str]],
    days: Mapping[str, date | None],
    fresh: set[str],
    lost: set[str],
) -> dict[str, str]:
    """Stories of the new reports and of those that they are grouped with; what is left of a story is named anew."""
    after = {name: story[0] for story in found if not fresh.isdisjoint(story) for name in story}
    touched = {before[name] for name in after if name in before} | lost
    left: dict[str, list[str]] = {}
    for name, story in before.items():
        if story in touched and name not in after:
            left.setdefault(story, []).append(name)
    for members in left.values():
        first = min(members, key=lambda name: (days[name] or date.min, name))
        after.update(dict.fromkeys(members, first))
    return after


def _rarity(known: Collection[Bag], beside: Collection[Sequence[str]], number: int) -> Rarity:
    """How rare words are among all reports: the bags known, and others for whom those beside a day stand.

    Copies of one text would else make its words common among the few that are looked at, and fall apart.

    Args:
        known: bags that are looked at.
        beside: words of other reports.
        number: how many reports there are.
    """
    rarity = Rarity()
    for bag in known:
        rarity.count(bag.words)
    # In a small archive those that are looked at are all, or tell no less than all would.
    others = number - len(known) if number > _SMALL else len(beside)
    times = max(1, round(others / len(beside))) if beside else 1
    for words in beside:
        rarity.count(words, times)
    rarity.documents = max(rarity.documents, len(known) + others)
    return rarity


def _beside(connection: Connection, days: Iterable[date | None]) -> dict[int, Sequence[str]]:
    """The words of the reports nearest to these days, by their keys."""
    published, key = reports.c.published, reports.c.key
    found: dict[int, Sequence[str]] = {}
    ways = [select(key).where(published.is_(None)).order_by(key.desc())]
    for day in sorted(days, key=str):
        if day is None:
            ways.append(select(key).order_by(key.desc()))
            continue
        first = max(day, date.min + timedelta(2 * LONGEST)) - timedelta(2 * LONGEST)
        last = min(day, date.max - timedelta(2 * LONGEST + 1)) + timedelta(2 * LONGEST + 1)
        after = select(key).where(published >= day.isoformat(), published < last.isoformat())
        earlier = select(key).where(published < day.isoformat(), published >= first.isoformat())
        ways += [after.order_by(published, key), earlier.order_by(published.desc(), key.desc())]
    for way in ways:
        nearby = way.limit(_BESIDE).subquery()
        for row in connection.execute(select(bags).join(nearby, nearby.c.key == bags.c.report)):
            if row.report not in found:
                found[row.report] = _unpack(row.data)[1]
    return found


def _candidates(connection: Connection, fresh: Iterable[Bag], rarity: Rarity) -> list[int]:
    """Reports that share enough rare words with one of the new ones, in days that one story can span."""
    found: set[int] = set()
    for bag in fresh:
        at = bag.day.toordinal() if bag.day else 0
        wanted = []
        for word in rare_words(bag, rarity):
            code = block_code(word)
            wanted.append(Wanted(code, 0, 0, 0))  # those of unknown days
            if at:
                wanted.append(Wanted(code, max(at - LONGEST, 1), at, min(at + LONGEST, _LAST_DAY)))
            else:
                wanted.append(Wanted(code, 1, _LAST_DAY + 1, 0))
        held: dict[int, set[int]] = defaultdict(set)
        for entry in nearest(connection, word_blocks, wanted, _NEAREST):
            held[entry.report].add(entry.block)
        found.update(report for report, words in held.items() if len(words) >= SHARED)
    return sorted(found)


def _stories_of(connection: Connection, keys: Sequence[int]) -> Iterable[str]:
    return connection.execute(select(stories.c.story).where(stories.c.report.in_(keys)).distinct()).scalars().all()


def _members(connection: Connection, names: Sequence[str]) -> Iterator[tuple[int, Bag, Place]]:
    """The reports of these stories: key, words and place."""
    s = stories.c
    for part in _parts(names):
        chosen = (
            select(reports.c.key, reports.c.id, reports.c.published, bags.c.data, s.story, s.source, s.share)
            .join(stories, s.report == reports.c.key)
            .join(bags, bags.c.report == reports.c.key)
            .where(s.story.in_(part), reports.c.current)
        )
        for row in connection.execute(chosen.order_by(reports.c.key)):
            yield row.key, _bag(row), (row.story, row.source, row.share)


def _reuse(
    connection: Connection,
    told: Sequence[Sequence[str]],
    keys: Mapping[str, int],
    known: Mapping[str, Place] = MappingProxyType({}),
) -> dict[str, Reuse]:
    """Which reports of stories take their text from which others of the same story.

    Args:
        connection: to ask with.
        told: ids of the reports of each story.
        keys: theirs.
        known: the places of reports beside which others came, but none went; only the others' texts are looked
            for in theirs.
    """
    r = reports.c
    several = [sorted(members, key=lambda name: keys[name]) for members in told if len(members) > 1]
    published: dict[int, str | None] = {}
    for part in _parts([keys[name] for members in several for name in members]):
        published |= {x.key: x.published for x in connection.execute(select(r.key, r.published).where(r.key.in_(part)))}
    found: dict[str, Reuse] = {}
    looked_at: list[list[str]] = []
    before: dict[str, Reuse | None] = {}
    for members in several:
        held: Counter[str] = Counter()
        left_out: set[str] = set()
        order = sorted(members, key=lambda name: (when_told(published[keys[name]]), keys[name]))
        for name in takewhile(known.__contains__, order):
            _, source, share = known[name]
            before[name] = Reuse(name, source, share) if source is not None and share is not None else None
            if source is not None and share is not None:
                found[name] = Reuse(name, source, share)
                held[source] += 1
                if held[source] > HOLDERS:  # so many copies of one text hold all that one more could take
                    left_out.add(name)
        looked_at.append([name for name in members if name not in left_out])
    texts: dict[int, str] = {}
    for part in _parts([keys[name] for members in looked_at for name in members]):
        texts |= {row.key: row.text for row in connection.execute(select(r.key, r.text).where(r.key.in_(part)))}
    for members in looked_at:
        days = {name: published[keys[name]] for name in members}
        found |= find_reuse({name: texts[keys[name]] for name in members}, days, before)
    return found


def _unchanged(told: Sequence[Sequence[str]], before: Mapping[str, str], lost: set[str]) -> Iterator[str]:
    """Reports of stories to which others came, but from which none went, by the stories that they were of before."""
    size = Counter(before.values())
    for members in told:
        old = [name for name in members if name in before]
        stories_before = {before[name] for name in old}
        if len(stories_before) == 1 and stories_before.isdisjoint(lost) and size[before[old[0]]] == len(old):
            yield from old


def _batches(told: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    batch: list[Sequence[str]] = []
    size = 0
    for story in told:
        batch.append(story)
        size += len(story)
        if size >= _CHUNK:
            yield batch
            batch, size = [], 0
    yield batch


def _place(story: str, reuse: Reuse | None) -> Place:
    return (story, None, None) if reuse is None else (story, reuse.source, reuse.share)


def _put(
    connection: Connection, before: Mapping[int, Place], after: Mapping[int, Place], gone: Sequence[int] = ()
) -> set[int]:
    """Write down what changed; the keys of the reports concerned."""
    changed = [key for key, place in after.items() if before.get(key) != place]
    for part in _parts([*changed, *gone]):
        connection.execute(delete(stories).where(stories.c.report.in_(part)))
    for part in _parts(changed):
        rows = [dict(zip(("report", "story", "source", "share"), (key, *after[key]), strict=True)) for key in part]
        connection.execute(insert(stories), rows)
    return set(changed)


def _forget(connection: Connection, keys: Sequence[int]) -> set[str]:
    """Drop what is kept of reports; the stories that they were of."""
    lost: set[str] = set()
    for part in _parts(keys):
        lost.update(_stories_of(connection, part))
        chosen = select(reports.c.key, reports.c.published, bags.c.data).join(bags, bags.c.report == reports.c.key)
        rows = connection.execute(chosen.where(reports.c.key.in_(part))).all()
        gone = {e for row in rows for e in _entries(row.key, day_of(row.published), _rare(row.data))}
        leave(connection, word_blocks, gone)
        for table in (bags, stories):
            connection.execute(delete(table).where(table.c.report.in_(part)))
    return lost


def _entries(key: int, day: date | None, rare: Iterable[str]) -> set[Entry]:
    return {Entry(block_code(word), day.toordinal() if day else 0, key) for word in rare}


def _keep_bags(connection: Connection, found: Sequence[tuple[int, Bag]], rare: Mapping[str, Sequence[str]]) -> None:
    rows = [{"report": key, "data": _pack(bag.words, rare[bag.id])} for key, bag in found]
    if rows:
        connection.execute(insert(bags), rows)


def _pack(words: Mapping[str, float], rare: Sequence[str]) -> bytes:
    place = {word: n for n, word in enumerate(words)}
    data = ([place[word] for word in rare], "\n".join(words), array("d", words.values()).tobytes())
    return zlib.compress(msgspec.msgpack.encode(data), 1)


def _unpack(data: bytes) -> tuple[list[int], list[str], bytes]:
    """Places of the rare words, all words, and their weights as doubles."""
    rare, words, weights = _decoder.decode(zlib.decompress(data))
    return rare, words.split("\n") if weights else [], weights


def _rare(data: bytes) -> list[str]:
    rare, words, _ = _unpack(data)
    return [words[n] for n in rare]


def _bag(row: RowLike) -> Bag:
    _, words, weights = _unpack(row.data)
    return Bag(row.id, day_of(row.published), dict(zip(words, array("d", weights), strict=True)))


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for k in range(0, len(items), _CHUNK):
        yield items[k : k + _CHUNK]


def story_rows(archive: Archive) -> Iterator[dict[str, Any]]:
    """``{"report", "story", …}`` of every report; stories are told first where a report has none yet."""
    with archive.read() as connection:
        untold = _untold(connection)
    if untold:
        tell_stories(archive, full=False)
    with archive.read() as connection:
        found = connection.execute(
            select(
                reports.c.id.label("report"),
                stories.c.story,
                reports.c.published,
                reports.c.publisher,
                reports.c.title,
            )
            .join(stories, stories.c.report == reports.c.key)
            .where(reports.c.current)
            .order_by(stories.c.story, reports.c.published, reports.c.key)
        ).mappings()
        rows = [dict(row) for row in found]
    yield from rows


def _untold(connection: Connection) -> bool:
    fresh = (
        select(pending.c.key)
        .join(reports, reports.c.key == pending.c.report)
        .outerjoin(stories, stories.c.report == reports.c.key)
        .where(stories.c.story.is_(None), reports.c.current)
    )
    if connection.execute(fresh.limit(1)).first():
        return True
    return waiting(connection).all and connection.execute(select(bags.c.report).limit(1)).first() is None
