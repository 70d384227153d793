"""The pages of complaints and suggestions: the list, one of them, what staff do with it."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.errors import NO_REASON
from bot.desk.feedback_query import FeedbackQuery, read_query
from bot.desk.guard import Fields, one
from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError, UnknownDepartment
from bot.domain.feedback import (
    FEEDBACK_KIND_LABELS,
    FEEDBACK_STATE_LABELS,
    FeedbackMoveRefused,
)
from bot.domain.feedback_answers import (
    LONGEST_ANSWER,
    MARK_LABELS,
    SHORTEST_ANSWER,
    WAITING,
    BadAnswer,
    Decision,
    Mark,
    NothingToCheck,
    OwnAnswer,
    RemarkMissing,
)
from bot.domain.feedback_owners import OWNER_STEPS, NotAnOwner
from bot.domain.feedback_publications import (
    BadFollowUp,
    BadWords,
    NotAnswered,
    OwnPublication,
    PublicationChanged,
    PublicationState,
    PublicationStep,
    PublicWords,
    WithdrawalReasonMissing,
)
from bot.domain.people import DEPARTMENT_ROLES, Agent, NotAllowed, UnknownAgent
from bot.services.feedback import desk as feedback_desk
from bot.services.feedback import groups as feedback_groups
from bot.services.feedback import owners as feedback_owners
from bot.services.feedback import publication as feedback_publication
from bot.services.feedback.desk import FeedbackOffice
from bot.services.feedback.feedback import APPLICANT, FeedbackChanged, UnknownFeedback
from bot.services.privacy.personal_data import NoReason, note_shown, read_reason
from bot.services.privacy.personal_names import without_told

LONGEST_ID = 9
"""Digits of an account's id."""

NOTES: Mapping[type[BotError], str] = {
    BadFollowUp: "后续情况要写 4 到 500 个字。",
    BadWords: "公开的问题和答复都要写，至少 4 个字。",
    BadAnswer: f"答复要写 {SHORTEST_ANSWER} 到 {LONGEST_ANSWER} 个字，说清结果和下一步。",
    FeedbackChanged: "这件刚刚被别人处理过，下面是最新状态，请看过再操作；您写的内容还在。",
    FeedbackMoveRefused: "现在的状态不能这样办，可能已经有答复在审核，下面是最新状态。",
    NotAnswered: "还没有答复本人，不能公开。",
    NoReason: NO_REASON,
    NotAllowed: "审核、公开和撤回答复要由主管来做。",
    NotAnOwner: "这位同事不在这个部门，或者不办投诉建议，请重新选。",
    UnknownAgent: "请选一位同事。",
    NothingToCheck: "没有待审核的答复，可能刚被别人审核过，下面是最新状态。",
    OwnAnswer: "自己写的答复要请另一位主管审核。",
    OwnPublication: "自己准备的公开内容要请另一位主管确认。",
    PublicationChanged: "公开的状态刚刚变过，下面是最新状态，请看过再操作；您写的内容还在。",
    RemarkMissing: "退回请写明要改什么，经办人会看到。",
    UnknownDepartment: "没有找到这个部门，请重新选。",
    WithdrawalReasonMissing: "撤回请写明理由，会记入审计。",
}
"""What went wrong, in words; what was typed stays in the form."""


PUBLICATION_STATES: Mapping[PublicationState, str] = {
    PublicationState.PREPARED: "待确认公开",
    PublicationState.PUBLISHED: "已公开",
    PublicationState.WITHDRAWN: "已撤回",
}
PUBLICATION_STEPS: Mapping[PublicationStep, str] = {
    PublicationStep.PUBLISHED: "公开",
    PublicationStep.WITHDRAWN: "撤回",
    PublicationStep.FOLLOWED_UP: "后续",
}


def show_list(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the list with its filters."""
    query = read_query(request.query_params, desk.catalogue)
    office = office_of(desk, agent)
    found = feedback_desk.list_feedback(office, query.wanted(office.soon, agent.id), query.page)
    with desk.reading() as unit:
        people = {one.id: one.name for one in unit.people.agents()}
    html = desk.templates.get_template("feedback_list.html").render(
        people=people,
        agent=agent,
        found=found,
        query=query,
        counters=(
            ("已超期", found.overdue, FeedbackQuery(overdue="1").link()),
            ("快到期", found.due_soon, FeedbackQuery(soon="1").link()),
            ("待审核", found.unchecked, FeedbackQuery(state="checking").link()),
            ("我负责", found.mine, FeedbackQuery(mine="1").link()),
            ("超期提给主管", found.escalated, FeedbackQuery(escalated="1").link()),
        ),
        total=sum(found.counts.values()),
        labels=FEEDBACK_STATE_LABELS,
        kinds=FEEDBACK_KIND_LABELS,
        catalogue=desk.catalogue,
        sees_all=agent.role not in DEPARTMENT_ROLES,
        today=office.today,
    )
    return HTMLResponse(html)


def show_one(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one."""
    wants_form = bool(request.query_params.get("publish"))
    number = request.path_params["number"]
    return _show(desk, agent, number, note="", typed={}, wants_form=wants_form)


def show_personal(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Return one with everything the applicant wrote and the telephone number, for a reason."""
    number = request.path_params["number"]
    try:
        reason = read_reason(one(fields, "reason"), one(fields, "other"))
        feedback_desk.read_feedback(office_of(desk, agent), number)
        note_shown(desk.unit_of_work, agent=agent, subject=number, reason=reason, now=desk.now())
    except UnknownFeedback:
        return _missing(desk, agent)
    except NoReason as error:
        status = HTTPStatus.CONFLICT
        return _show(desk, agent, number, note=NOTES[type(error)], typed={}, status=status)
    return _show(desk, agent, number, note="", typed={}, is_shown=True)


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Do what was pressed; on an error the page comes back with the note and what was typed."""
    number, act = request.path_params["number"], MOVES.get(request.path_params["move"])
    if act is None:
        return _missing(desk, agent)
    try:
        talks = act(office_of(desk, agent), number, fields)
    except UnknownFeedback:
        return _missing(desk, agent)
    except tuple(NOTES) as error:
        status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.CONFLICT
        return _show(desk, agent, number, note=NOTES[type(error)], typed=fields, status=status)
    for talk in talks:
        desk.wake(request, talk)
    return RedirectResponse(f"/desk/feedback/{number}", status_code=303)


def office_of(desk: Desk, agent: Agent) -> FeedbackOffice:
    """Return somebody at this desk, now."""
    news = desk.feedback_news
    return FeedbackOffice(desk.unit_of_work, agent, desk.now(), desk.catalogue, news, desk.calendar)


def _show(
    desk: Desk,
    agent: Agent,
    number: str,
    *,
    note: str,
    typed: Fields,
    status: HTTPStatus = HTTPStatus.OK,
    is_shown: bool = False,
    wants_form: bool = False,
) -> Response:
    office = office_of(desk, agent)
    try:
        page = feedback_desk.read_feedback(office, number)
    except UnknownFeedback:
        return _missing(desk, agent)
    html = desk.templates.get_template("feedback.html").render(
        agent=agent,
        page=page,
        feedback=page.feedback,
        text=page.feedback.text if is_shown else without_told(page.feedback.text),
        is_shown=is_shown,
        is_waiting=page.feedback.state in WAITING,
        publication=page.publication,
        proposed=_proposed(page, desk.catalogue)
        if wants_form or "public_question" in typed
        else None,
        can_publish=feedback_publication.can_publish(page),
        publication_steps=PUBLICATION_STEPS,
        publication_states=PUBLICATION_STATES,
        returned=[one for one in page.answers if one.decision is Decision.RETURNED],
        owners=feedback_owners.candidates(office, page.feedback),
        owner_steps=OWNER_STEPS,
        same=feedback_groups.same_answers(office, number) if page.unchecked else (),
        names={APPLICANT: "本人", **{f"agent:{key}": name for key, name in page.names.items()}},
        labels=FEEDBACK_STATE_LABELS,
        kinds=FEEDBACK_KIND_LABELS,
        marks=MARK_LABELS,
        reasons=desk.words.reasons,
        catalogue=desk.catalogue,
        today=office.today,
        note=note,
        typed=typed,
    )
    return HTMLResponse(html, status_code=status)


def _missing(desk: Desk, agent: Agent) -> Response:
    html = desk.templates.get_template("feedback_missing.html").render(agent=agent)
    return HTMLResponse(html, status_code=HTTPStatus.NOT_FOUND)


def _give(office: FeedbackOffice, number: str, fields: Fields) -> Sequence[str]:
    feedback_desk.give(office, number, department_id=one(fields, "department"))
    return ()


def _own(office: FeedbackOffice, number: str, fields: Fields) -> Sequence[str]:
    raw = one(fields, "owner")
    if not raw.isascii() or not raw.isdigit() or len(raw) > LONGEST_ID:
        raise UnknownAgent(raw)
    feedback_owners.name_owner(office, number, int(raw))
    return ()


def _write(office: FeedbackOffice, number: str, fields: Fields) -> Sequence[str]:
    feedback_desk.write(office, number, text=one(fields, "text"), change=one(fields, "change"))
    return ()


def _approve(office: FeedbackOffice, number: str, fields: Fields) -> Sequence[str]:
    if one(fields, "also"):
        return feedback_groups.approve_all(office, number, marks=_marks(fields))
    return [feedback_desk.approve(office, number, marks=_marks(fields))]


def _send_back(office: FeedbackOffice, number: str, fields: Fields) -> Sequence[str]:
    remark = one(fields, "remark")
    feedback_desk.send_back(office, number, remark=remark, marks=_marks(fields))
    return ()


def _prepare(office: FeedbackOffice, number: str, fields: Fields) -> Sequence[str]:
    feedback_publication.prepare(
        office,
        number,
        question=one(fields, "public_question"),
        answer=one(fields, "public_answer"),
        change=one(fields, "public_change"),
    )
    return ()


def _publish(office: FeedbackOffice, number: str, _fields: Fields) -> Sequence[str]:
    feedback_publication.publish(office, number)
    return ()


def _withdraw(office: FeedbackOffice, number: str, fields: Fields) -> Sequence[str]:
    feedback_publication.withdraw(office, number, reason=one(fields, "withdrawal"))
    return ()


def _follow_up(office: FeedbackOffice, number: str, fields: Fields) -> Sequence[str]:
    feedback_publication.follow_up(office, number, text=one(fields, "seen"))
    return ()


def _proposed(page: feedback_desk.FeedbackPage, catalogue: Catalogue) -> PublicWords | None:
    """Return what stands in the form: what was prepared, else a proposal without names."""
    known = page.publication
    return feedback_publication.proposed(page, catalogue) if known is None else known.words


MOVES: Mapping[str, Callable[[FeedbackOffice, str, Fields], Sequence[str]]] = {
    "give": _give,
    "owner": _own,
    "write": _write,
    "approve": _approve,
    "send-back": _send_back,
    "prepare": _prepare,
    "publish": _publish,
    "withdraw": _withdraw,
    "follow-up": _follow_up,
}
"""What the buttons do; each returns the conversations in which something was said."""


def _marks(fields: Fields) -> frozenset[Mark]:
    known = {mark.value for mark in Mark}
    return frozenset(Mark(value) for value in fields.get("mark") or () if value in known)
