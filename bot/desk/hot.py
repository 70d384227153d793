"""The pages of hot issues: the list, one of them, what a supervisor does with it."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.domain.errors import BotError
from bot.domain.feedback import FEEDBACK_STATE_LABELS
from bot.domain.hot import (
    HOT_EVENT_LABELS,
    HOT_STATE_LABELS,
    HotIssueChanged,
    HotMoveRefused,
    HotReasonNeeded,
    HotState,
    NothingChosen,
    UnknownHotIssue,
)
from bot.domain.people import Agent, NotAllowed
from bot.domain.tickets import TICKET_STATE_LABELS
from bot.services.tickets import hot
from bot.services.tickets.hot import HotDesk
from bot.services.tickets.hot_watch import CLOCK

MAX_TEXT = 500

NOTES: Mapping[type[BotError], str] = {
    HotIssueChanged: "这个热点刚刚被别人处理过，下面是最新状态，请看过再操作。",
    HotMoveRefused: "这个热点现在的状态不能这样办，可能已经办结，下面是最新状态。",
    HotReasonNeeded: "请写明理由，会记入经过。",
    NotAllowed: "只有主管和管理员可以办理热点问题。",
    NothingChosen: "请勾选要拆出的诉求（不能全选），合并要选另一个没办结的热点。",
    UnknownHotIssue: "没有找到要合并到的热点，请从列表里选。",
}
"""What went wrong, in words; what was typed stays in the form."""

_STATES: Mapping[str, str] = {
    **{state.value: label for state, label in FEEDBACK_STATE_LABELS.items()},
    **{state.value: label for state, label in TICKET_STATE_LABELS.items()},
}


def show_list(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the open issues, or the closed ones."""
    is_closed = request.query_params.get("shown") == "closed"
    states = (HotState.CLOSED,) if is_closed else hot.OPEN
    try:
        issues = hot.list_hot(_hot_desk(desk, agent), states)
    except NotAllowed:
        return _missing(desk, agent, "您没有查看热点问题的权限。", HTTPStatus.FORBIDDEN)
    html = desk.templates.get_template("hot_list.html").render(
        agent=agent,
        issues=issues,
        is_closed=is_closed,
        labels=HOT_STATE_LABELS,
        catalogue=desk.catalogue,
        rules=desk.hot_rules,
    )
    return HTMLResponse(html)


def show_one(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one issue."""
    return _show(desk, agent, _number(request), note="", typed={})


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Do what was pressed; on an error the page comes back with the note and what was typed."""
    issue_id, act = _number(request), MOVES.get(request.path_params["move"])
    if act is None:
        return _missing(desk, agent)
    try:
        shown = act(_hot_desk(desk, agent), issue_id, fields)
    except tuple(NOTES) as error:
        status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.CONFLICT
        return _show(desk, agent, issue_id, note=NOTES[type(error)], typed=fields, status=status)
    return RedirectResponse(f"/desk/hot/{shown}", status_code=303)


def _show(
    desk: Desk,
    agent: Agent,
    issue_id: int,
    *,
    note: str,
    typed: Fields,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    try:
        page = hot.read_hot(_hot_desk(desk, agent), issue_id)
    except UnknownHotIssue:
        return _missing(desk, agent)
    except NotAllowed:
        return _missing(desk, agent, "您没有查看热点问题的权限。", HTTPStatus.FORBIDDEN)
    html = desk.templates.get_template("hot.html").render(
        agent=agent,
        page=page,
        issue=page.issue,
        names={**page.names, CLOCK: "系统"},
        labels=HOT_STATE_LABELS,
        kinds=HOT_EVENT_LABELS,
        states=_STATES,
        catalogue=desk.catalogue,
        note=note,
        typed=typed,
    )
    return HTMLResponse(html, status_code=status)


def _missing(
    desk: Desk,
    agent: Agent,
    text: str = "没有找到这个热点问题。",
    status: HTTPStatus = HTTPStatus.NOT_FOUND,
) -> Response:
    template = desk.templates.get_template("hot_missing.html")
    return HTMLResponse(template.render(agent=agent, text=text), status_code=status)


def _hot_desk(desk: Desk, agent: Agent) -> HotDesk:
    return HotDesk(desk.unit_of_work, agent, desk.now())


def _number(request: Request) -> int:
    raw = str(request.path_params["issue"])
    # no issue has the number 0
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0  # noqa: PLR2004


def _take_up(desk: HotDesk, issue_id: int, fields: Fields) -> int:
    hot.take_up(desk, issue_id=issue_id, reason=_one(fields, "reason"))
    return issue_id


def _close(desk: HotDesk, issue_id: int, fields: Fields) -> int:
    hot.close_hot(desk, issue_id=issue_id, reason=_one(fields, "reason"))
    return issue_id


def _merge(desk: HotDesk, issue_id: int, fields: Fields) -> int:
    raw = _one(fields, "into")
    if not (raw.isascii() and raw.isdigit() and len(raw) < 10):  # noqa: PLR2004 - as above
        raise UnknownHotIssue(raw)
    hot.merge_hot(desk, issue_id=issue_id, into=int(raw), reason=_one(fields, "reason"))
    return int(raw)


def _split(desk: HotDesk, issue_id: int, fields: Fields) -> int:
    numbers = fields.get("number") or ()
    return hot.split_hot(desk, issue_id=issue_id, numbers=numbers, reason=_one(fields, "reason"))


MOVES: Mapping[str, Callable[[HotDesk, int, Fields], int]] = {
    "take-up": _take_up,
    "close": _close,
    "merge": _merge,
    "split": _split,
}


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name) or [""]
    return values[0][:MAX_TEXT]
