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
from bot.desk.conversation_tools import CONVERSATION_TOOLS
from bot.desk.errors import BadRequest
from bot.domain.conversations import Conversation, Owner
from bot.domain.desk_work import TYPING_LASTS
from bot.domain.handovers import UNKNOWN_NUMBER, UNSURE, DeskVocabulary, FieldLabel
from bot.domain.people import Agent
from bot.services.desk import reading as desk_reading
from bot.services.desk.brief import Origin, Sources, sources_of
from bot.services.desk.reading import Transcript

TOPICS = {
    "materials": "材料",
    "procedure": "怎么办",
    "time_limit": "时限",
    "fee": "收费",
    "place": "在哪办",
    "eligibility": "谁能办",
    "legal_basis": "依据",
    "deferral": "容缺和承诺",
}
"""What can be inserted about a matter, with its name on the button."""

NO_SOURCES = Sources()
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$")


@dataclass(frozen=True)
class ShownField:
    """One row of the fields pane; `label` is None for a slot without an entry."""

    slot: str
    label: FieldLabel | None
    value: str
    stored: object
    origin: Origin = Origin.UNDERSTOOD


@dataclass(frozen=True)
class FieldGroup:
    """Rows under one heading."""

    name: str
    rows: tuple[ShownField, ...]


def shell(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page; the script fills it and keeps it up to date."""
    template = "desk.html" if agent.serves else "no_desk.html"
    html = desk.templates.get_template(template).render(
        agent=agent,
        conversation_id=request.path_params.get("conversation_id", ""),
        vocabulary=desk.vocabulary,
        departments=desk.catalogue.departments,
        topics=TOPICS,
        conversation_tools=CONVERSATION_TOOLS,
        here="desk",
        note="",
    )
    return HTMLResponse(html, status_code=200 if agent.serves else 403)


def conversation(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one conversation in pieces: head, messages (after or before an id), fields."""
    transcript = desk_reading.read(
        desk.unit_of_work,
        reading=desk.reading,
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
        "groups": groups_of(found, desk.vocabulary, sources_of(desk.reading, found.id)),
        "unfilled": unfilled_of(found, desk.vocabulary),
        "now": desk.now(),
        "agent": agent,
    }
    render = {
        name: desk.templates.get_template(f"{name}.html").render(context)
        for name in ("head", "messages", "fields", "notes")
    }
    ids = [message.id for message in transcript.messages]
    return _json(
        {
            **render,
            "state": state_of(transcript),
            "last_id": max(ids, default=0),
            "first_id": min(ids, default=0),
            "has_earlier": transcript.has_earlier,
            "mark": f"{found.owner.value}:{found.agent_id}:{found.updated_at.isoformat()}",
            "is_typing": _is_typing(transcript, desk.now()),
            "read_id": transcript.thread.applicant_read_id,
        }
    )


def _is_typing(transcript: Transcript, now: datetime) -> bool:
    typed_at = transcript.thread.applicant_typing_at
    return typed_at is not None and now - typed_at < TYPING_LASTS


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


def groups_of(
    conversation: Conversation, vocabulary: DeskVocabulary, sources: Sources = NO_SOURCES
) -> list[FieldGroup]:
    """Return the answered fields in groups, and how sure each is; unlabelled slots come last."""
    answered = {
        slot: value
        for slot, value in conversation.fields.items()
        if value is not None and vocabulary.is_shown(slot)
    }
    rows: dict[str, list[ShownField]] = {}
    for slot, label in vocabulary.fields.items():
        if slot in answered:
            text = shown(answered[slot], label)
            origin = sources.origin(slot, answered[slot], text)
            row = ShownField(slot, label, text, answered[slot], origin)
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
