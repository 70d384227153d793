"""Transactions of one journey each, on connections that the event loop waits for.

See `bot.services.conversations.known_talks` for what they do, `bot.store.journey_line` for how.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import anyio
import structlog
from sqlalchemy.engine import Engine

from bot.domain.conversations import Hold, Inbound, Said, TranscriptPage, Turn, TurnOutcome
from bot.domain.deliveries import PULLED_CHANNELS
from bot.services.conversations.known_talks import Condition, TakenIn, Wanted
from bot.store import conversation_statements as statements
from bot.store.hearing import known_by
from bot.store.journey_line import DriverError, JourneyLine, LineGone
from bot.store.known_statements import TAKE_IN
from bot.store.page_statements import READ, READ_BY_TOKEN, page_of
from bot.store.prepared import preparing, running
from bot.store.straight import Straight
from bot.store.taking_in import files_of
from bot.store.turn_ends import end_values, lines_of, lines_values
from bot.store.turn_looks import looks_of

LINES = 6
"""Connections; a journey takes a millisecond, and who finds all busy goes another way."""

PATIENCE_S = 5.0
"""How long a journey may take; what stands longer behind a lock is tried another way."""

WAIT_S = 30.0
"""How long nothing is tried after a connection could not be opened."""

_ALL = (
    READ,
    READ_BY_TOKEN,
    *TAKE_IN.values(),
    statements.END_NOTED,
    *statements.ADD_LINES_IF_ENDED.values(),
)

log = structlog.get_logger()

Parts = Sequence[tuple[Any, Mapping[str, Any]]]


class Journeys:
    """Makes the journeys of a hub to PostgreSQL; used in one event loop.

    Nothing here raises for what the database does: the caller goes the way that every message can
    go, which meets the same trouble and says so.

    Args:
        engine: Knows where the database is and the keys of what is sealed in it.
        lines: So many connections at most.
    """

    def __init__(self, engine: Engine, lines: int = LINES) -> None:
        self._dialect: Any = engine.dialect
        self._to = self._dialect.create_connect_args(engine.url)
        self._most = lines
        self._lines: list[JourneyLine] = []
        self._opening: asyncio.Task[None] | None = None
        self._not_before = 0.0

    async def take_in(
        self, inbound: Inbound, hold: Hold, condition: Condition, *, now: datetime
    ) -> TakenIn | None:
        """Store and claim a message; see `bot.services.conversations.known_talks.AtOnce`."""
        name, whose = known_by(condition.speaker)
        values = {
            "sent_as": inbound.external_id,
            "now": now,
            "text": inbound.text,
            "payload": inbound.payload,
            "attachments": files_of(inbound),
            "lease": hold.lease,
            "seen": hold.seen.value,
            "until": hold.until,
            "left_at": condition.left_at,
            "since": condition.since,
            "most": condition.most,
            "run": condition.run_id,
            **whose,
            "this": inbound.conversation_id,
        }
        rows = await self._run([(TAKE_IN[name], values)])
        return TakenIn(rows[0].id, looks_of(rows), rows[0].rasa_url) if rows else None

    async def say(self, turn: Turn, outcome: TurnOutcome, *, now: datetime) -> Said | None:
        """End a turn with lines; see `bot.services.conversations.known_talks.AtOnce`."""
        add = statements.ADD_LINES_IF_ENDED.get(len(outcome.replies))
        if turn.channel not in PULLED_CHANNELS or add is None:
            return None
        values = end_values(turn, now=now, is_saying=True, fields=outcome.fields)
        lines = lines_values(turn, outcome.replies, now)
        rows = await self._run([(statements.END_NOTED, values), (add, lines)])
        if not rows:
            return None
        said, is_whole = lines_of(rows, turn, outcome.replies, now)
        return Said(said, turn.owner, is_whole=is_whole)

    async def read(self, wanted: Wanted) -> TranscriptPage | None:
        """Return a stretch of a transcript; see `bot.services.conversations.known_talks.AtOnce`."""
        values = {"this": wanted.conversation_id, "after": wanted.after, "most": wanted.most}
        statement = READ
        if wanted.token_hash is not None:
            statement, values = READ_BY_TOKEN, {**values, "token": wanted.token_hash}
        rows = await self._run([(statement, values)])
        return page_of(rows) if rows else None

    async def close(self) -> None:
        """End all connections."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        for line in self._lines:
            line.close()
        self._lines.clear()

    async def _run(self, parts: Parts) -> Sequence[Any] | None:
        """Run statements as one transaction; None where it was not made, or nobody knows."""
        line = self._free()
        if line is None:
            return None
        cursor = line.cursor()
        text = b"; ".join(self._text(cursor, *part) for part in parts)
        try:
            await line.run(text, PATIENCE_S)
        except (LineGone, DriverError) as error:
            # one that was prepared may be stale, which only a new connection mends
            line.close()
            log.warning("journey_failed", error=type(error).__name__)
            return None
        return Straight.of(parts[-1][0], self._dialect).read(cursor, self._dialect)

    def _text(self, cursor: Any, statement: Any, values: Mapping[str, Any]) -> bytes:
        known = Straight.of(statement, self._dialect)
        text: bytes = cursor.mogrify(running(known.text), known.given(values))
        return text

    def _free(self) -> JourneyLine | None:
        """Return a connection that does nothing; has one opened where there is none."""
        for line in self._lines:
            if line.is_free:
                return line
        self._lines = [line for line in self._lines if not line.is_gone]
        is_time = asyncio.get_running_loop().time() >= self._not_before
        if len(self._lines) < self._most and self._opening is None and is_time:
            self._opening = asyncio.create_task(self._open())
        return None

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            with anyio.fail_after(PATIENCE_S):
                line = await JourneyLine.open(*self._to)
                if not await self._is_prepared(line):
                    self._not_before = float("inf")  # behind a pooler nothing stays prepared
                    line.close()
                    return
            self._lines.append(line)
        except (LineGone, OSError, DriverError) as error:
            self._not_before = loop.time() + WAIT_S
            log.warning("journey_line_not_opened", error=type(error).__name__)
        finally:
            self._opening = None

    async def _is_prepared(self, line: JourneyLine) -> bool:
        """Prepare what is run here; False behind a pooler, where that cannot be."""
        cursor = line.cursor()
        await line.run(b"SELECT pg_backend_pid()", PATIENCE_S)
        if cursor.fetchone()[0] != line.server_pid:
            return False
        for statement in _ALL:
            text = preparing(Straight.of(statement, self._dialect).text)
            await line.run(text.encode(), PATIENCE_S)
        return True
