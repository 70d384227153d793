"""The pages of reviews: how services are rated, and what bad reviews lead to."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed, UnknownAgent
from bot.domain.rectifications import Act
from bot.domain.reviews import (
    RectificationChanged,
    RectificationState,
    TargetKind,
    UnknownRectification,
)
from bot.services.reviews import desk as review_desk
from bot.services.reviews.desk import RecordMissing, ReviewOffice, owner_named
from bot.services.reviews.rights import OwnAppeal

NOTES: Mapping[type[BotError], str] = {
    NotAllowed: "差评由责任人或主管办理，申诉由被评部门提出，责任人和申诉由主管定。",
    OwnAppeal: "申诉要由不是责任人、也没有提申诉的另一位主管来定。",
    RecordMissing: "请写明回访或核实的情况，会记入经过。",
    RectificationChanged: "这件刚刚被别人处理过，下面是最新状态，请看过再操作；您写的内容还在。",
    UnknownAgent: "请选一个责任人。",
}
"""What went wrong, in words; what was typed stays in the form."""

STATES: Mapping[RectificationState, str] = {
    RectificationState.OPEN: "待回访",
    RectificationState.FOLLOWED_UP: "已回访，待整改",
    RectificationState.APPEALED: "部门申诉，待决定",
    RectificationState.RECTIFIED: "已整改",
    RectificationState.EXPLAINED: "已解释说明",
    RectificationState.REJECTED: "申诉成立，不计入",
}
STEPS: Mapping[Act, tuple[str, str]] = {
    Act.FOLLOW_UP: ("记回访", "回访和核实的情况"),
    Act.RECTIFY: ("整改完成", "改了什么，效果怎样"),
    Act.EXPLAIN: ("解释说明", "诉求为什么办不了，依据是什么"),
    Act.APPEAL: ("提出申诉", "为什么是误评或恶意差评，有什么记录"),
    Act.UPHOLD: ("申诉成立", "核实的情况，为什么不计入"),
    Act.DISMISS: ("申诉不成立", "核实的情况，为什么还要整改"),
}
"""Name of each button, and what has to be written down."""

KINDS: Mapping[TargetKind, str] = {
    TargetKind.CASE: "办件",
    TargetKind.BOOKING: "预约",
    TargetKind.TICKET: "吹哨单、投诉或建议",
    TargetKind.CONVERSATION: "咨询",
}


def show_list(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return how services were rated, the open tasks, and the newest reviews."""
    office = _office(desk, agent)
    levels = desk.catalogue.service_rules.review.levels
    html = desk.templates.get_template("reviews.html").render(
        agent=agent,
        found=review_desk.list_reviews(office),
        days=review_desk.DAYS,
        levels={level.score: level.name for level in levels},
        states=STATES,
        kinds=KINDS,
        catalogue=desk.catalogue,
        today=office.today,
    )
    return HTMLResponse(html)


def show_one(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one task."""
    return _show(desk, agent, request.path_params["task"], note="", typed={})


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Take a task further; on an error the page comes back with what was typed."""
    task_id, step = request.path_params["task"], request.path_params["move"]
    office = _office(desk, agent)
    try:
        if step == "owner":
            raw = one(fields, "owner")
            if not raw.isascii() or not raw.isdigit():
                raise UnknownAgent(raw)
            review_desk.name_owner(office, task_id, int(raw))
        else:
            review_desk.act_on(office, task_id, Act(step), record=one(fields, "record"))
    except (UnknownRectification, ValueError):
        return _missing(desk, agent)
    except tuple(NOTES) as error:
        is_forbidden = isinstance(error, NotAllowed | OwnAppeal)
        status = HTTPStatus.FORBIDDEN if is_forbidden else HTTPStatus.CONFLICT
        return _show(desk, agent, task_id, note=NOTES[type(error)], typed=fields, status=status)
    return RedirectResponse(f"/desk/reviews/{task_id}", status_code=303)


def _show(
    desk: Desk,
    agent: Agent,
    task_id: int,
    *,
    note: str,
    typed: Fields,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    office = _office(desk, agent)
    try:
        page = review_desk.read_task(office, task_id)
    except UnknownRectification:
        return _missing(desk, agent)
    html = desk.templates.get_template("review.html").render(
        agent=agent,
        page=page,
        task=page.task.task,
        review=page.task.review,
        levels={each.score: each.name for each in desk.catalogue.service_rules.review.levels},
        steps={act.value: STEPS[act] for act in page.acts},
        states=STATES,
        kinds=KINDS,
        catalogue=desk.catalogue,
        names={"system": "系统", **page.names},
        owner_named=owner_named,
        today=office.today,
        note=note,
        typed=typed,
    )
    return HTMLResponse(html, status_code=status)


def _missing(desk: Desk, agent: Agent) -> Response:
    html = desk.templates.get_template("review_missing.html").render(agent=agent)
    return HTMLResponse(html, status_code=HTTPStatus.NOT_FOUND)


def _office(desk: Desk, agent: Agent) -> ReviewOffice:
    return ReviewOffice(desk.unit_of_work, agent, desk.now(), desk.catalogue)
