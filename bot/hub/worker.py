"""The worker: claims turns, has them answered, commits the outcome.

Several workers, here or in other hubs, are harmless: a turn is claimed with a lease, the lease is
renewed while Rasa thinks, and only its holder may complete the turn. A worker that dies loses
its lease after some seconds; the next one finds the answer in Rasa's tracker and asks only once.
"""

import asyncio
from datetime import timedelta

import anyio
import structlog

from bot.domain.conversations import LeaseLost, Owner, Said, Turn, TurnOutcome
from bot.domain.learning import Misread
from bot.hub.pages import Pages, fresh_page
from bot.hub.privacy import TurnRouter
from bot.hub.rasa_client import PartDown, TurnFailed
from bot.hub.recent_talks import RecentTalks
from bot.hub.threads import InThreads
from bot.hub.wakeups import DESK, OUTBOX, WORK, Bell, Wakeups, conversation_topic
from bot.services.conversations.known_talks import AtOnce, say_known
from bot.services.conversations.turns import (
    LEASE,
    Beginning,
    claim_turn,
    free_turns,
    record_failure,
    release_turn,
    renew_turn,
    say_outcome,
)
from bot.services.ports import Clock, OpenUnitOfWork
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

PUT_OFF_REST_S = 0.05
"""Between two turns that are put off: when a part is down all of them fail at the same moment, and
what people write meanwhile must not wait behind them."""

NOTED_AFTER_S = 0.005
"""An answered turn is counted and logged so much later."""

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
        reading: OpenUnitOfWork | None = None,
        pages: Pages | None = None,
        messages: OpenUnitOfWork | None = None,
        at_once: AtOnce | None = None,
        recent: RecentTalks | None = None,
    ) -> None:
        self._router = router
        self._wakeups = wakeups
        self._now = now
        self._lease = lease
        self._concurrency = concurrency
        # two more: a look for more, and a lease that is renewed
        self._beside = InThreads(messages or unit_of_work, concurrency + 2)
        self._failing = InThreads(unit_of_work, 1)  # one after the other
        self._putting_off = asyncio.Lock()
        self._grace_s = grace_s
        self._run_id = run_id
        self._reading = reading
        self._pages = pages
        self._at_once = at_once
        self._recent = recent
        self._serving: set[asyncio.Task[bool]] = set()
        self._reserved = 0
        self._bell: Bell | None = None
        self._has_more = False

    async def run(self) -> None:
        """Work until cancelled; turns in progress get `grace_s` seconds to end."""
        with self._wakeups.listen(WORK) as bell:
            try:
                await self._take_over()
                self._bell = bell
                while True:
                    await self._start_due_turns()
                    await bell.wait(POLL_S)
            finally:
                self._bell = None
                await self._wind_down()

    async def _take_over(self) -> None:
        """Work off at once what the hub before this one had begun with when it died."""
        if not self._run_id:
            return
        try:
            freed = await self._beside.run(
                lambda unit_of_work: free_turns(unit_of_work, run_id=self._run_id)
            )
        except Exception as error:  # noqa: BLE001 - the claims run out by themselves
            log.warning("turns_not_taken_over", error=type(error).__name__)
            return
        if freed:
            log.info("turns_taken_over", count=freed)

    @property
    def is_full(self) -> bool:
        """Tell whether a message that comes now has to wait for a hand."""
        return not self._has_hand()

    def reserve(self) -> Beginning | None:
        """Keep a hand for a message that is being stored; None while all are busy or none works."""
        if self._bell is None or not self._has_hand():
            return None
        self._reserved += 1
        return Beginning(self._lease, self._run_id)

    def begin(self, turn: Turn | None) -> None:
        """Set the hand that was kept to work; None gives it back."""
        self._reserved -= 1
        if turn is not None:
            self._start(turn)
        elif self._has_more and self._bell is not None:
            self._bell.ring()

    async def serve_one(self) -> bool:
        """Claim and serve one turn; False when nothing is due."""
        turn = await self._claim()
        if turn is not None:
            await self._serve(turn)
        return turn is not None

    def _has_hand(self) -> bool:
        return len(self._serving) + self._reserved < self._concurrency

    async def _start_due_turns(self) -> None:
        self._has_more = True  # until a look finds nothing
        while self._has_hand():
            try:
                turn = await self._claim()
            except Exception as error:  # noqa: BLE001 - the database is away; look again later
                log.warning("turn_not_claimed", error=type(error).__name__)
                return
            if turn is None:
                self._has_more = False
                return
            self._start(turn)

    def _start(self, turn: Turn) -> None:
        task = asyncio.create_task(self._serve(turn))
        self._serving.add(task)
        task.add_done_callback(self._after)

    def _after(self, task: "asyncio.Task[bool]") -> None:
        """Look for more when there may be more: a look is a transaction."""
        self._serving.discard(task)
        is_broken = task.cancelled() or task.exception() is not None
        if self._bell is not None and (self._has_more or is_broken or task.result()):
            self._bell.ring()

    async def _claim(self) -> Turn | None:
        return await self._beside.run(
            lambda unit_of_work: claim_turn(
                unit_of_work,
                now=self._now(),
                lease_length=self._lease,
                run_id=self._run_id,
                reading=self._reading,
            )
        )

    async def _serve(self, turn: Turn) -> bool:
        """Serve a turn; tells whether its conversation may have another message that is due."""
        message = turn.message
        PART_SECONDS.labels("waited").observe(
            max(0.0, (self._now() - message.created_at).total_seconds())
        )
        # one id in the logs of hub, Rasa and actions, and one trace
        with (
            structlog.contextvars.bound_contextvars(message_id=message.id),
            span("turn", message_id=message.id, attempts=turn.attempts),
        ):
            return await self._serve_watched(turn)

    async def _serve_watched(self, turn: Turn) -> bool:
        renewing = asyncio.create_task(self._keep_lease(turn))
        is_whole = False
        try:
            is_whole = await self._answer(turn)
        except LeaseLost:
            TURNS.labels("lost").inc()
            log.warning("turn_lost", message_id=turn.message.id)
        except (PartDown, TurnFailed) as error:
            await self._put_off(turn, str(error), refused=isinstance(error, TurnFailed))
        except asyncio.CancelledError:
            with anyio.CancelScope(shield=True):
                await self._beside.run(lambda unit_of_work: release_turn(unit_of_work, turn=turn))
            raise
        except Exception as error:  # whatever it is, the message must be kept
            TURNS.labels("broken").inc()
            log.exception("turn_broken", message_id=turn.message.id)
            await self._put_off(turn, type(error).__name__, refused=True)
        finally:
            renewing.cancel()
        self._wakeups.ring(OUTBOX, conversation_topic(turn.message.conversation_id))
        return not is_whole

    async def _answer(self, turn: Turn) -> bool:
        with timed("bot"):
            outcome = await self._router.route(turn)
        with timed("stored"):
            said = await self._complete(turn, outcome)
        # whoever waits for the answer comes first: this takes as long as to hand it over
        asyncio.get_running_loop().call_later(NOTED_AFTER_S, _note, turn, outcome)
        return said.is_whole

    async def _complete(self, turn: Turn, outcome: TurnOutcome) -> Said:
        said = await self._say(turn, outcome)
        if self._recent is not None:
            self._recent.answered(turn, said)
        if said.is_dropped:
            log.info("answer_dropped_after_takeover", message_id=turn.message.id)
        if said.owner is not turn.owner or said.is_dropped:
            self._wakeups.ring(DESK)  # the queue has changed
        # what a person does belongs to a page while one serves: that stands in the database
        is_bots = said.is_whole and said.owner is not Owner.AGENT
        if self._pages is not None and said.lines and is_bots:
            self._pages.hand_out(turn.message.conversation_id, fresh_page(turn, said))
        return said

    async def _say(self, turn: Turn, outcome: TurnOutcome) -> Said:
        if self._at_once is not None:
            said = await say_known(self._at_once, turn, outcome, now=self._now())
            if said is not None:
                return said
        return await self._beside.run(
            lambda unit_of_work: say_outcome(
                unit_of_work, turn=turn, outcome=outcome, now=self._now()
            )
        )

    async def _put_off(self, turn: Turn, error: str, *, refused: bool) -> None:
        TURNS.labels("put_off").inc()
        log.warning("turn_put_off", message_id=turn.message.id, error=error, attempts=turn.attempts)
        is_old = self._now() - turn.message.created_at > GIVE_UP_AFTER
        try:
            if refused and is_old:
                await self._complete(turn, self._router.give_up())
                return
            async with self._putting_off:
                await self._record_failure(turn, error)
                await asyncio.sleep(PUT_OFF_REST_S)
        except Exception as failure:  # noqa: BLE001 - the lease runs out and the turn comes again
            log.warning(
                "turn_not_put_off", message_id=turn.message.id, error=type(failure).__name__
            )

    async def _record_failure(self, turn: Turn, error: str) -> None:
        told = self._router.told_of_outage(turn)
        await self._failing.run(
            lambda unit_of_work: record_failure(
                unit_of_work, turn=turn, error=error, told=told, now=self._now()
            )
        )

    async def _keep_lease(self, turn: Turn) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                await self._beside.run(
                    lambda unit_of_work: renew_turn(
                        unit_of_work,
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


def _note(turn: Turn, outcome: TurnOutcome) -> None:
    """Count and log an answered turn; its id in the logs is still bound."""
    TURNS.labels(_came_to(turn, outcome)).inc()
    log.info("turn_answered", message_id=turn.message.id, replies=len(outcome.replies))


def _came_to(turn: Turn, outcome: TurnOutcome) -> str:
    if turn.owner in {Owner.WAITING, Owner.AGENT}:
        return "held_by_person"
    if outcome.owner is Owner.WAITING:
        return "handed_over"
    return "misunderstood" if isinstance(outcome.lesson, Misread) else "answered"
