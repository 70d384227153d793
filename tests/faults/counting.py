"""Reads out of the databases what became of a run, and compares it with what was written."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import bindparam, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import TextClause

from bot.data_keys import data_keys
from bot.store.engine import open_engine
from bot.store.engine import reading as readonly
from bot.store.tables.conversations import MESSAGES
from bot.store.tables.incidents import INCIDENTS
from tests.faults.city import City
from tests.faults.people import MORE, Writer
from tests.faults.scripts import Script, business_name
from tests.faults.tally import Tally, plain

TABLES = ("tickets", "bookings", "applications", "reviews")
OUTAGE = "小二这会儿有点忙"
"""How the honest line of an outage begins; it is no answer."""


def _of_many(query: str) -> TextClause:
    return text(f"{query} AND conversation_id IN :ids").bindparams(bindparam("ids", expanding=True))


_WAITING = _of_many(
    "SELECT count(*) FROM messages WHERE author = 'applicant' AND handled_at IS NULL"
)
_HANDLED = _of_many(
    "SELECT id, text FROM messages WHERE author = 'applicant' AND handled_at IS NOT NULL"
).columns(id=MESSAGES.c.id.type, text=MESSAGES.c.text.type)
_UNSENT = _of_many(
    "SELECT count(*) FROM deliveries WHERE state = 'pending' AND next_attempt_at IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM deliveries AS held WHERE held.state = 'pending'"
    " AND held.conversation_id = deliveries.conversation_id AND held.id < deliveries.id"
    " AND held.next_attempt_at IS NULL)"
)
"""What waits behind a line that is held because of a quota is held as well."""

_HELD = _of_many("SELECT count(*) FROM deliveries WHERE state != 'delivered'")


@dataclass
class Conversation:
    """A writer, what it was to write, and its number."""

    writer: Writer
    script: Script
    at: int
    id: str = ""


@contextmanager
def reading(city: City) -> Iterator[Connection]:
    """Open the business data."""
    engine = open_engine(
        city.stack.settings.database_url, data_keys("", city.stack.settings.state_dir)
    )
    with readonly(engine).connect() as connection:
        yield connection
    engine.dispose()


def find(connection: Connection, writer: Writer) -> str:
    """Return the id of a writer's conversation."""
    column, value = writer.address
    query = text(f"SELECT id FROM conversations WHERE {column} = :value")  # noqa: S608 - ours
    return str(connection.execute(query, {"value": value}).scalar_one())


def is_drained(connection: Connection, conversations: Sequence[Conversation]) -> bool:
    """Tell whether all that was taken is answered, and no line is on its way."""
    ids = {"ids": tuple(one.id for one in conversations)}
    waiting = connection.execute(_WAITING, ids).scalar_one()
    unsent = connection.execute(_UNSENT, ids).scalar_one()
    return not waiting and not unsent


def held(connection: Connection, conversation: Conversation) -> bool:
    """Tell whether lines wait for the person's next word."""
    return bool(connection.execute(_HELD, {"ids": (conversation.id,)}).scalar_one())


def said(connection: Connection, conversation: Conversation, author: str) -> list[str]:
    """Return the texts of one author, oldest first."""
    query = text(
        "SELECT text FROM messages WHERE conversation_id = :id AND author = :author ORDER BY id"
    ).columns(text=MESSAGES.c.text.type)
    rows = connection.execute(query, {"id": conversation.id, "author": author})
    return [str(row.text) for row in rows]


def answers(connection: Connection, conversation: Conversation) -> Counter[str]:
    """Return the bot's lines without what is the conversation's own."""
    business = business_name(conversation.at)
    return Counter(plain(line, business) for line in said(connection, conversation, "bot"))


_INCIDENTS = select(INCIDENTS.c.action, INCIDENTS.c.error, INCIDENTS.c.place)


def count(
    city: City,
    conversations: Sequence[Conversation],
    healthy: Mapping[Script, Counter[str]],
    tally: Tally,
) -> None:
    """Compare each conversation with what was written, and with the healthy one."""
    with reading(city) as connection:
        for one in conversations:
            tally.acknowledged += one.writer.acknowledged
            tally.channels[one.writer.channel] += one.writer.acknowledged
            stored = [line for line in said(connection, one, "applicant") if line != MORE]
            tally.compare_texts(one.writer.texts, stored)
            if one.script in healthy:
                tally.compare(healthy[one.script], answers(connection, one))
            tally.slowest_s = max(tally.slowest_s, one.writer.slowest_s)
            tally.undelivered += held(connection, one)
            _count_seen(connection, one, tally)
        _count_rows(connection, conversations, tally)
        tally.incidents += [
            f"{row.action}: {row.error} at {row.place}" for row in connection.execute(_INCIDENTS)
        ]
        ids = tuple(one.id for one in conversations)
        rows = connection.execute(_HANDLED, {"ids": ids})
        handled = {str(row.id) for row in rows if row.text != MORE}  # sealed: only we can tell
    tally.processed = len(handled)
    _count_turns(city, conversations, handled, tally)


def _count_seen(connection: Connection, one: Conversation, tally: Tally) -> None:
    """Compare what the platform was given with what is stored: the first line of each message."""
    seen = one.writer.seen()
    if seen is None:
        return
    stored = [*said(connection, one, "bot"), *said(connection, one, "system")]
    given = Counter(line.strip() for told in seen for line in told.splitlines())
    wanted = Counter(line.strip() for told in stored for line in told.splitlines())
    for first in {told.splitlines()[0].strip() for told in stored if told.strip()}:
        tally.told_twice += max(0, given[first] - wanted[first])
        tally.undelivered += max(0, wanted[first] - given[first])
    if one.writer.channel == "telegram":  # folded messages have lines of their own
        known = {told.splitlines()[0].strip() for told in stored if told.strip()}
        tally.answered_not_stored += sum(
            told.splitlines()[0].strip() not in known for told in seen if told.strip()
        )


def _count_rows(
    connection: Connection, conversations: Sequence[Conversation], tally: Tally
) -> None:
    wanted = Counter(one.script.table for one in conversations)
    ours = {one.id for one in conversations}
    for table in TABLES:
        rows = connection.execute(text(f"SELECT conversation_id FROM {table}"))  # noqa: S608 - ours
        tally.rows[table] = (sum(row[0] in ours for row in rows), wanted[table])


def _count_turns(
    city: City, conversations: Sequence[Conversation], handled: set[str], tally: Tally
) -> None:
    """Count which of the handled messages Rasa has heard never, and which twice."""
    ours = {one.id for one in conversations}
    engine = open_engine(city.stack.settings.rasa_database)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT sender_id, data FROM events WHERE type_name = 'user'")
        ).all()
    engine.dispose()
    keys = data_keys("", city.stack.settings.state_dir)
    heard = Counter(
        str(json.loads(keys.open(row.data, "events.data")).get("metadata", {}).get("message_id"))
        for row in rows
        if row.sender_id in ours
    )
    tally.turns_twice = sum(times - 1 for times in heard.values())
    tally.turns_missing = len(handled - set(heard))
