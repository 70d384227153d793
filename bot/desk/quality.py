"""Quality marks: ended conversations for supervisors, the own marks for everybody who serves."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.domain.conversations import UnknownConversation
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed
from bot.domain.permissions import Permission
from bot.domain.quality import MAX_REMARK_LENGTH, BadMark, NewMark, NotOver
from bot.services.desk import reading as desk_reading
from bot.services.desk.quality import mark_conversation, marks_of, quality_page

ROOT = "/desk/quality"
QUESTIONS: Mapping[str, str] = {
    "answers": "答到了用户问的事",
    "names_basis": "说了依据或出处",
    "says_next": "说了下一步怎么办",
}
NOTES: Mapping[type[BotError], str] = {
    BadMark: f"三项都要选；有一项不合格，请写明为什么（{MAX_REMARK_LENGTH} 字以内）。",
    NotAllowed: "只有主管和管理员可以质检，自己接待的会话不能由自己质检。",
    NotOver: "这个会话还没有客服结束过，没有可以质检的内容。",
}


def show_list(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return what can be marked and the reader's own marks."""
    raw = request.query_params.get("agent", "")
    chosen = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None  # noqa: PLR2004
    found = quality_page(desk.unit_of_work, agent=agent, of_agent_id=chosen, now=desk.now())
    html = desk.templates.get_template("quality_list.html").render(
        agent=agent,
        here="quality",
        note="",
        found=found,
        chosen=chosen,
        questions=QUESTIONS,
        catalogue=desk.catalogue,
        vocabulary=desk.vocabulary,
    )
    return HTMLResponse(html)


def show_one(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one conversation with its marks; looking at it is in the audit log."""
    return _show(desk, agent, request.path_params["conversation_id"], typed={})


def mark(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Keep a mark; on an error the page comes back with what was typed."""
    conversation_id = request.path_params["conversation_id"]
    answers = [one(fields, name) for name in QUESTIONS]
    try:
        if any(answer not in {"yes", "no"} for answer in answers):
            raise BadMark
        good = {name: answer == "yes" for name, answer in zip(QUESTIONS, answers, strict=True)}
        given = NewMark(**good, remark=one(fields, "remark"))
        mark_conversation(
            desk.unit_of_work,
            agent=agent,
            conversation_id=conversation_id,
            mark=given,
            now=desk.now(),
        )
    except tuple(NOTES) as error:
        return _show(desk, agent, conversation_id, note=NOTES[type(error)], typed=fields)
    except UnknownConversation:
        return missing(desk, agent)
    return RedirectResponse(ROOT, status_code=303)


def _show(
    desk: Desk, agent: Agent, conversation_id: str, *, typed: Fields, note: str = ""
) -> Response:
    try:
        transcript = desk_reading.read(
            desk.unit_of_work, conversation_id=conversation_id, agent_id=agent.id, now=desk.now()
        )
    except (UnknownConversation, NotAllowed):
        return missing(desk, agent)
    with desk.unit_of_work() as unit:
        names = {one.id: one.name for one in unit.people.agents()}
        whose = unit.quality.last_holder(conversation_id)
    html = desk.templates.get_template("quality.html").render(
        agent=agent,
        here="quality",
        note=note,
        transcript=transcript,
        conversation=transcript.conversation,
        marks=marks_of(desk.unit_of_work, conversation_id),
        names=names,
        whose=whose,
        may_mark=agent.may(Permission.READ_EVERY_CONVERSATION) and whose not in {None, agent.id},
        questions=QUESTIONS,
        typed=typed,
        catalogue=desk.catalogue,
        vocabulary=desk.vocabulary,
    )
    return HTMLResponse(html, status_code=HTTPStatus.UNPROCESSABLE_ENTITY if note else 200)


def missing(desk: Desk, agent: Agent) -> Response:
    """Say that there is no such conversation, or that it may not be read."""
    html = desk.templates.get_template("quality_missing.html").render(agent=agent)
    return HTMLResponse(html, status_code=HTTPStatus.NOT_FOUND)
