"""The repository of conversations counted by day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import takewhile

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.domain.reports import Sign
from bot.services.desk.oversight_ports import CountedMessage, CountedSign, DayCount
from bot.store.conversation_rows import is_visible
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_THREADS
from bot.store.tables.oversight import TALK_COUNTERS, TALK_DAYS, TALK_SIGNS
from bot.store.upserts import insert_on_conflict

D = TALK_DAYS.c


class TalkCountRepository:
    """Counting on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_sign(self, origin: str, conversation_id: str, kind: Sign, *, now: datetime) -> None:
        """Write a sign; the same origin again writes nothing."""
        statement = insert_on_conflict(self._connection, TALK_SIGNS).values(
            origin=origin, conversation_id=conversation_id, kind=kind.value, at=now
        )
        self._connection.execute(
            statement.on_conflict_do_nothing(index_elements=[TALK_SIGNS.c.origin])
        )

    def position(self, name: str) -> int:
        """Return up to which id a counter has counted."""
        made = insert_on_conflict(self._connection, TALK_COUNTERS).values(name=name, position=0)
        self._connection.execute(made.on_conflict_do_nothing(index_elements=[TALK_COUNTERS.c.name]))
        query = select(TALK_COUNTERS.c.position).where(TALK_COUNTERS.c.name == name)
        return int(self._connection.execute(query).scalar_one())

    def advance(self, name: str, *, seen: int, to: int) -> bool:
        """Move a counter on; False when another process did. Holds it until the end."""
        moved = self._connection.execute(
            update(TALK_COUNTERS)
            .where(TALK_COUNTERS.c.name == name, TALK_COUNTERS.c.position == seen)
            .values(position=to)
        )
        return bool(moved.rowcount == 1)

    def messages(self, after: int, *, before: datetime, limit: int) -> Sequence[CountedMessage]:
        """Return messages after an id, by id, up to the first one that is not older."""
        m = MESSAGES.c
        query = (
            select(m.id, m.conversation_id, m.author, m.created_at)
            .where(m.id > after, is_visible())
            .order_by(m.id)
            .limit(limit)
        )
        rows = self._connection.execute(query)
        return [
            CountedMessage(*row) for row in takewhile(lambda row: row.created_at < before, rows)
        ]

    def signs(self, after: int, *, before: datetime, limit: int) -> Sequence[CountedSign]:
        """Return signs after an id, by id, up to the first one that is not older."""
        query = (
            select(TALK_SIGNS).where(TALK_SIGNS.c.id > after).order_by(TALK_SIGNS.c.id).limit(limit)
        )
        rows = self._connection.execute(query)
        return [
            CountedSign(row.id, row.conversation_id, Sign(row.kind), row.at)
            for row in takewhile(lambda row: row.at < before, rows)
        ]

    def add_days(self, counts: Mapping[tuple[str, date], DayCount]) -> None:
        """Add what came, by conversation and local day.

        A day begins with the applicant's words; what is said to somebody silent counts nowhere.
        """
        known = self._known({conversation_id for conversation_id, _ in counts})
        for (conversation_id, day), count in counts.items():
            more = {"said": D.said + count.said, "agent_said": D.agent_said + count.agent_said}
            about = known[conversation_id]
            if not count.said:
                self._connection.execute(
                    update(TALK_DAYS)
                    .where(D.day == day, D.conversation_id == conversation_id)
                    .values(more)
                )
                continue
            statement = insert_on_conflict(self._connection, TALK_DAYS).values(
                day=day,
                conversation_id=conversation_id,
                **vars(count),
                **about,
                not_understood=0,
                person_asked=0,
            )
            self._connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[D.day, D.conversation_id], set_={**more, **about}
                )
            )

    def add_to_day(self, conversation_id: str, day: date, kind: Sign) -> bool:
        """Add one sign to a day; False when there is no such day."""
        column = D[kind.value]
        added = self._connection.execute(
            update(TALK_DAYS)
            .where(D.day == day, D.conversation_id == conversation_id)
            .values({column: column + 1})
        )
        return bool(added.rowcount)

    def set_test(self, conversation_id: str, *, is_test: bool) -> None:
        """Take the days of a conversation out of the reports, or in again."""
        self._connection.execute(
            update(TALK_DAYS).where(D.conversation_id == conversation_id).values(is_test=is_test)
        )

    def _known(self, ids: set[str]) -> dict[str, dict[str, object]]:
        c = CONVERSATIONS.c
        query = (
            select(c.id, c.channel, c.fields, DESK_THREADS.c.department_id, DESK_THREADS.c.is_test)
            .select_from(
                CONVERSATIONS.outerjoin(DESK_THREADS, DESK_THREADS.c.conversation_id == c.id)
            )
            .where(c.id.in_(sorted(ids)))
        )
        return {
            row.id: {
                "channel": row.channel,
                "matter_id": matter_in(row.fields),
                "department_id": row.department_id or "",
                "is_test": bool(row.is_test),
            }
            for row in self._connection.execute(query)
        }


def matter_in(fields: Mapping[str, object] | None) -> str:
    """Return the matter that a conversation is about, "" when that is not known."""
    found = (fields or {}).get("matter_id")
    return found[:60] if isinstance(found, str) else ""
