"""The page of complaints and suggestions about the same: one answer to all of a group."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.feedback import NOTES, office_of
from bot.desk.guard import Fields, one
from bot.domain.feedback import FEEDBACK_KIND_LABELS
from bot.domain.feedback_answers import BadAnswer
from bot.domain.people import Agent
from bot.services.feedback import groups as feedback_groups
from bot.services.feedback.feedback import UnknownFeedback
from bot.services.feedback.groups import LARGEST, NothingChosen

PATH = "/desk/feedback/groups"


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the groups."""
    return _show(desk, agent, note="", typed={})


def answer(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Write one answer to what was ticked."""
    numbers = [str(number) for number in fields.get("number") or ()]
    text, change = one(fields, "text"), one(fields, "change")
    try:
        feedback_groups.write_all(office_of(desk, agent), numbers, text=text, change=change)
    except NothingChosen:
        return _show(desk, agent, note=f"请勾选要答复的，一次最多 {LARGEST} 件。", typed=fields)
    except UnknownFeedback:
        return _show(desk, agent, note="有一件找不到了，请重新勾选。", typed=fields)
    except BadAnswer as error:
        return _show(desk, agent, note=NOTES[type(error)], typed=fields)
    return RedirectResponse(PATH, status_code=303)


def _show(desk: Desk, agent: Agent, *, note: str, typed: Fields) -> Response:
    office = office_of(desk, agent)
    groups = feedback_groups.list_groups(office, desk.router, desk.hot_rules.likeness)
    html = desk.templates.get_template("feedback_groups.html").render(
        agent=agent,
        groups=groups,
        kinds=FEEDBACK_KIND_LABELS,
        catalogue=desk.catalogue,
        today=office.today,
        note=note,
        typed=typed,
        chosen=frozenset(typed.get("number") or ()),
    )
    return HTMLResponse(html, status_code=HTTPStatus.CONFLICT if note else HTTPStatus.OK)
