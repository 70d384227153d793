"""Blowing the whistle for an applicant from inside a conversation."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.booking_pages import one, opened, render
from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.documents.tickets_text import departments_line, due_line
from bot.domain.conversations import Conversation
from bot.domain.errors import BotError, UnknownDistrict
from bot.domain.handovers import NotYours
from bot.domain.people import Agent
from bot.domain.switches import SKILL
from bot.services.desk import handover
from bot.services.desk.whistle import BadPhone, OpenAlready, blow_for
from bot.services.operating.switches import switches_off
from bot.services.tickets.business import BlownWhistle, BusinessSide
from bot.services.tickets.tickets import Whistle, WhistleIncomplete

FIELDS = ("company", "phone", "district", "description")
LONGEST = {"company": 80, "phone": 20, "district": 40, "description": 2000}
KNOWN = {
    "company": "whistle_company",
    "phone": "whistle_phone",
    "district": "whistle_district",
    "description": "whistle_description",
}
"""Answers that the conversation may hold already, by field."""

NOTES: Mapping[type[BotError], str] = {
    BadPhone: "电话不对：手机号 11 位，座机要带区号。部门要打这个电话联系企业。",
    NotYours: "这个会话已经不在您这里，没有吹哨；请先接入。",
    UnknownDistrict: "请选问题发生在哪个区县。",
    WhistleIncomplete: "请写明是哪家企业、遇到什么问题。",
}
SAME = "这家企业已经有一张说同一件事的吹哨单 {number}，还没办结。问清楚是不是同一件，再选一个。"
OFF = "吹哨派单已停用：{reason}"
ANSWERS = {"join": False, "separate": True}


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page; what the conversation knows is filled in already."""
    return _show(desk, agent, request.path_params["conversation_id"], {})


def blow(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Open the ticket and tell the applicant; on an error what was typed comes back."""
    conversation_id = request.path_params["conversation_id"]
    typed = {name: one(fields, name).strip()[: LONGEST[name]] for name in FIELDS}
    key = one(fields, "key")[:40]
    off = switches_off(desk.reading).get(f"{SKILL}whistle")
    if off is not None:
        note = OFF.format(reason=off.reason)
        return _show(desk, agent, conversation_id, typed, key=key, note=note)
    separate = ANSWERS.get(one(fields, "same"))
    whistle = _whistle(agent, conversation_id, typed, key)
    side = BusinessSide(
        desk.unit_of_work, desk.calendar, desk.whistle_rules, desk.now(), desk.router
    )
    try:
        blown = blow_for(side, whistle, desk.catalogue, agent_id=agent.id, is_separate=separate)
    except OpenAlready as error:
        note = SAME.format(number=error.ticket.number)
        return _show(
            desk, agent, conversation_id, typed, key=key, note=note, same=error.ticket.number
        )
    except tuple(NOTES) as error:
        return _show(desk, agent, conversation_id, typed, key=key, note=NOTES[type(error)])
    handover.reply(
        desk.unit_of_work,
        conversation_id=conversation_id,
        agent_id=agent.id,
        text=_told(desk, blown),
        client_id=f"whistle:{key}",
        now=desk.now(),
    )
    desk.wake(request, conversation_id)
    return RedirectResponse(f"/desk/conversations/{conversation_id}", status_code=303)


def _whistle(agent: Agent, conversation_id: str, typed: Mapping[str, str], key: str) -> Whistle:
    return Whistle(
        origin=f"desk:{conversation_id}:{key}",
        conversation_id=conversation_id,
        business_name=typed["company"],
        phone=typed["phone"],
        district=typed["district"],
        description=typed["description"],
        actor=f"agent:{agent.id}",
    )


def _told(desk: Desk, blown: BlownWhistle) -> str:
    ticket = blown.ticket
    text = desk.texts.whistle_joined if blown.is_joined else desk.texts.whistle_opened
    return text.format(
        number=ticket.number,
        departments=departments_line(
            ticket.departments, desk.catalogue, is_proposed=ticket.is_proposed
        ),
        due=due_line(ticket.report_in_due, ticket.answer_due),
        url=desk.base_url + blown.path,
    )


def _show(
    desk: Desk,
    agent: Agent,
    conversation_id: str,
    typed: Mapping[str, str],
    *,
    key: str = "",
    note: str = "",
    same: str = "",
) -> Response:
    conversation = opened(desk, agent, conversation_id)
    if isinstance(conversation, Response):
        return conversation
    return render(
        desk,
        "whistle_new.html",
        status=HTTPStatus.CONFLICT if note else HTTPStatus.OK,
        agent=agent,
        conversation_id=conversation_id,
        kept=typed or _known(desk, conversation),
        longest=LONGEST,
        key=key or secrets.token_hex(8),
        note=note,
        same=same,
    )


def _known(desk: Desk, conversation: Conversation) -> Mapping[str, str]:
    """Return what the applicant has told already, in whatever form it was asked."""
    told = conversation.fields
    found = {name: str(told.get(slot) or "") for name, slot in KNOWN.items()}
    places = (told.get(slot) for slot in desk.vocabulary.district_slots)
    found["district"] = found["district"] or next((str(one) for one in places if one), "")
    return found
