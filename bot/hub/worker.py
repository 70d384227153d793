"""The worker: claims turns, has them answered, commits the outcome.

Several workers, here or in other hubs, are harmless: a turn is claimed with a lease, the lease is
renewed while Rasa thinks, and only its holder may complete the turn. A worker that dies loses
its lease after some seconds; the next one finds the answer in Rasa's tracker and asks only once.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import anyio
import structlog

from bot.domain.conversations import LeaseLost, Owner, Turn, TurnOutcome
from bot.domain.learning import Misread
from bot.hub.privacy import TurnRouter
from bot.hub.rasa_client import PartDown, TurnFailed
from bot.hub.wakeups import DESK, OUTBOX, WORK, Bell, Wakeups, conversation_topic
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.turns import (
    LEASE,
    claim_turn,
    complete_turn,
    record_failure,
    release_turn,
    renew_turn,
)
from bot.telemetry.metrics import PART_SECONDS, TURNS, timed
from bot.telemetry.tracing import span

CONCURRENCY = 8
"""Turns at once; Rasa answers about ten a second and more would only wait there."""

POLL_S = 0.5
"""A lost wake-up costs at most this much."""

GRACE_S = 5.0
"""How long turns in progress may go on when the hub stops."""

GIVE_UP_AFTER = timedelta(minutes=10)
"""A message that Rasa refuses although it is up does not hold back the next ones for ever."""

Result = TypeVar("Result")
log = structlog.get_logger()


class Worker:
    """Answers messages, those of different conversations side by side."""

    def __init__(
        self,
        *,
        unit_of_work: OpenUnitOfWork,
        router: TurnRouter,
        wakeups: Wakeups,
        now: Clock,
        lease: timedelta = LEASE,
        concurrency: int = CONCURRENCY,
        grace_s: float = GRACE_S,
        run_id: str = "",
    ) -> None:
        self._unit_of_work = unit_of_work
        self._router = router
        self._wakeups = wakeups
        self._now = now
        self._lease = lease
        self._concurrency = concurrency
        self._grace_s = grace_s
        self._run_id = run_id
        self._serving: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Work until cancelled; turns in progress get `grace_s` seconds to end."""
        with self._wakeups.listen(WORK) as bell:
            try:
                while True:
                    await self._start_due_turns(bell)
                    await bell.wait(POLL_S)
            finally:
                await self._wind_down()

    async def serve_one(self) -> bool:
        """Claim and serve one turn; False when nothing is due."""
        turn = await self._claim()
        if turn is not None:
            await self._serve(turn)
        return turn is not None

    async def _start_due_turns(self, bell: Bell) -> None:
        while len(self._serving) < self._concurrency:
            try:
                turn = await self._claim()
            except Exception as error:  # noqa: BLE001 - the database is away; look again later
                log.warning("turn_not_claimed", error=type(error).__name__)
                return
            if turn is None:
                return
            task = asyncio.create_task(self._serve(turn))
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
            task.add_done_callback(lambda _task: bell.ring())

    async def _claim(self) -> Turn | None:
        return await _in_thread(
            lambda: claim_turn(
                self._unit_of_work,
                now=self._now(),
                lease_length=self._lease,
                run_id=self._run_id,
            )
        )

    async def _serve(self, turn: Turn) -> None:
        message = turn.message
        PART_SECONDS.labels("waited").observe(
            max(0.0, (self._now() - message.created_at).total_seconds())
        )
        # one id in the logs of hub, Rasa and actions, and one trace
        with (
            structlog.contextvars.bound_contextvars(message_id=message.id),
            span("turn", message_id=message.id, attempts=turn.attempts),
        ):
            await self._serve_watched(turn)

    async def _serve_watched(self, turn: Turn) -> None:
        renewing = asyncio.create_task(self._keep_lease(turn))
        try:
            await self._answer(turn)
        except LeaseLost:
            TURNS.labels("lost").inc()
            log.warning("turn_lost", message_id=turn.message.id)
        except (PartDown, TurnFailed) as error:
            await self._put_off(turn, str(error), refused=isinstance(error, TurnFailed))
        except asyncio.CancelledError:
            with anyio.CancelScope(shield=True):
                await _in_thread(lambda: release_turn(self._unit_of_work, turn=turn))
            raise
        except Exception as error:  # whatever it is, the message must be kept
            TURNS.labels("broken").inc()
            log.exception("turn_broken", message_id=turn.message.id)
            await self._put_off(turn, type(error).__name__, refused=True)
        finally:
            renewing.cancel()
        self._wakeups.ring(OUTBOX, conversation_topic(turn.message.conversation_id))

    async def _answer(self, turn: Turn) -> None:
        with timed("bot"):
            outcome = await self._router.route(turn)
        with timed("stored"):
            await self._complete(turn, outcome)
        TURNS.labels(_came_to(turn, outcome)).inc()
        log.info("turn_answered", message_id=turn.message.id, replies=len(outcome.replies))

    async def _complete(self, turn: Turn, outcome: TurnOutcome) -> None:
        was_said = await _in_thread(
            lambda: complete_turn(self._unit_of_work, turn=turn, outcome=outcome, now=self._now())
        )
        if not was_said:
            log.info("answer_dropped_after_takeover", message_id=turn.message.id)
        if outcome.owner is not None:
            self._wakeups.ring(DESK)

    async def _put_off(self, turn: Turn, error: str, *, refused: bool) -> None:
        TURNS.labels("put_off").inc()
        log.warning("turn_put_off", message_id=turn.message.id, error=error, attempts=turn.attempts)
        is_old = self._now() - turn.message.created_at > GIVE_UP_AFTER
        try:
            if refused and is_old:
                await self._complete(turn, self._router.give_up())
                return
            told = self._router.told_of_outage(turn)
            await _in_thread(
                lambda: record_failure(
                    self._unit_of_work, turn=turn, error=error, told=told, now=self._now()
                )
            )
        except Exception as failure:  # noqa: BLE001 - the lease runs out and the turn comes again
            log.warning(
                "turn_not_put_off", message_id=turn.message.id, error=type(failure).__name__
            )

    async def _keep_lease(self, turn: Turn) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                await _in_thread(
                    lambda: renew_turn(
                        self._unit_of_work,
                        turn=turn,
                        now=self._now(),
                        lease_length=self._lease,
                    )
                )
            except LeaseLost:
                return
            except Exception as error:  # noqa: BLE001 - the next renewal may go through
                log.warning("lease_not_renewed", error=type(error).__name__)

    async def _wind_down(self) -> None:
        serving = set(self._serving)
        if serving:
            await asyncio.wait(serving, timeout=self._grace_s)
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


async def _in_thread(job: Callable[[], Result]) -> Result:
    return await anyio.to_thread.run_sync(job)


def _came_to(turn: Turn, outcome: TurnOutcome) -> str:
    if turn.owner in {Owner.WAITING, Owner.AGENT}:
        return "held_by_person"
    if outcome.owner is Owner.WAITING:
        return "handed_over"
    return "misunderstood" if isinstance(outcome.lesson, Misread) else "answered"
