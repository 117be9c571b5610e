"""The archive's tables, the same for SQLite and PostgreSQL.

The whole record of a report is kept as it was coded (`reports.record`); the other tables hold what
questions are asked of. Rows hang on `reports.key`, one key a version of a report.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_report() -> Column[int]:
    return Column("report", Integer, ForeignKey("reports.key", ondelete="CASCADE"), nullable=False)


reports = Table(
    "reports",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("digest", Text, nullable=False, unique=True),  # of id, text and head: the same twice is the same
    Column("title", Text),
    Column("publisher", Text),
    Column("byline", Text),
    Column("language", Text, nullable=False),
    Column("url", Text),
    Column("published", Text),
    Column("published_basis", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),  # zlib of the record's JSON
    Column("coder", Text, nullable=False),  # version of Dateline and of the parser
    Column("added", Text, nullable=False),  # ISO date-time, UTC
    UniqueConstraint("id", "version"),
)
Index("ix_reports_published", reports.c.published, reports.c.key)
Index("ix_reports_publisher", reports.c.publisher)
# Counting reports reads this and not their texts.
Index("ix_reports_current", reports.c.current, reports.c.published, reports.c.publisher)

entities = Table(
    "entities",
    metadata,
    Column("key", Integer, primary_key=True),
    _of_report(),
    Column("entity", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),  # the name in lower case, for look-up
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("sector", Text),
    Column("code", Text),
    Column("mentions", Integer, nullable=False),
    UniqueConstraint("report", "entity"),
)
Index("ix_entities_entity", entities.c.entity)

# Which entities a name was ever given to. Most names of a report are there already: nothing is written for them,
# where an index of the names of all reports would have a page to be written for nearly every one.
entity_names = Table(
    "entity_names",
    metadata,
    Column("folded", Text, primary_key=True),
    Column("entity", Text, primary_key=True),
    sqlite_with_rowid=False,
)

statements = Table(
    "statements",
    metadata,
    Column("key", Integer, primary_key=True),
    _of_report(),
    Column("statement", Text, nullable=False),
    Column("parent", Text),
    Column("quote", Text, nullable=False),
    Column("speaker", Text),  # entity at the end of the chain
    Column("speaker_name", Text),
    Column("source", Text, nullable=False),  # wordings
    Column("cue", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("chain", Text, nullable=False),  # entity ids or wordings, outermost first, joined by " > "
    Column("time", Text),
    Column("day", Text, nullable=False),  # of publication, "~" where unknown
    Column("current", Boolean, nullable=False),
    Column("review", Text),
    UniqueConstraint("report", "statement"),
)
Index("ix_statements_speaker_day", statements.c.speaker, statements.c.current, statements.c.day, statements.c.key)
Index("ix_statements_day", statements.c.current, statements.c.day, statements.c.key)

events = Table(
    "events",
    metadata,
    Column("key", Integer, primary_key=True),
    _of_report(),
    Column("event", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("plover", Text),
    Column("contexts", Text, nullable=False),  # ",military,", with commas at both ends
    Column("trigger", Text, nullable=False),
    Column("factuality", Text, nullable=False),
    Column("begin", Text),
    Column("end", Text),
    Column("granularity", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("day", Text, nullable=False),  # begin, else the day of publication, else "~": what events are sorted by
    Column("place", Text),
    Column("place_name", Text),
    Column("statement", Text),
    Column("speaker", Text),
    Column("same_as", Text),
    Column("rule", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("current", Boolean, nullable=False),  # of the newest version of its report
    Column("review", Text),  # accepted, rejected, changed: what a person said of it
    UniqueConstraint("report", "event"),
)
Index("ix_events_day", events.c.current, events.c.day, events.c.key)
Index("ix_events_type_day", events.c.type, events.c.current, events.c.day, events.c.key)
Index("ix_events_factuality_day", events.c.factuality, events.c.current, events.c.day, events.c.key)
Index("ix_events_end", events.c.end)
Index("ix_events_speaker", events.c.speaker)
# What nobody has looked at yet, the least certain first. SQLite reads the rest of an index in order behind
# "review IS NULL", PostgreSQL only that of an index which holds nothing else.
Index(
    "ix_events_review",
    events.c.current,
    events.c.review,
    events.c.confidence,
    events.c.key,
    events.c.type,
    events.c.factuality,
).ddl_if(dialect="sqlite")
Index(
    "ix_events_open",
    events.c.confidence,
    events.c.key,
    events.c.type,
    events.c.factuality,
    postgresql_where=and_(events.c.current, events.c.review.is_(None)),
).ddl_if(dialect="postgresql")
Index("ix_events_reviewed", events.c.review, events.c.confidence, events.c.key).ddl_if(dialect="postgresql")

arguments = Table(
    "arguments",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("event", Integer, ForeignKey("events.key", ondelete="CASCADE"), nullable=False),
    Column("role", Text, nullable=False),  # actor, recipient
    Column("position", Integer, nullable=False),
    Column("entity", Text),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("country", Text),
    Column("sector", Text),
    UniqueConstraint("event", "role", "position"),
)
Index("ix_arguments_entity", arguments.c.entity, arguments.c.role, arguments.c.event)
Index("ix_arguments_country", arguments.c.country, arguments.c.role, arguments.c.event)
Index("ix_arguments_folded", arguments.c.folded)


# What counting reads, column by column; see `dateline.store.columns`.
def _columns(of: str) -> Table:
    table = Table(
        f"{of}_columns",
        metadata,
        Column("name", Text, primary_key=True),
        Column("run", Integer, primary_key=True, autoincrement=False),
        Column("last", Integer, nullable=False),  # key of the last row that it tells of
        Column("data", LargeBinary, nullable=False),
    )
    Index(f"ix_{of}_columns_last", table.c.run, table.c.last, table.c.name)
    return table


event_columns, statement_columns = _columns("event"), _columns("statement")
entity_columns, account_columns = _columns("entity"), _columns("account")

# Where the places of events lie; a place without coordinates is not in it.
places = Table(
    "places",
    metadata,
    Column("place", Text, primary_key=True),  # entity id
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),  # of the entity: place, or country
    Column("country", Text),
    Column("latitude", Float, nullable=False),  # degrees, WGS 84
    Column("longitude", Float, nullable=False),
)

# What a careful editor would query in a report.
flags = Table(
    "flags",
    metadata,
    Column("key", Integer, primary_key=True),
    _of_report(),
    Column("flag", Text, nullable=False),  # "f1" for the first of its report: flags have no ids of their own
    Column("kind", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("begin", Integer, nullable=False),  # where the words stand in the text, in code points
    Column("suggestion", Text),
    Column("suggestion_name", Text),  # of the entity, where the suggestion is one
    Column("why", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("review", Text),
    UniqueConstraint("report", "flag"),
)
Index("ix_flags_open", flags.c.current, flags.c.review, flags.c.key)

# What stands as the reason of a telling that a person changed since its account was told.
CHANGED = "changed since by a person"

# An account: one occurrence, told by events of one or more reports.
accounts = Table(
    "accounts",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),  # of its first telling: "report id/event id"
    Column("type", Text, nullable=False),
    Column("begin", Text),
    Column("end", Text),
    Column("day", Text),
    Column("standing", Text, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("headline", Text, nullable=False),
    Column("evidence", Text, nullable=False),  # JSON: origins, sides, deniers, conflicts, plan and outcome, why
)
Index("ix_accounts_day", accounts.c.day, accounts.c.key)
Index("ix_accounts_standing", accounts.c.standing)
account_events = Table(
    "account_events",
    metadata,
    Column("event", Integer, ForeignKey("events.key", ondelete="CASCADE"), primary_key=True),
    Column("account", Integer, ForeignKey("accounts.key", ondelete="CASCADE"), nullable=False),
    Column("why", Text, nullable=False),
)
Index("ix_account_events_account", account_events.c.account)

stories = Table(
    "stories",
    metadata,
    Column("report", Integer, ForeignKey("reports.key", ondelete="CASCADE"), primary_key=True),
    Column("story", Text, nullable=False),
    Column("source", Text),  # id of the report of the story whose text it takes, if it does
    Column("share", Float),  # of its runs of words that stand there
)
Index("ix_stories_story", stories.c.story)

# Reports that reconciliation has to look at (again): each written down with what made it so, in one transaction.
pending = Table(
    "pending",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("report", Integer, ForeignKey("reports.key", ondelete="CASCADE")),  # null: all that there are
)


# What reconciliation knows of a report's newest version, so that it need not be read again for each that comes.
def _known(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("report", Integer, ForeignKey("reports.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        Column("data", LargeBinary, nullable=False),
    )


mentions = _known("mentions")  # its events, see `dateline.reconcile.mention`
bags = _known("bags")  # its words with their weights, see `dateline.reconcile.story`


# Which reports of some days have something in common: entries by a hash of what it is (see `dateline.store.nearby`).
def _common(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("block", BigInteger, primary_key=True, autoincrement=False),
        Column("day", Integer, primary_key=True, autoincrement=False),  # ordinal, 0: unknown
        Column("report", Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


mention_blocks = _common("mention_blocks")  # somebody and a kind of act
word_blocks = _common("word_blocks")  # a rare word

# What people said of the machine's records: appended to, never changed.
corrections = Table(
    "corrections",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text),
    Column("action", Text, nullable=False),  # accept, reject, change, merge, split, undo
    Column("report", Text),  # report id: a correction outlives re-coding
    Column("item", Text),  # event or statement id when it was said
    Column("field", Text),
    Column("machine", Text),  # JSON: where the item stands in the text, and what the machine had
    Column("human", Text),  # JSON: what the person says
    Column("undoes", Integer),  # key of the correction that this one takes back
)
Index("ix_corrections_report", corrections.c.report)
Index("ix_corrections_action", corrections.c.action, corrections.c.report)
Index("ix_corrections_undoes", corrections.c.undoes)

# Feeds that are watched, and the pages that their entries announced and that are still to be fetched, or were.
feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("checked", Text),  # ISO date-time, UTC, as all times below
    Column("next", Text, nullable=False),  # not to be asked before
    Column("failures", Integer, nullable=False),  # in a row
    Column("problem", Text),
)
announced = Table(
    "announced",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # address of the page, else the entry's id
    Column("feed", Text, nullable=False),
    Column("entry", Text, nullable=False),  # JSON: what the feed says of it
    Column("state", Text, nullable=False),  # waiting, stored, failed
    Column("tries", Integer, nullable=False),
    Column("next", Text, nullable=False),
    Column("problem", Text),
)
Index("ix_announced_waiting", announced.c.feed, announced.c.state, announced.c.next)

# Who may read and change through the web server.
users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),  # reader, editor
    Column("password", Text, nullable=False),  # Argon2id
    Column("token", Text, unique=True),  # SHA-256, in hexadecimal
    Column("added", Text, nullable=False),  # ISO date-time, UTC
)
