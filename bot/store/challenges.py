"""The repository of challenged answers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.challenges import Challenge, ChallengeState, NewChallenge
from bot.store.tables.oversight import CHALLENGE_EVENTS, CHALLENGES
from bot.store.upserts import insert_on_conflict

C = CHALLENGES.c
OPEN = ChallengeState.OPEN.value


class ChallengeRepository:
    """Challenges on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, challenge: NewChallenge) -> int:
        """Write a challenge and return its id; the same origin again returns the first one."""
        statement = insert_on_conflict(self._connection, CHALLENGES).values(
            **vars(challenge), number="", state=OPEN, reply=""
        )
        made = self._connection.execute(statement.on_conflict_do_nothing(index_elements=[C.origin]))
        query = select(C.id).where(C.origin == challenge.origin)
        found = int(self._connection.execute(query).scalar_one())
        if made.rowcount == 1:
            self._note(found, OPEN, "applicant", challenge.said, challenge.opened_at)
        return found

    def newest_open(self, conversation_id: str) -> Challenge | None:
        """Return the challenge of a conversation that nobody has answered yet."""
        query = (
            select(CHALLENGES)
            .where(C.conversation_id == conversation_id, C.state == OPEN)
            .order_by(C.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).first()
        return None if row is None else _challenge(row)

    def name(self, challenge_id: int, number: str, said: str) -> None:
        """Note the suggestion that belongs to a challenge, and its words."""
        self._connection.execute(
            update(CHALLENGES).where(C.id == challenge_id).values(number=number, said=said)
        )

    def get(self, challenge_id: int) -> Challenge | None:
        """Return one, None when there is none."""
        row = self._connection.execute(select(CHALLENGES).where(C.id == challenge_id)).first()
        return None if row is None else _challenge(row)

    def close(
        self, challenge_id: int, *, state: ChallengeState, reply: str, by: int, now: datetime
    ) -> bool:
        """Answer an open one; False when it is answered already."""
        values = {"state": state.value, "reply": reply, "closed_at": now, "closed_by": by}
        closed = self._connection.execute(
            update(CHALLENGES).where(C.id == challenge_id, C.state == OPEN).values(values)
        )
        if closed.rowcount == 1:
            self._note(challenge_id, state.value, f"agent:{by}", reply, now)
        return bool(closed.rowcount == 1)

    def list(self, *, is_open: bool, limit: int) -> Sequence[Challenge]:
        """Return the open ones, oldest first, or the answered ones, newest first."""
        query = select(CHALLENGES).where(C.state == OPEN).order_by(C.id)
        if not is_open:
            query = select(CHALLENGES).where(C.state != OPEN).order_by(C.id.desc())
        return [_challenge(row) for row in self._connection.execute(query.limit(limit))]

    def count_open(self) -> int:
        """Return how many nobody has answered."""
        query = select(func.count()).select_from(CHALLENGES).where(C.state == OPEN)
        return int(self._connection.execute(query).scalar_one())

    def _note(self, challenge_id: int, state: str, actor: str, text: str, at: datetime) -> None:
        self._connection.execute(
            insert(CHALLENGE_EVENTS).values(
                challenge_id=challenge_id, state=state, actor=actor, text=text, at=at
            )
        )


def _challenge(row: Row) -> Challenge:
    new = NewChallenge(
        origin=row.origin,
        conversation_id=row.conversation_id,
        answer=row.answer,
        said=row.said,
        matter_id=row.matter_id,
        topic=row.topic,
        opened_at=row.opened_at,
    )
    state = ChallengeState(row.state)
    return Challenge(row.id, new, row.number, state, row.reply, row.closed_at, row.closed_by)
