"""The desk itself and the pieces that its script fetches again after a wake-up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.desk import formats
from bot.desk.context import Desk
from bot.desk.errors import BadRequest
from bot.domain.conversations import Conversation, Owner
from bot.domain.handovers import UNKNOWN_NUMBER, UNSURE, DeskVocabulary, FieldLabel
from bot.domain.people import Agent
from bot.services import desk_reading, handover
from bot.services.desk_reading import Transcript

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$")


@dataclass(frozen=True)
class ShownField:
    """One row of the fields pane; `label` is None for a slot without an entry."""

    slot: str
    label: FieldLabel | None
    value: str
    stored: object


@dataclass(frozen=True)
class FieldGroup:
    """Rows under one heading."""

    name: str
    rows: tuple[ShownField, ...]


def shell(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page; the script fills it and keeps it up to date."""
    template = "desk.html" if agent.serves else "no_desk.html"
    html = desk.templates.get_template(template).render(
        agent=agent, conversation_id=request.path_params.get("conversation_id", "")
    )
    return HTMLResponse(html, status_code=200 if agent.serves else 403)


def lists(desk: Desk, request: Request, agent: Agent) -> Response:  # noqa: ARG001 - one shape
    """Return the queue and the agent's own conversations, as pieces of HTML with counts."""
    now = desk.now()
    waiting = handover.queue(desk.unit_of_work, agent_id=agent.id, now=now)
    held = desk_reading.my_conversations(desk.unit_of_work, agent_id=agent.id, now=now)
    mine = [one for one in held if one.is_open]
    html = desk.templates.get_template("lists.html").render(
        waiting=waiting,
        mine=mine,
        recent=[one for one in held if not one.is_open],
        district=lambda conversation: district_of(conversation, desk.vocabulary),
        vocabulary=desk.vocabulary,
    )
    return _json(
        {
            "html": html,
            "waiting": [one.conversation.id for one in waiting],
            "mine": len(mine),
            "needs_reply": sum(one.needs_reply for one in mine),
            "is_available": desk_reading.is_available(desk.unit_of_work, agent_id=agent.id),
        }
    )


def conversation(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one conversation in pieces: head, messages (after or before an id), fields."""
    transcript = desk_reading.read(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        now=desk.now(),
        after=_number(request, "after") or 0,
        before=_number(request, "before"),
    )
    found = transcript.conversation
    context = {
        "transcript": transcript,
        "conversation": found,
        "state": state_of(transcript),
        "vocabulary": desk.vocabulary,
        "district": district_of(found, desk.vocabulary),
        "groups": groups_of(found, desk.vocabulary),
        "unfilled": unfilled_of(found, desk.vocabulary),
    }
    render = {
        name: desk.templates.get_template(f"{name}.html").render(context)
        for name in ("head", "messages", "fields")
    }
    ids = [message.id for message in transcript.messages]
    return _json(
        {
            **render,
            "state": state_of(transcript),
            "last_id": max(ids, default=0),
            "first_id": min(ids, default=0),
            "has_earlier": transcript.has_earlier,
        }
    )


def state_of(transcript: Transcript) -> str:
    """Return what the reader can do here: "mine", "waiting", "other", "bot", "closed"."""
    if transcript.is_mine:
        return "mine"
    owner = transcript.conversation.owner
    return "other" if owner is Owner.AGENT else owner.value


def district_of(conversation: Conversation, vocabulary: DeskVocabulary) -> str:
    """Return the applicant's district as it was answered, "" when not known."""
    for slot in vocabulary.district_slots:
        value = conversation.fields.get(slot)
        if value:
            return shown(value, vocabulary.fields.get(slot))
    return ""


def groups_of(conversation: Conversation, vocabulary: DeskVocabulary) -> list[FieldGroup]:
    """Return the answered fields in groups; slots without a label come last."""
    answered = {
        slot: value
        for slot, value in conversation.fields.items()
        if value is not None and vocabulary.is_shown(slot)
    }
    rows: dict[str, list[ShownField]] = {}
    for slot, label in vocabulary.fields.items():
        if slot in answered:
            row = ShownField(slot, label, shown(answered[slot], label), answered[slot])
            rows.setdefault(label.group, []).append(row)
    others = [
        ShownField(slot, None, shown(value, None), value)
        for slot, value in sorted(answered.items())
        if slot not in vocabulary.fields
    ]
    if others:
        rows["其他"] = others
    return [FieldGroup(name, tuple(found)) for name, found in rows.items()]


def unfilled_of(
    conversation: Conversation, vocabulary: DeskVocabulary
) -> Mapping[str, list[FieldLabel]]:
    """Return the fields without an answer, by group."""
    groups: dict[str, list[FieldLabel]] = {}
    for slot, label in vocabulary.fields.items():
        if conversation.fields.get(slot) is None and label.kind != "shown":
            groups.setdefault(label.group, []).append(label)
    return groups


def shown(value: object, label: FieldLabel | None) -> str:
    """Return a slot's value as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value == UNKNOWN_NUMBER and label is not None and label.kind == "number":
        return UNSURE
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return "、".join(shown(item, label) for item in value)
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{shown(item, None)}" for key, item in value.items())
    text = str(value)
    if label is None:
        return text
    if label.kind == "shown" and TIME.match(text):
        moment = datetime.fromisoformat(text)
        return f"{formats.day(moment)} {formats.clock(moment)}"
    return {**label.choices, **label.options}.get(text, text)


def _number(request: Request, name: str) -> int | None:
    raw = request.query_params.get(name)
    if raw is None:
        return None
    if not (raw.isascii() and raw.isdigit() and len(raw) < 19):  # noqa: PLR2004 - 64 bits
        raise BadRequest
    return int(raw)


def _json(answer: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(answer), media_type="application/json")
