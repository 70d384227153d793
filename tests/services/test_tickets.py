import threading
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.errors import UnknownDepartment, UnknownDistrict, UnknownMatter
from bot.domain.ticket_clocks import ClockKind, Urgency
from bot.domain.tickets import (
    DepartmentNotOnTicket,
    NoLeadingDepartment,
    Role,
    Ticket,
    TicketMoveRefused,
    TicketState,
)
from bot.services.tickets import steps as ticket_steps
from bot.services.tickets import tickets
from bot.services.tickets.dispatch import find_matter
from bot.services.tickets.tickets import TicketChanged, UnknownTicket
from tests.casework_factories import (
    LI_LEI,
    NOW,
    PHONE,
    OpenUnit,
    calendar,
    catalogue,
    local,
    move,
    opened,
    rules,
    whistle,
)

S = TicketState
LATER = NOW + timedelta(days=2)
DRAINAGE = "排水接口位置两个部门说法不一"


def dispatch(
    unit: OpenUnit, ticket: Ticket, leading: str, *assisting: str, at: object = NOW
) -> Ticket:
    return tickets.dispatch_ticket(
        unit,
        number=ticket.number,
        leading=leading,
        assisting=assisting,
        actor="agent:1",
        now=at,  # type: ignore[arg-type]  # a datetime
        calendar=calendar(),
        catalogue=catalogue(),
        rules=rules(),
    )


def report(unit: OpenUnit, ticket: Ticket, department: str) -> Ticket:
    return tickets.report_in(
        unit,
        number=ticket.number,
        department_id=department,
        actor=department,
        now=NOW,
        calendar=calendar(),
        rules=rules(),
    )


def roles(ticket: Ticket) -> dict[str, Role]:
    return {one.department_id: one.role for one in ticket.departments}


def test_a_whistle_becomes_a_ticket_with_number_department_and_due_times(engine: Engine) -> None:
    ticket = whistle(opened(engine))
    assert ticket.number == "CS-20261123-0001"
    assert ticket.matter_id == "util-power"
    assert roles(ticket) == {"power-supply": Role.LEADING}
    assert ticket.is_proposed
    assert ticket.report_in_due.at == local("2026-11-24 17:00")  # Tuesday
    assert ticket.answer_due.at == local("2026-11-30 17:00")  # Monday
    assert [event.to for event in ticket.events] == [S.NEW]


def test_an_urgent_whistle_is_due_sooner(engine: Engine) -> None:
    ticket = whistle(opened(engine), urgency=Urgency.URGENT)
    assert ticket.report_in_due.at == local("2026-11-23 12:00")
    assert ticket.answer_due.at == local("2026-11-25 17:00")  # Wednesday


def test_no_limit_of_the_whistle_pretends_to_be_law() -> None:
    by_urgency = (rules().limits[one] for one in ClockKind)
    limits = [*(limit for one in by_urgency for limit in one.values()), rules().extension]
    assert not any(limit.verified or "法" in limit.source for limit in limits)


def test_the_same_origin_returns_the_first_ticket(engine: Engine) -> None:
    unit = opened(engine)
    first = whistle(unit)
    assert whistle(unit, description="别的话", at=LATER) == first
    assert tickets.my_tickets(unit, conversation_id=LI_LEI) == [first]


def test_the_departments_of_a_matter_lead_and_assist(engine: Engine) -> None:
    ticket = whistle(opened(engine), description=DRAINAGE)
    assert roles(ticket) == {
        "approval": Role.LEADING,
        "urban-management": Role.ASSISTING,
        "housing": Role.ASSISTING,
    }


def test_a_department_that_the_business_names_assists_or_leads(engine: Engine) -> None:
    unit = opened(engine)
    known = whistle(unit, description="通不上电，住建局也说不归他管")
    assert roles(known) == {"power-supply": Role.LEADING, "housing": Role.ASSISTING}
    unknown = whistle(unit, origin="m2", description="审批局和税务局互相推")
    assert roles(unknown) == {"approval": Role.LEADING, "tax": Role.ASSISTING}


def test_where_nothing_points_to_a_department_the_dispatcher_decides(engine: Engine) -> None:
    unit = opened(engine)
    ticket = whistle(unit, description="就是卡住了，帮帮忙")
    assert (ticket.departments, ticket.leading, ticket.is_proposed) == ((), None, True)
    with pytest.raises(NoLeadingDepartment):
        move(unit, ticket, S.DISPATCHED)
    assert roles(dispatch(unit, ticket, "housing")) == {"housing": Role.LEADING}


def test_the_longest_word_decides_the_matter() -> None:
    keywords = {"验收": "prj-joint-accept", "消防验收": "prj-fire-accept"}
    found = find_matter(catalogue(), keywords, "消防验收不给结果")
    assert found is not None
    assert found.id == "prj-fire-accept"


def test_every_word_of_the_operator_points_to_a_matter() -> None:
    for word, matter_id in rules().keywords.items():
        assert catalogue().matter(matter_id).id == matter_id, word


def test_an_unknown_matter_or_district_is_refused(engine: Engine) -> None:
    unit = opened(engine)
    with pytest.raises(UnknownMatter):
        whistle(unit, matter_id="no-such-matter")
    with pytest.raises(UnknownDistrict):
        tickets.open_whistle(
            unit,
            origin="x",
            conversation_id=LI_LEI,
            business_name="李雷机械厂",
            phone=PHONE,
            district="nowhere",
            description="通不上电",
            now=NOW,
            calendar=calendar(),
            catalogue=catalogue(),
            rules=rules(),
        )
    assert tickets.my_tickets(unit, conversation_id=LI_LEI) == []


def test_the_dispatcher_confirms_or_changes_the_proposal(engine: Engine) -> None:
    unit = opened(engine)
    confirmed = move(unit, whistle(unit), S.DISPATCHED)
    assert not confirmed.is_proposed
    changed = dispatch(unit, whistle(unit, origin="m2"), "housing", "power-supply", "housing")
    assert roles(changed) == {"housing": Role.LEADING, "power-supply": Role.ASSISTING}
    assert not changed.is_proposed
    with pytest.raises(UnknownDepartment):
        dispatch(unit, whistle(unit, origin="m3"), "no-such-department")


def test_each_department_reports_in_and_the_leading_one_takes_it_on(engine: Engine) -> None:
    unit = opened(engine)
    ticket = move(unit, whistle(unit, description=DRAINAGE), S.DISPATCHED)
    ticket = report(unit, ticket, "housing")
    assert ticket.state is S.DISPATCHED
    ticket = report(unit, ticket, "approval")
    assert ticket.state is S.REPORTED_IN
    assert report(unit, ticket, "approval") == ticket  # twice changes nothing
    late = report(unit, ticket, "urban-management")
    assert all(one.reported_in_at for one in late.departments)
    with pytest.raises(DepartmentNotOnTicket):
        report(unit, ticket, "tax")


def test_departments_that_report_in_at_the_same_moment_do_not_undo_each_other(
    engine: Engine,
) -> None:
    unit = opened(engine)
    ticket = move(unit, whistle(unit, description=DRAINAGE), S.DISPATCHED)
    start = threading.Barrier(len(ticket.assisting))

    def run(department: str) -> None:
        start.wait(30)
        report(unit, ticket, department)

    threads = [threading.Thread(target=run, args=(d.department_id,)) for d in ticket.assisting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    (stored,) = tickets.my_tickets(unit, conversation_id=LI_LEI)
    assert all(department.reported_in_at for department in stored.assisting)


def test_nobody_reports_in_before_the_dispatch(engine: Engine) -> None:
    unit = opened(engine)
    with pytest.raises(TicketMoveRefused):
        report(unit, whistle(unit), "power-supply")


def test_a_ticket_that_came_back_gets_new_departments_and_a_new_time_to_report_in(
    engine: Engine,
) -> None:
    unit = opened(engine)
    ticket = move(unit, whistle(unit), S.DISPATCHED, S.RETURNED)
    again = dispatch(unit, ticket, "housing", at=LATER)
    assert again.report_in_due.at == local("2026-11-26 17:00")  # Thursday
    assert again.answer_due == ticket.answer_due


def test_an_extension_makes_the_answer_due_later(engine: Engine) -> None:
    unit = opened(engine)
    ticket = move(unit, whistle(unit), S.DISPATCHED)
    ticket = move(unit, report(unit, ticket, "power-supply"), S.IN_PROGRESS, S.EXTENSION_REQUESTED)
    granted = tickets.grant_extension(
        unit,
        number=ticket.number,
        actor="agent:1",
        reason="线路施工",
        now=NOW,
        calendar=calendar(),
        rules=rules(),
    )
    assert granted.state is S.IN_PROGRESS
    assert granted.answer_due.at == local("2026-12-07 17:00")  # Monday after Monday
    with pytest.raises(TicketMoveRefused):
        tickets.grant_extension(
            unit,
            number=ticket.number,
            actor="agent:1",
            reason="",
            now=NOW,
            calendar=calendar(),
            rules=rules(),
        )


def test_work_done_again_gets_a_new_time_to_answer(engine: Engine) -> None:
    unit = opened(engine)
    ticket = report(unit, move(unit, whistle(unit), S.DISPATCHED), "power-supply")
    ticket = move(unit, ticket, S.ANSWERED, S.CALL_BACK)
    again = move(unit, ticket, S.IN_PROGRESS, at=LATER)
    assert again.answer_due.at == local("2026-12-02 17:00")  # Wednesday
    assert [event.to for event in again.events][-4:] == [
        S.REPORTED_IN,
        S.ANSWERED,
        S.CALL_BACK,
        S.IN_PROGRESS,
    ]


def test_overdue_is_what_should_have_happened_and_has_not(engine: Engine) -> None:
    unit = opened(engine)
    ticket = whistle(unit)
    due = ticket.report_in_due.at
    assert not ticket.is_report_in_overdue(due)
    assert ticket.is_report_in_overdue(due + timedelta(seconds=1))
    taken = report(unit, move(unit, ticket, S.DISPATCHED), "power-supply")
    assert not taken.is_report_in_overdue(due + timedelta(days=9))
    assert taken.is_answer_overdue(taken.answer_due.at + timedelta(seconds=1))
    answered = move(unit, taken, S.ANSWERED)
    assert not answered.is_answer_overdue(taken.answer_due.at + timedelta(days=9))


def test_a_forbidden_move_changes_nothing(engine: Engine) -> None:
    unit = opened(engine)
    ticket = whistle(unit)
    with pytest.raises(TicketMoveRefused):
        move(unit, ticket, S.ANSWERED)
    assert tickets.my_tickets(unit, conversation_id=LI_LEI) == [ticket]


def test_of_two_who_saw_the_same_state_one_moves_the_ticket(engine: Engine) -> None:
    unit = opened(engine)
    ticket = whistle(unit)
    with unit() as uow:
        assert uow.tickets.move(ticket.id, S.NEW, S.DISPATCHED)
        with pytest.raises(TicketChanged):
            ticket_steps.claim(uow, ticket, S.RETURNED)


def test_nobody_moves_a_ticket_that_does_not_exist(engine: Engine) -> None:
    unit = opened(engine)
    with pytest.raises(UnknownTicket):
        tickets.report_in(
            unit,
            number="CS-20261123-9999",
            department_id="tax",
            actor="tax",
            now=NOW,
            calendar=calendar(),
            rules=rules(),
        )


def test_open_tickets_are_listed_by_their_due_time(engine: Engine) -> None:
    unit = opened(engine)
    normal = whistle(unit)
    urgent = whistle(unit, origin="m2", urgency=Urgency.URGENT)
    with unit() as uow:
        assert uow.tickets.in_states([S.NEW]) == [urgent, normal]
        assert uow.tickets.in_states([S.CLOSED]) == []


def test_what_the_business_said_does_not_show_in_a_repr(engine: Engine) -> None:
    shown = repr(whistle(opened(engine)))
    assert not any(secret in shown for secret in (PHONE, "李雷", "通不上电"))
