"""The lists of the desk: department, all, later, closed, and what a search finds."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.desk_work import HELP_DESK, ListPage, ListQuery
from bot.domain.handovers import RECENT
from bot.services.desk.handover import serving
from bot.services.desk.search import BATCH, find_conversations, index_new
from bot.services.ports import OpenUnitOfWork

KINDS = ("department", "all", "later", "closed")
OWNERS = ("bot", "waiting", "agent", "closed")
MAX_CATCH_UP = 4 * BATCH


@dataclass(frozen=True)
class Counts:
    """Numbers beside the tabs."""

    later: int
    department: int
    mentions: int


def list_page(
    unit_of_work: OpenUnitOfWork,
    *,
    agent_id: int,
    query: ListQuery,
    text: str,
    now: datetime,
) -> ListPage:
    """Return one page of a list, as far as the agent may read it.

    A department's list also shows what its colleagues hold, without their words, see
    `is_readable`. "Later" shows the agent's own.

    Args:
        unit_of_work: Opens the transaction.
        agent_id: Who looks.
        query: What the list shows.
        text: A search, "" for none; what was said since the last one is indexed first.
        now: Aware, UTC.

    Raises:
        NotAllowed: This role does not talk to applicants.
    """
    ids = None
    if text.strip():
        done, count = 0, BATCH
        while count == BATCH and done < MAX_CATCH_UP:
            count = index_new(unit_of_work)
            done += count
        ids = find_conversations(unit_of_work, text)
    with unit_of_work() as unit:
        agent = serving(unit, agent_id)
        asked = replace(
            query,
            ids=None if ids is None else tuple(ids),
            department_id=agent.department_id or HELP_DESK,
        )
        is_open = agent.oversees and query.kind != "later"
        sees_all = is_open or (query.kind == "department" and ids is None)
        return unit.desk_lists.page(
            asked, agent_id=None if sees_all else agent_id, since=now - RECENT
        )


def counts(unit_of_work: OpenUnitOfWork, *, agent_id: int, now: datetime) -> Counts:
    """Return the numbers beside the tabs."""
    with unit_of_work() as unit:
        agent = serving(unit, agent_id)
        found = unit.desk_lists.counts(agent_id, agent.department_id or HELP_DESK, now=now)
    return Counts(found["later"], found["department"], found["mentions"])
