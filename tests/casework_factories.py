"""Builders for tests of cases, whistles, complaints and suggestions; people are made up.

李雷 applies, 王五 is a stranger.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time
from functools import cache
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.domain.case_rules import CaseRules
from bot.domain.cases import Case, CaseState
from bot.domain.catalogue import Catalogue
from bot.domain.feedback import Feedback
from bot.domain.ticket_clocks import WhistleRules
from bot.domain.tickets import Ticket, TicketState
from bot.planner.calendar import WorkingCalendar
from bot.services.cases import desk as case_desk
from bot.services.feedback import feedback
from bot.services.feedback.feedback import FeedbackKind
from bot.services.tickets import tickets
from bot.services.times.local_time import at_local
from bot.store.calendars import load_calendar
from bot.store.case_rules import load_case_rules
from bot.store.catalogue.loader import load_catalogue
from bot.store.unit_of_work import SqlUnitOfWork, unit_of_work_factory
from bot.store.whistle_rules import load_whistle_rules

ROOT = Path(__file__).resolve().parent.parent
OpenUnit = Callable[[], AbstractContextManager[SqlUnitOfWork]]

LI_LEI = "conversation-li-lei"
WANG_WU = "conversation-wang-wu"
PHONE = "13800138000"
CREDIT_CODE = "91440101MA5CJQ4N59"


@cache
def calendar() -> WorkingCalendar:
    """Return the calendar of the product's own data."""
    return load_calendar(ROOT / "data" / "calendar")


@cache
def catalogue() -> Catalogue:
    """Return the product's own catalogue."""
    return load_catalogue(ROOT / "data" / "catalogue")


@cache
def rules() -> WhistleRules:
    """Return the product's own rules of the whistle."""
    return load_whistle_rules(ROOT / "data" / "services", catalogue())


@cache
def case_rules() -> CaseRules:
    """Return the product's own rules of cases."""
    return load_case_rules(ROOT / "data" / "services")


def opened(engine: Engine) -> OpenUnit:
    """Return the unit of work of a database."""
    return unit_of_work_factory(engine)


def local(text: str) -> datetime:
    """Return the UTC moment of "2026-11-23 10:00" in Liaocheng."""
    moment = datetime.fromisoformat(text)
    return at_local(moment.date(), time(moment.hour, moment.minute))


NOW = local("2026-11-23 10:00")
"""A Monday."""


def case(
    unit: OpenUnit,
    *moves: tuple[CaseState, datetime],
    origin: str = "msg-1:case",
    matter_id: str = "lic-food-operate",
    at: datetime = NOW,
) -> Case:
    """Open a case of 李雷's shop and move it; a rectification misses 健康证明."""
    made = case_desk.open_case(
        unit,
        origin=origin,
        matter_id=matter_id,
        applicant_name="李雷火锅店",
        phone=PHONE,
        credential=CREDIT_CODE,
        district_id="371502",
        now=at,
        catalogue=catalogue(),
    )
    for state, moment in moves:
        missing = ("从业人员健康证明",) if state is CaseState.RECTIFICATION else ()
        made = case_desk.advance_case(
            unit, number=made.number, to=state, actor="approval", now=moment, missing=missing
        )
    return made


def whistle(
    unit: OpenUnit,
    *,
    origin: str = "msg-1:whistle",
    description: str = "厂房通不上电，两周没人管",
    at: datetime = NOW,
    conversation_id: str = LI_LEI,
    **more: object,
) -> Ticket:
    """Blow the whistle in 李雷's name."""
    return tickets.open_whistle(
        unit,
        origin=origin,
        conversation_id=conversation_id,
        business_name="李雷机械厂",
        phone=PHONE,
        district="371526",
        description=description,
        now=at,
        calendar=calendar(),
        catalogue=catalogue(),
        rules=rules(),
        **more,  # type: ignore[arg-type]  # passed on as given
    )


def move(unit: OpenUnit, ticket: Ticket, *states: TicketState, at: datetime = NOW) -> Ticket:
    """Move a ticket through states."""
    for state in states:
        ticket = tickets.move_ticket(
            unit,
            number=ticket.number,
            to=state,
            actor="agent:1",
            reason="",
            now=at,
            calendar=calendar(),
            rules=rules(),
        )
    return ticket


def file(
    unit: OpenUnit,
    *,
    origin: str = "msg-1:feedback",
    kind: FeedbackKind = FeedbackKind.COMPLAINT,
    phone: str | None = PHONE,
    at: datetime = NOW,
) -> Feedback:
    """File a complaint of 李雷's."""
    return feedback.file_feedback(
        unit,
        origin=origin,
        conversation_id=LI_LEI,
        kind=kind,
        text="窗口让我跑了三趟",
        phone=phone,
        now=at,
        calendar=calendar(),
        catalogue=catalogue(),
    )
