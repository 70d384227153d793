"""Which steps of a plan can be applied for online, and for which somebody has to go."""

import re
from dataclasses import dataclass

from bot.domain.plan_snapshot import PlanSnapshot, SnapshotStep

ONLINE = re.compile(r"网(?!点)|平台|系统|APP|小程序|爱山东|一窗通|电子税")
"""What the catalogue calls ways that need no trip; 银行网点 is a place to go to."""


@dataclass(frozen=True)
class Trips:
    """What of a plan needs a trip.

    Attributes:
        online: How many steps have a way online.
        on_site: Names of the steps that have none, in the order of the plan.
    """

    online: int
    on_site: tuple[str, ...]


def trips_of(plan: PlanSnapshot) -> Trips | None:
    """Return which steps need a trip, None when the catalogue names no way for any of them.

    Steps without a way (the applicant's own work, milestones) are left out. A way online is for the
    application: originals and inspections may still bring people together.
    """
    steps = [
        step
        for stage in plan.stages
        for group in stage.groups
        for step in group.steps
        if step.channels
    ]
    if not steps:
        return None
    on_site = tuple(dict.fromkeys(step.name for step in steps if not has_way_online(step)))
    return Trips(sum(has_way_online(step) for step in steps), on_site)


def has_way_online(step: SnapshotStep) -> bool:
    """Tell whether one of a step's ways is online."""
    return any(ONLINE.search(channel) for channel in step.channels)
