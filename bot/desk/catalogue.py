"""The page of the catalogue: frozen matters, freezing one at once, facts to check again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.domain.errors import BotError, UnknownMatter
from bot.domain.fact_checks import BadCheck, CheckResult, FactKey
from bot.domain.freezes import BadFreeze, NotFrozen
from bot.domain.people import Agent, NotAllowed
from bot.domain.permissions import Permission
from bot.services.learning.fact_checks import note_check, work_list
from bot.services.learning.stale_facts import STALE_AFTER_DAYS, StaleFact
from bot.services.operating.freezes import freeze_matter, unfreeze_matter
from bot.services.times.local_time import local_day

HISTORY = 50
PAGE = 50
LONGEST_DAYS = 4000
KINDS = {"matter": "事项", "one_thing": "一件事", "project_type": "项目类型", "policy": "政策"}

NOTES: Mapping[type[BotError], str] = {
    BadCheck: "内容变了要写明哪里变了；没有这条内容的，请刷新页面再试。",
    BadFreeze: "请写明理由（200 字以内），截止日期不能早于今天。",
    NotAllowed: "只有主管、管理员和知识编辑可以暂停或恢复事项。",
    NotFrozen: "这个事项现在没有暂停。",
    UnknownMatter: "没有找到这个事项，请从列表里选。",
}


@dataclass(frozen=True)
class Wanted:
    """Which of the facts to check again are asked for; `page` counts from 0."""

    days: int = STALE_AFTER_DAYS
    kind: str = ""
    text: str = ""
    page: int = 0

    def fits(self, fact: StaleFact) -> bool:
        """Tell whether a fact is asked for."""
        words = f"{fact.name} {fact.detail} {fact.provenance.source}"
        return self.kind in {"", fact.kind} and self.text in words


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page."""
    query = request.query_params
    wanted = Wanted(
        days=_days(query.get("days", "")),
        kind=query.get("kind", "") if query.get("kind", "") in KINDS else "",
        text=query.get("text", "").strip()[:40],
        page=_page(query.get("page", "")),
    )
    return _show(desk, agent, wanted=wanted, note="", typed={})


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


def check(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Note that a fact was looked up again and is as it was, or has changed."""
    results = {result.value: result for result in CheckResult}
    key = FactKey(*(_one(fields, name) for name in ("kind", "entry", "fact", "detail")))
    try:
        if _one(fields, "result") not in results:
            raise BadCheck
        note_check(
            desk.unit_of_work,
            desk.catalogue,
            agent=agent,
            key=key,
            result=results[_one(fields, "result")],
            note=_one(fields, "note"),
            now=desk.now(),
        )
    except tuple(NOTES) as error:
        return _failed(desk, agent, error, fields)
    return RedirectResponse(f"/desk/catalogue?{request.url.query}#stale", status_code=303)


def _failed(desk: Desk, agent: Agent, error: BotError, fields: Fields) -> Response:
    status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.CONFLICT
    note = NOTES[type(error)]
    return _show(desk, agent, wanted=Wanted(), note=note, typed=fields, status=status)


def _show(
    desk: Desk,
    agent: Agent,
    *,
    wanted: Wanted,
    note: str,
    typed: Fields,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    today = local_day(desk.now())
    with desk.unit_of_work() as uow:
        history = uow.freezes.history(HISTORY)
        names = {f"agent:{one.id}": one.name for one in uow.people.agents()}
    work = work_list(desk.unit_of_work, desk.catalogue, now=desk.now(), days=wanted.days)
    stale = [one for one in work.stale if wanted.fits(one)]
    first = wanted.page * PAGE
    html = desk.templates.get_template("catalogue.html").render(
        agent=agent,
        catalogue=desk.catalogue,
        standing=[one for one in history if one.holds(today)],
        past=[one for one in history if not one.holds(today)],
        names={**names, "operator": "命令行"},
        changed=work.changed,
        stale=stale[first : first + PAGE],
        stale_total=len(stale),
        wanted=wanted,
        kinds=KINDS,
        has_more=len(stale) > first + PAGE,
        link=lambda **changes: "?" + urlencode({**vars(wanted), **changes}),
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


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 5  # noqa: PLR2004
    return int(text) if is_number else 0


def _days(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 5  # noqa: PLR2004
    return min(int(text), LONGEST_DAYS) if is_number else STALE_AFTER_DAYS
