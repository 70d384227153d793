"""The lists at the left of the desk, as pieces of HTML that the script fetches again."""

from collections.abc import Mapping
from datetime import datetime, timezone

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.context import Desk
from bot.desk.errors import BadRequest
from bot.desk.queue_piece import common, queue_json, queue_of
from bot.domain.conversations import UnknownConversation
from bot.domain.desk_work import HELP_DESK, Listed, ListQuery, Thread
from bot.domain.handovers import Held
from bot.domain.people import Agent
from bot.services.desk import lists as desk_lists
from bot.services.desk import notes as desk_notes
from bot.services.desk import presence as desk_presence
from bot.services.desk import reading as desk_reading
from bot.services.desk.handover import serving
from bot.services.ports import UnitOfWork, within

NOW = "now"


def lists(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return what the chosen tab shows, with counts for the title and for what rings.

    Query: `kind` (now, department, all, later, closed), `q`, `owner`, `channel`, `reason`,
    `before` (unix milliseconds), `open` (conversation on the screen).
    """
    kind = request.query_params.get("kind", NOW)
    with desk.reading() as unit:
        shown = Shown(desk, agent, desk.now(), unit)
        if kind == NOW and not _is_filtered(request):
            html = shown.present()
        elif kind in {*desk_lists.KINDS, NOW}:
            html = shown.other("all" if kind == NOW else kind, request)
        else:
            raise BadRequest
        return _json({"html": html, **shown.state(), "open": _open_state(unit, request)})


class Shown:
    """What one desk shows now; reads each thing once."""

    def __init__(self, desk: Desk, agent: Agent, now: datetime, unit: UnitOfWork) -> None:
        self._desk, self._agent, self._now, self._unit = desk, agent, now, unit
        department = agent.department_id or HELP_DESK
        serving(unit, agent.id)
        self.queue = queue_of(queue_json(desk, department, now))
        self.mine = desk_reading.my_conversations(within(unit), agent_id=agent.id, now=now)

    def state(self) -> Mapping[str, object]:
        """Return the numbers for the title and the tabs, and what rings."""
        unit, agent_id = self._unit, self._agent.id
        numbers = desk_lists.counts(within(unit), agent_id=agent_id, now=self._now)
        held = [one for one in self.mine if one.is_open]
        return {
            "waiting": self.queue.ids,
            "offered": [key for key, who in self.queue.offered.items() if who == agent_id],
            "mine": len(held),
            "needs_reply": sum(one.needs_reply for one in held),
            "awaited": [one.conversation.id for one in held if one.needs_reply],
            "later": numbers.later,
            "department": numbers.department,
            "mentions": numbers.mentions,
            "state": desk_presence.state_of(within(unit), agent_id=agent_id).value,
            "is_available": desk_reading.is_available(within(unit), agent_id=agent_id),
        }

    def present(self) -> str:
        """Return the queue, what the agent holds, and what was let go lately."""
        threads = self._unit.desk_work.threads([one.conversation.id for one in self.mine])
        mentions = self._unit.desk_lists.mentioned(self._agent.id)
        mentioned = self._unit.desk_lists.rows(mentions) if mentions else []
        held = [one for one in self.mine if one.is_open]
        return self.queue.html + self._desk.templates.get_template("lists.html").render(
            mine=[one for one in held if not self._is_aside(one, threads)],
            recent=[one for one in self.mine if not one.is_open],
            mentioned=mentioned,
            **common(self._desk),
        )

    def other(self, kind: str, request: Request) -> str:
        """Return another list, or what a search finds."""
        query = request.query_params
        asked = ListQuery(
            kind=kind,
            owners=tuple(one for one in [query.get("owner", "")] if one in desk_lists.OWNERS),
            channel=query.get("channel", "")[:20],
            reason=query.get("reason", "")[:40],
            before=_moment(query.get("before", "")),
        )
        page = desk_lists.list_page(
            self._desk.unit_of_work,
            agent_id=self._agent.id,
            query=asked,
            text=query.get("q", "")[:200],
            now=self._now,
        )
        readable = {one.conversation.id for one in page.rows if self._may_show(one)}
        return self._desk.templates.get_template("other_list.html").render(
            rows=page.rows,
            has_more=page.has_more,
            readable=readable,
            kind=kind,
            is_search=_is_filtered(request),
            now=self._now,
            **common(self._desk),
        )

    def _is_aside(self, held: Held, threads: Mapping[str, Thread]) -> bool:
        """Put aside, and nobody has written since."""
        thread = threads.get(held.conversation.id)
        if thread is None or thread.snoozed_until is None or thread.snoozed_until <= self._now:
            return False
        return not held.needs_reply or held.last_id <= (thread.snoozed_after_id or 0)

    def _may_show(self, one: Listed) -> bool:
        owner = one.conversation.owner.value
        is_own = one.conversation.agent_id == self._agent.id
        return self._agent.oversees or is_own or owner != "agent"


def filters(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the agent's saved filters."""
    found = desk_notes.saved_filters(desk.reading, agent_id=agent.id)
    return _json({"filters": [{"name": one.name, "query": one.query} for one in found]})


def _open_state(unit: UnitOfWork, request: Request) -> dict[str, object] | None:
    """Return what tells the page whether the conversation on the screen has changed."""
    conversation_id = request.query_params.get("open", "")
    if not conversation_id:
        return None
    try:
        found = unit.conversations.get(conversation_id)
    except UnknownConversation:
        return {"last_id": 0, "mark": "gone"}
    last_id = unit.desk_work.newest_message(conversation_id)
    mark = f"{found.owner.value}:{found.agent_id}:{found.updated_at.isoformat()}"
    return {"last_id": last_id, "mark": mark}


def _is_filtered(request: Request) -> bool:
    names = ("q", "owner", "channel", "reason")
    return any(request.query_params.get(name, "").strip() for name in names)


def _moment(raw: str) -> datetime | None:
    if not raw:
        return None
    if not (raw.isascii() and raw.isdigit() and len(raw) < 15):  # noqa: PLR2004 - milliseconds
        raise BadRequest
    return datetime.fromtimestamp(int(raw) / 1000, tz=timezone.utc)


def _json(answer: dict[str, object]) -> Response:
    return Response(msgspec.json.encode(answer), media_type="application/json")
