"""The brief, the colleagues and the facts beside a conversation, fetched when they are needed."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.context import Desk
from bot.desk.errors import BadRequest
from bot.desk.pages import TOPICS, district_of, shown
from bot.documents.matter_text import answer as matter_answer
from bot.domain.desk_work import HELP_DESK, Colleague
from bot.domain.people import Agent
from bot.services.desk import moves as desk_moves
from bot.services.desk import notes as desk_notes
from bot.services.desk.brief import brief_of

FOUND = 6
STATES = {"available": "在线", "busy": "忙碌", "away": "不在"}


def brief(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the brief of a conversation."""
    conversation_id = request.path_params["conversation_id"]
    found = brief_of(
        desk.unit_of_work, conversation_id=conversation_id, agent_id=agent.id, now=desk.now()
    )
    with desk.unit_of_work() as unit:
        conversation = unit.conversations.get(conversation_id)
    matters = desk.catalogue.matters
    html = desk.templates.get_template("brief.html").render(
        brief=found,
        matter=matters.get(found.matter_id),
        journey=desk.vocabulary.journeys.get(found.journey, ""),
        reason=desk.vocabulary.reasons.get(conversation.handoff_reason or "", ""),
        district=district_of(conversation, desk.vocabulary),
        departments=desk.catalogue.departments,
        steps=desk.vocabulary.steps,
        agent=agent,
        now=desk.now(),
        fields=[
            (label.label, shown(conversation.fields[slot], label))
            for slot, label in desk.vocabulary.fields.items()
            if conversation.fields.get(slot) is not None and desk.vocabulary.is_shown(slot)
        ][:FOUND],
    )
    matter = matters.get(found.matter_id)
    return _json(
        {"html": html, "has_plan": found.has_plan, "matter": matter.name if matter else ""}
    )


def colleagues(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return to whom a conversation can be passed on: colleagues and departments."""
    found = desk_moves.present_colleagues(desk.unit_of_work, agent_id=agent.id, now=desk.now())
    staffed = {one.department_id for one in found if one.is_present}
    own = agent.department_id or HELP_DESK
    queues = [{"id": HELP_DESK, "name": "帮办代办（总台）", "is_staffed": HELP_DESK in staffed}]
    queues += [
        {"id": one.id, "name": one.name, "is_staffed": one.id in staffed}
        for one in desk.catalogue.departments.values()
    ]
    return _json(
        {
            "colleagues": [_colleague(desk, one) for one in found],
            "departments": [one for one in queues if one["id"] != own],
        }
    )


def canned(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the canned replies that the agent may use."""
    found = desk_notes.canned_for(desk.unit_of_work, agent_id=agent.id)
    return _json(
        {
            "canned": [
                {"shortcut": one.shortcut, "title": one.title, "text": one.text} for one in found
            ]
        }
    )


def facts(desk: Desk, request: Request, _agent: Agent) -> Response:
    """Return what the catalogue says on a topic, by the name of a matter, with its source."""
    text = request.query_params.get("q", "").strip()[:60]
    topic = request.query_params.get("topic", "materials")
    if topic not in TOPICS:
        raise BadRequest
    found = desk.lookup.find_matters(text, FOUND) if text else []
    made = []
    for match in found:
        matter = desk.catalogue.matter(match.entry_id)
        said = matter_answer(topic, matter)
        line = desk.texts.fact.format(text=said.text, source=said.source).strip()
        made.append({"matter": matter.name, "text": line})
    return _json({"facts": made})


def _colleague(desk: Desk, one: Colleague) -> dict[str, Any]:
    department = desk.catalogue.departments.get(one.department_id)
    return {
        "id": one.id,
        "name": one.name,
        "department": department.name if department else "",
        "state": STATES[one.state.value],
        "is_present": one.is_present,
        "load": f"{one.held}/{one.profile.capacity}",
    }


def _json(answer: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(answer), media_type="application/json")
