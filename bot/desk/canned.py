"""The page of canned replies: who may change which, and the forms to do it."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.errors import message_of
from bot.desk.guard import Fields
from bot.domain.desk_errors import BadCanned, ShortcutTaken
from bot.domain.desk_work import HELP_DESK, CannedReply
from bot.domain.people import Agent, NotAllowed
from bot.services.desk import notes as desk_notes


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _page(desk, agent)


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Save or take away a canned reply; on an error what was typed stays in the form."""
    if not agent.serves:
        return _page(desk, agent)
    reply = _reply(fields)
    try:
        if request.path_params["move"] == "drop":
            desk_notes.drop_canned(
                desk.unit_of_work, agent_id=agent.id, reply_id=reply.id, now=desk.now()
            )
        else:
            desk_notes.save_canned(
                desk.unit_of_work, agent_id=agent.id, reply=reply, now=desk.now()
            )
    except (BadCanned, ShortcutTaken, NotAllowed) as error:
        return _page(desk, agent, note=message_of(error), typed=reply)
    return RedirectResponse("/desk/canned", status_code=303)


def _page(
    desk: Desk, agent: Agent, *, note: str = "", typed: CannedReply | None = None
) -> Response:
    if not agent.serves:
        html = desk.templates.get_template("no_desk.html").render(agent=agent)
        return HTMLResponse(html, status_code=HTTPStatus.FORBIDDEN)
    departments = desk.catalogue.departments
    own = agent.department_id or HELP_DESK
    html = desk.templates.get_template("canned.html").render(
        agent=agent,
        here="canned",
        note=note,
        typed=typed or CannedReply(0, own, "", "", ""),
        replies=desk_notes.list_canned(desk.unit_of_work, agent_id=agent.id),
        departments=departments,
        may_change=lambda one: (
            agent.oversees or (bool(one.department_id) and one.department_id == agent.department_id)
        ),
        own=own,
    )
    return HTMLResponse(html, status_code=HTTPStatus.UNPROCESSABLE_ENTITY if note else 200)


def _reply(fields: Fields) -> CannedReply:
    def one(name: str) -> str:
        return (fields.get(name) or [""])[0]

    raw = one("id")
    is_number = raw.isascii() and raw.isdigit() and len(raw) < 10  # noqa: PLR2004 - 32 bits
    return CannedReply(
        id=int(raw) if is_number else 0,
        department_id=one("department")[:60],
        shortcut=one("shortcut").removeprefix("/"),
        title=one("title"),
        text=one("text").replace("\r\n", "\n"),
    )
