"""What can be done on a ticket: one table of acts, with who may, when, and with what reason."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.people import Agent
from bot.domain.permissions import Permission
from bot.domain.ticket_errors import ActRefused, ReasonMissing
from bot.domain.tickets import DepartmentState, Role, Ticket, TicketState

S = TicketState

WORKING = frozenset({S.REPORTED_IN, S.IN_PROGRESS, S.CONSULTATION, S.WAITING})
"""The departments have it and are not done."""


class Party(enum.Enum):
    """As what somebody at the desk stands before a ticket."""

    LEADING = "leading"
    ASSISTING = "assisting"
    DISPATCHER = "dispatcher"


class Act(enum.Enum):
    """A button of the ticket's page."""

    DISPATCH = "dispatch"
    REPORT_IN = "report_in"
    CONTACT = "contact"
    CONSULT = "consult"
    GO_ON = "go_on"
    ASK_BUSINESS = "ask_business"
    CONTRIBUTE = "contribute"
    LEAVE = "leave"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    ANSWER = "answer"
    RETURN = "return"
    CALL_BACK = "call_back"
    REOPEN = "reopen"
    CLOSE = "close"


@dataclass(frozen=True)
class ActRule:
    """One row of the table.

    Attributes:
        label: On the button.
        hint: What the text is for, over its field; "" for an act without a text.
        begins: States in which it is possible.
        to: The state it leads to; None when only a department's own state changes.
        by: Who may.
        needs_reason: Whether the text has to be given.
    """

    label: str
    hint: str
    begins: frozenset[TicketState]
    to: TicketState | None
    by: frozenset[Party]
    needs_reason: bool


def _rule(
    label: str,
    hint: str,
    begins: set[TicketState] | frozenset[TicketState],
    to: TicketState | None,
    *by: Party,
    needs_reason: bool = True,
) -> ActRule:
    return ActRule(label, hint, frozenset(begins), to, frozenset(by), needs_reason)


LEAD, ASSIST, DISPATCHER = Party.LEADING, Party.ASSISTING, Party.DISPATCHER

ACTS: Mapping[Act, ActRule] = MappingProxyType(
    {
        Act.DISPATCH: _rule(
            "派单",
            "给部门的话（可不写）",
            {S.NEW, S.RETURNED},
            S.DISPATCHED,
            DISPATCHER,
            needs_reason=False,
        ),
        Act.REPORT_IN: _rule(
            "报到", "", {S.DISPATCHED, *WORKING}, None, LEAD, ASSIST, needs_reason=False
        ),
        Act.CONTACT: _rule("首次联系", "和企业怎么说的", {S.REPORTED_IN}, S.IN_PROGRESS, LEAD),
        Act.CONSULT: _rule("会商", "会商什么、和谁", {S.IN_PROGRESS}, S.CONSULTATION, LEAD),
        Act.GO_ON: _rule(
            "继续办理", "为什么继续", {S.CONSULTATION, S.WAITING}, S.IN_PROGRESS, LEAD, DISPATCHER
        ),
        Act.ASK_BUSINESS: _rule(
            "等待企业补充", "请企业补充什么", {S.IN_PROGRESS, S.CONSULTATION}, S.WAITING, LEAD
        ),
        Act.CONTRIBUTE: _rule("提交协办意见", "协办意见", WORKING, None, ASSIST),
        Act.LEAVE: _rule("协办退回", "为什么不归本部门", {S.DISPATCHED, *WORKING}, None, ASSIST),
        Act.ASK_EXTENSION: _rule(
            "申请延期",
            "为什么要延期",
            {S.IN_PROGRESS, S.CONSULTATION},
            S.EXTENSION_REQUESTED,
            LEAD,
        ),
        Act.GRANT_EXTENSION: _rule(
            "同意延期", "同意的理由", {S.EXTENSION_REQUESTED}, S.IN_PROGRESS, DISPATCHER
        ),
        Act.REFUSE_EXTENSION: _rule(
            "不同意延期", "不同意的理由", {S.EXTENSION_REQUESTED}, S.IN_PROGRESS, DISPATCHER
        ),
        Act.ANSWER: _rule(
            "答复", "给企业的答复", {S.REPORTED_IN, S.IN_PROGRESS, S.CONSULTATION}, S.ANSWERED, LEAD
        ),
        Act.RETURN: _rule(
            "退回",
            "为什么退回，建议派给谁",
            {S.NEW, S.DISPATCHED, S.REPORTED_IN},
            S.RETURNED,
            LEAD,
            DISPATCHER,
        ),
        Act.CALL_BACK: _rule(
            "回访", "回访说明（可不写）", {S.ANSWERED}, S.CALL_BACK, DISPATCHER, needs_reason=False
        ),
        Act.REOPEN: _rule("重新办理", "企业哪里不满意", {S.CALL_BACK}, S.IN_PROGRESS, DISPATCHER),
        Act.CLOSE: _rule(
            "办结", "办结说明", {S.CALL_BACK, S.RETURNED, S.NEW}, S.CLOSED, DISPATCHER
        ),
    }
)
"""Every act; a test holds it against the table of transitions."""


def parties_of(agent: Agent, ticket: Ticket) -> frozenset[Party]:
    """Return as what a member of staff stands before a ticket; empty for a stranger."""
    if not agent.is_active:
        return frozenset()
    if agent.may(Permission.DISPATCH_TICKETS):
        return frozenset({Party.DISPATCHER})
    mine = ticket.department(agent.department_id)
    if mine is None or mine.state is DepartmentState.RETURNED or mine.proposed:
        return frozenset()
    return frozenset({Party.LEADING if mine.role is Role.LEADING else Party.ASSISTING})


def possible_acts(agent: Agent, ticket: Ticket) -> tuple[Act, ...]:
    """Return what somebody may do now, in the order of the table."""
    parties = parties_of(agent, ticket)
    return tuple(act for act in ACTS if _may(act, parties, agent, ticket))


def check_act(act: Act, agent: Agent, ticket: Ticket, reason: str) -> ActRule:
    """Return the rule of an act that is allowed now.

    Raises:
        ActRefused: Not in this state, or not by this person.
        ReasonMissing: It needs a text.
    """
    if not _may(act, parties_of(agent, ticket), agent, ticket):
        raise ActRefused(act.value)
    rule = ACTS[act]
    if rule.needs_reason and not reason.strip():
        raise ReasonMissing(act.value)
    return rule


def _may(act: Act, parties: frozenset[Party], agent: Agent, ticket: Ticket) -> bool:
    rule = ACTS[act]
    if ticket.state not in rule.begins or not parties & rule.by:
        return False
    mine = ticket.department(agent.department_id)
    if act is Act.REPORT_IN:
        return mine is not None and mine.reported_in_at is None
    if act is Act.CONTRIBUTE:
        return mine is not None and mine.state is DepartmentState.REPORTED_IN
    return True
