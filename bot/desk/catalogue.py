"""The page of the catalogue: frozen matters, freezing one at once, facts to check again."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.domain.errors import BotError, UnknownMatter
from bot.domain.freezes import BadFreeze, NotFrozen
from bot.domain.people import Agent, NotAllowed
from bot.domain.permissions import Permission
from bot.services.freezes import freeze_matter, unfreeze_matter
from bot.services.local_time import local_day
from bot.services.stale_facts import STALE_AFTER_DAYS, stale_facts

HISTORY = 50
MOST_STALE = 300
LONGEST_DAYS = 4000

NOTES: Mapping[type[BotError], str] = {
    BadFreeze: "请写明理由（200 字以内），截止日期不能早于今天。",
    NotAllowed: "只有主管、管理员和知识编辑可以暂停或恢复事项。",
    NotFrozen: "这个事项现在没有暂停。",
    UnknownMatter: "没有找到这个事项，请从列表里选。",
}


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _show(desk, agent, days=_days(request.query_params.get("days", "")), note="", typed={})


def freeze(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Freeze a matter; every running process knows with its next question."""
    try:
        _check(agent)
        until = _one(fields, "until")
        freeze_matter(
            desk.unit_of_work,
            matter_id=_matter_id(desk, _one(fields, "matter")),
            reason=_one(fields, "reason"),
            until=_day(until) if until else None,
            by=f"agent:{agent.id}",
            agent_id=agent.id,
            now=desk.now(),
            catalogue=desk.catalogue,
        )
    except tuple(NOTES) as error:
        return _failed(desk, agent, error, fields)
    return RedirectResponse("/desk/catalogue", status_code=303)


def unfreeze(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Lift the freeze of a matter."""
    try:
        _check(agent)
        unfreeze_matter(
            desk.unit_of_work,
            matter_id=_one(fields, "matter"),
            by=f"agent:{agent.id}",
            agent_id=agent.id,
            now=desk.now(),
        )
    except tuple(NOTES) as error:
        return _failed(desk, agent, error, fields)
    return RedirectResponse("/desk/catalogue", status_code=303)


def _failed(desk: Desk, agent: Agent, error: BotError, fields: Fields) -> Response:
    status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.CONFLICT
    note = NOTES[type(error)]
    return _show(desk, agent, days=STALE_AFTER_DAYS, note=note, typed=fields, status=status)


def _show(
    desk: Desk,
    agent: Agent,
    *,
    days: int,
    note: str,
    typed: Fields,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    today = local_day(desk.now())
    with desk.unit_of_work() as uow:
        history = uow.freezes.history(HISTORY)
        names = {f"agent:{one.id}": one.name for one in uow.people.agents()}
    stale = stale_facts(desk.catalogue, today, days)
    html = desk.templates.get_template("catalogue.html").render(
        agent=agent,
        catalogue=desk.catalogue,
        standing=[one for one in history if one.holds(today)],
        past=[one for one in history if not one.holds(today)],
        names={**names, "operator": "命令行"},
        stale=stale[:MOST_STALE],
        stale_total=len(stale),
        days=days,
        note=note,
        typed=typed,
        today=today,
    )
    return HTMLResponse(html, status_code=status)


def _check(agent: Agent) -> None:
    if not agent.may(Permission.FREEZE_MATTERS):
        raise NotAllowed


def _matter_id(desk: Desk, given: str) -> str:
    """Return the matter by its id or its whole name, as the list of the page offers them."""
    named = {matter.name: matter.id for matter in desk.catalogue.matters.values()}
    return named.get(given, given)


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name) or [""]
    return values[0]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadFreeze from None


def _days(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 5  # noqa: PLR2004
    return min(int(text), LONGEST_DAYS) if is_number else STALE_AFTER_DAYS
