"""One ticket as its page shows it: words and flags, nothing to decide in the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.documents.ticket_clock_text import ShownClock, shown_clocks
from bot.domain.catalogue import Catalogue
from bot.domain.ticket_acts import ACTS, Act
from bot.domain.ticket_clocks import CLOCK_LABELS, URGENCY_LABELS, ClockLevel
from bot.domain.tickets import (
    DEPARTMENT_STATE_LABELS,
    TICKET_STATE_LABELS,
    Role,
    TicketEvent,
    TicketEventKind,
    event_label,
)
from bot.services.tickets.office import TicketPage
from bot.services.tickets.watch import CLOCK

ACTORS = {"applicant": "企业", CLOCK: "系统"}
LEVELS: Mapping[int, str] = {
    ClockLevel.WARNED: "快到期",
    ClockLevel.BREACHED: "二次吹哨",
    ClockLevel.RAISED: "提级督办",
}


@dataclass(frozen=True)
class ShownEvent:
    """A line of the time line."""

    at: datetime
    who: str
    what: str
    reason: str


@dataclass(frozen=True)
class ShownDepartment:
    """A department on the ticket."""

    name: str
    is_leading: bool
    state: str
    reported_in_at: datetime | None


@dataclass(frozen=True)
class ShownAct:
    """A button with its field."""

    value: str
    label: str
    hint: str
    needs_reason: bool
    is_dispatch: bool
    is_extension: bool


@dataclass(frozen=True)
class TicketPageView:
    """What the page shows."""

    state: str
    urgency: str
    level: str
    district: str
    matter: str
    departments: tuple[ShownDepartment, ...]
    clocks: tuple[ShownClock, ...]
    events: tuple[ShownEvent, ...]
    acts: tuple[ShownAct, ...]
    all_departments: Mapping[str, str]
    is_proposed: bool


def view_of(page: TicketPage, catalogue: Catalogue, now: datetime) -> TicketPageView:
    """Return the view of a page."""
    ticket = page.ticket
    names = {one.id: one.name for one in catalogue.departments.values()}
    districts = {one.id: one.name for one in catalogue.districts.values()}
    known = ticket.matter_id in catalogue.matters
    return TicketPageView(
        state=TICKET_STATE_LABELS[ticket.state],
        urgency=URGENCY_LABELS[ticket.urgency],
        level=LEVELS.get(ticket.escalation, ""),
        district=districts.get(ticket.district_id, ticket.district_id),
        matter=catalogue.matters[str(ticket.matter_id)].name if known else "",
        departments=tuple(
            ShownDepartment(
                name=names.get(one.department_id, one.department_id),
                is_leading=one.role is Role.LEADING,
                state="建议，待派单" if one.proposed else DEPARTMENT_STATE_LABELS[one.state],
                reported_in_at=one.reported_in_at,
            )
            for one in ticket.departments
        ),
        clocks=shown_clocks(page.clocks, catalogue, now),
        events=tuple(_event(one, {**names, **page.names}) for one in reversed(ticket.events)),
        acts=tuple(_act(act) for act in page.acts),
        all_departments=names,
        is_proposed=ticket.is_proposed,
    )


def _act(act: Act) -> ShownAct:
    rule = ACTS[act]
    return ShownAct(
        value=act.value,
        label=rule.label,
        hint=rule.hint,
        needs_reason=rule.needs_reason,
        is_dispatch=act is Act.DISPATCH,
        is_extension=act is Act.ASK_EXTENSION,
    )


def _event(event: TicketEvent, names: Mapping[str, str]) -> ShownEvent:
    what, reason = event_label(event), event.reason
    if event.clock is not None:
        what, reason = f"{what}：{CLOCK_LABELS[event.clock]}", ""
    if event.department_id and event.kind is not TicketEventKind.MOVED:
        what = f"{what}（{names.get(event.department_id, event.department_id)}）"
    if event.days:
        what = f"{what} {event.days} 个工作日"
    who = ACTORS.get(event.actor) or names.get(event.actor, event.actor)
    return ShownEvent(event.at, who, what, reason)
