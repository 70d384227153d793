"""Hot issues at the desk: the list, one of them, and what a supervisor does with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.hot import (
    HotEvent,
    HotEventKind,
    HotIssue,
    HotIssueChanged,
    HotMoveRefused,
    HotReasonNeeded,
    HotState,
    NewHotIssue,
    NothingChosen,
    UnknownHotIssue,
    check_hot_move,
)
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.tickets.routing_decisions import text_of

MOST = 200
OPEN = (HotState.RAISED, HotState.TAKEN_UP)


@dataclass(frozen=True)
class HotDesk:
    """Somebody at the desk of hot issues, at one moment."""

    unit_of_work: OpenUnitOfWork
    agent: Agent
    now: datetime

    @property
    def actor(self) -> str:
        """Return how the history names this person."""
        return f"agent:{self.agent.id}"


@dataclass(frozen=True)
class ShownMember:
    """A whistle or complaint of an issue, as the page shows it.

    Attributes:
        name: Of the business; "" for a complaint.
        state: Machine word of its state, "" when it is gone.
    """

    number: str
    name: str
    text: str
    joined_at: datetime
    state: str


@dataclass(frozen=True)
class HotPage:
    """Everything about one issue.

    Attributes:
        others: Open issues that it can be merged with.
        names: Display names of staff, by actor.
    """

    issue: HotIssue
    members: Sequence[ShownMember]
    others: Sequence[HotIssue]
    names: Mapping[str, str]


def list_hot(desk: HotDesk, states: Sequence[HotState] = OPEN) -> Sequence[HotIssue]:
    """Return the issues in these states, the latest change first.

    Raises:
        NotAllowed: Not for department staff: the texts are those of other departments too.
    """
    _check_reads(desk)
    with desk.unit_of_work() as uow:
        return uow.hot.newest(states, MOST)


def read_hot(desk: HotDesk, issue_id: int) -> HotPage:
    """Return one issue; that it was read is written down.

    Raises:
        NotAllowed: As `list_hot`.
        UnknownHotIssue: No such issue.
    """
    _check_reads(desk)
    with desk.unit_of_work() as uow:
        issue = _get(uow, issue_id)
        members = [_shown(uow, one.number, one.joined_at) for one in issue.members]
        others = [one for one in uow.hot.newest(OPEN, MOST) if one.id != issue_id]
        names = {f"agent:{one.id}": one.name for one in uow.people.agents()}
        uow.people.add_audit(AuditEntry(desk.now, desk.agent.id, "hot_read", str(issue_id)))
    return HotPage(issue, members, others, names)


def take_up(desk: HotDesk, *, issue_id: int, reason: str) -> None:
    """Take an issue up.

    Raises:
        NotAllowed: Only those who oversee.
        UnknownHotIssue: No such issue.
        HotReasonNeeded: No reason.
        HotMoveRefused: It is not waiting any more.
        HotIssueChanged: Somebody else was faster.
    """
    _move(desk, issue_id, HotState.TAKEN_UP, HotEventKind.TAKEN_UP, reason)


def close_hot(desk: HotDesk, *, issue_id: int, reason: str) -> None:
    """Close an issue; its whistles go their own way. Raises as `take_up`."""
    _move(desk, issue_id, HotState.CLOSED, HotEventKind.CLOSED, reason)


def merge_hot(desk: HotDesk, *, issue_id: int, into: int, reason: str) -> None:
    """Put all members of an issue into another one and close it.

    Raises:
        NothingChosen: It is the same issue.
        HotMoveRefused: One of them is closed.
        NotAllowed, UnknownHotIssue, HotReasonNeeded, HotIssueChanged: As `take_up`.
    """
    _check_acts(desk, reason)
    if into == issue_id:
        raise NothingChosen
    with desk.unit_of_work() as uow:
        uow.hot.hold()
        issue, target = _open(uow, issue_id), _open(uow, into)
        uow.hot.move_members([one.number for one in issue.members], into)
        if not uow.hot.move(issue_id, issue.state, HotState.CLOSED, desk.now):
            raise HotIssueChanged
        uow.hot.mark_merged(issue_id, into)
        if not uow.hot.move(into, target.state, target.state, desk.now):
            raise HotIssueChanged
        for one, other in ((issue_id, into), (into, issue_id)):
            told = f"#{other}：{reason}"
            uow.hot.append(one, HotEvent(desk.now, desk.actor, HotEventKind.MERGED, told))


def split_hot(desk: HotDesk, *, issue_id: int, numbers: Sequence[str], reason: str) -> int:
    """Put some members into an issue of their own; returns its id.

    A text that was split off stays where a person has put it: no sweep joins it again.

    Raises:
        NothingChosen: No member, or all of them.
        HotMoveRefused: The issue is closed.
        NotAllowed, UnknownHotIssue, HotReasonNeeded: As `take_up`.
    """
    _check_acts(desk, reason)
    with desk.unit_of_work() as uow:
        uow.hot.hold()
        issue = _open(uow, issue_id)
        chosen = [one.number for one in issue.members if one.number in set(numbers)]
        if not chosen or len(chosen) == len(issue.members):
            raise NothingChosen
        title = (text_of(uow, chosen[0]) or issue.title)[:60]
        new = NewHotIssue(title, issue.category, issue.department_id, desk.now)
        new_id = uow.hot.add(new)
        uow.hot.move_members(chosen, new_id)
        listed = "、".join(chosen)
        for one, other in ((issue_id, new_id), (new_id, issue_id)):
            told = f"#{other}：{listed}（{reason}）"
            uow.hot.append(one, HotEvent(desk.now, desk.actor, HotEventKind.SPLIT, told))
    return new_id


def _move(desk: HotDesk, issue_id: int, to: HotState, kind: HotEventKind, reason: str) -> None:
    _check_acts(desk, reason)
    with desk.unit_of_work() as uow:
        issue = _get(uow, issue_id)
        check_hot_move(issue.state, to)
        if not uow.hot.move(issue_id, issue.state, to, desk.now):
            raise HotIssueChanged
        uow.hot.append(issue_id, HotEvent(desk.now, desk.actor, kind, reason))


def _check_reads(desk: HotDesk) -> None:
    if not desk.agent.may(Permission.READ_HOT_ISSUES):
        raise NotAllowed


def _check_acts(desk: HotDesk, reason: str) -> None:
    if not desk.agent.may(Permission.HANDLE_HOT_ISSUES):
        raise NotAllowed
    if not reason.strip():
        raise HotReasonNeeded


def _open(uow: UnitOfWork, issue_id: int) -> HotIssue:
    issue = _get(uow, issue_id)
    if not issue.is_open:
        raise HotMoveRefused(f"hot issue {issue_id} is closed")
    return issue


def _get(uow: UnitOfWork, issue_id: int) -> HotIssue:
    issue = uow.hot.by_id(issue_id)
    if issue is None:
        raise UnknownHotIssue(issue_id)
    return issue


def _shown(uow: UnitOfWork, number: str, joined_at: datetime) -> ShownMember:
    ticket = uow.tickets.by_number(number)
    if ticket is not None:
        state = ticket.state.value
        return ShownMember(number, ticket.business_name, ticket.description, joined_at, state)
    feedback = uow.feedback.by_number(number)
    if feedback is not None:
        return ShownMember(number, "", feedback.text, joined_at, feedback.state.value)
    return ShownMember(number, "", "", joined_at, "")
