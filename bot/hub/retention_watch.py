"""Takes persons out of what has been kept long enough, once a day: one loop of the clock."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.domain.retention import RetentionRules
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.privacy.retention import run
from bot.services.times.local_time import local_day

LOOK_EVERY_S = 600.0
QUIET_HOUR = 3
"""Of the local day; deleting much then bothers nobody."""

LOCAL_OFFSET_H = 8

log = structlog.get_logger()


async def run_retention(
    unit_of_work: OpenUnitOfWork,
    rules: RetentionRules,
    forget: Callable[[str], None],
    *,
    now: Clock,
    every_s: float = LOOK_EVERY_S,
) -> None:
    """Run once a local day, in the night, until cancelled; several hubs at once are harmless."""
    done_on = None
    while True:
        moment = now()
        if is_time(moment) and done_on != local_day(moment):
            try:
                done = await asyncio.to_thread(run, unit_of_work, rules, moment, forget)
                done_on = local_day(moment)
                log.info("retention_done", **{one.value: count for one, count in done.items()})
            except Exception:  # a database that is away now is back at the next look
                log.exception("retention_failed")
        await asyncio.sleep(every_s)


def is_time(moment: datetime) -> bool:
    """Tell whether it is the quiet hour here, or later in that night."""
    return QUIET_HOUR <= (moment.hour + LOCAL_OFFSET_H) % 24 < QUIET_HOUR + 3
