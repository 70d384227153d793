"""The queue of a department as every desk shows it: made once for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.desk.context import Desk
from bot.desk.pages import district_of
from bot.domain.conversations import Conversation
from bot.services.desk import queue as desk_queue

SHOWN = 60
"""Cards of the queue that are drawn; the rest is counted."""


@dataclass(frozen=True)
class Queue:
    """The queue as JSON and HTML share it.

    Attributes:
        html: The section with the cards.
        ids: Conversations that wait, the longest first.
        offered: Those whose turn somebody has, with the agent's id.
        department: How many conversations lie in the department, waiting or held.
    """

    html: str
    ids: list[str]
    offered: dict[str, int]
    department: int


def queue_json(desk: Desk, department: str, now: datetime) -> str:
    """Return the queue of a department as JSON, from memory while nothing has happened."""
    return desk.fragments.get(("queue", department), lambda: _made(desk, department, now))


def queue_of(made: str) -> Queue:
    """Read what `queue_json` gave."""
    return msgspec.json.decode(made, type=Queue)


def own_marks(desk: Desk) -> Mapping[int, str]:
    """Return for each agent what changes whenever its own lists do; from memory as the queue."""
    made = desk.fragments.get(("own",), lambda: _marks(desk))
    return msgspec.json.decode(made, type=dict[int, str])


def common(desk: Desk) -> Mapping[str, object]:
    """Return what every list's template wants."""
    vocabulary = desk.vocabulary

    def district(conversation: Conversation) -> str:
        return district_of(conversation, vocabulary)

    return {"vocabulary": vocabulary, "district": district}


def _made(desk: Desk, department: str, now: datetime) -> str:
    # not in an open transaction: that may have begun before the ring that spoilt the last one
    with desk.reading() as unit:
        found = desk_queue.places(unit, now=now)
        total = unit.desk_lists.in_department(department)
    places = [one for one in found if one.thread.department_id == department]
    offered = {
        one.waiting.conversation.id: one.thread.offered_to
        for one in places
        if one.thread.offered_to is not None
        and one.thread.offered_until is not None
        and one.thread.offered_until > now
    }
    html = desk.templates.get_template("queue.html").render(
        places=places[:SHOWN], total=len(places), offered=offered, **common(desk)
    )
    made = Queue(html, [one.waiting.conversation.id for one in places], offered, total)
    return msgspec.json.encode(made).decode()


def _marks(desk: Desk) -> str:
    with desk.reading() as unit:
        return msgspec.json.encode(unit.desk_lists.own_marks()).decode()
