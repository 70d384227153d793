"""The reminder in the bar of every page: what somebody answers for and has to see to now."""

import time
from collections import OrderedDict
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.desk.context import Desk
from bot.domain.people import Agent
from bot.services.desk.duties import Duty, duties_of

LOOK_EVERY_S = 5.0
"""Pages are rendered often, and days pass slowly."""

REMEMBERED = 1000
"""Accounts whose last look is kept."""


class Duties:
    """Returns what somebody is reminded of, for the templates.

    Args:
        desk: Where to look.
        every_s: What was seen a shorter time ago is said again; 0 looks each time.
    """

    def __init__(self, desk: Desk, every_s: float) -> None:
        self._desk = desk
        self._every_s = every_s
        self._seen: OrderedDict[int, tuple[float, Sequence[Duty]]] = OrderedDict()

    def __call__(self, agent: Agent) -> Sequence[Duty]:
        """Look it up, unless that was done a moment ago."""
        at = time.monotonic()
        seen = self._seen.get(agent.id)
        if seen is not None and at - seen[0] < self._every_s:
            return seen[1]
        desk = self._desk
        found = duties_of(desk.reading, desk.calendar, agent, now=desk.now())
        self._seen[agent.id] = (at, found)
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return found


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the piece of the bar, for the script that keeps it up to date."""
    return HTMLResponse(desk.templates.get_template("duties.html").render(agent=agent))
