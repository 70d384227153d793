"""Keeps the due dates of cases and sends overdue ones upwards: one of the loops of the clock."""

import asyncio

import structlog

from bot.hub.wakeups import DESK, NEWS, Wakeups
from bot.services.cases.watch import (
    CaseWatch,
    adopt_rules,
    count_again,
    escalate_overdue,
    escalate_urges,
)
from bot.services.ports import Clock

WATCH_EVERY_S = 3.0

log = structlog.get_logger()


async def run_case_watch(
    watch: CaseWatch, wakeups: Wakeups, *, now: Clock, every_s: float = WATCH_EVERY_S
) -> None:
    """Watch until cancelled; several hubs doing so at once are harmless.

    When the rules or the calendar have changed since the dates were stored, open cases are counted
    again in small batches while the hub serves people.
    """
    is_adopting = True
    while True:
        try:
            if is_adopting:
                is_adopting = await asyncio.to_thread(adopt_rules, watch) > 0
            await asyncio.to_thread(_count_all, watch)
            raised = await asyncio.to_thread(escalate_overdue, watch, now=now())
            for case in raised:
                log.info("case_escalated", case_id=case.id, level=case.escalation + 1)
            urges = await asyncio.to_thread(escalate_urges, watch, now=now())
            for urge in urges:
                log.info("urge_escalated", case_id=urge.case_id, level=urge.escalation + 1)
            if raised or urges:
                wakeups.ring(DESK, NEWS)
        except Exception:  # a database that is away now is back at the next round
            log.exception("case_watch_failed")
        await asyncio.sleep(0 if is_adopting else every_s)


def _count_all(watch: CaseWatch) -> None:
    while count_again(watch):
        pass
