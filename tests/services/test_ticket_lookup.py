from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.feedback import FeedbackState
from bot.domain.tickets import TicketState
from bot.services.feedback import feedback
from bot.services.operating.numbers import NumberKind
from bot.services.tickets import lookup as ticket_lookup
from bot.services.tickets import tickets
from bot.services.tickets.lookup import TicketNotVerified, TicketView, TooManyTries
from tests.casework_factories import (
    LI_LEI,
    NOW,
    PHONE,
    WANG_WU,
    OpenUnit,
    calendar,
    file,
    move,
    opened,
    rules,
    whistle,
)


def find(
    unit: OpenUnit, number: str, tail: str | None = None, who: str = LI_LEI, days: int = 0
) -> TicketView:
    return ticket_lookup.find(
        unit,
        number=number,
        conversation_id=who,
        phone_tail=tail,
        now=NOW + timedelta(days=days),
    )


def test_ones_own_conversation_sees_all_three_without_proof(engine: Engine) -> None:
    unit = opened(engine)
    numbers = [
        whistle(unit).number,
        file(unit).number,
        file(unit, origin="m2", kind=feedback.FeedbackKind.SUGGESTION).number,
    ]
    views = [find(unit, number) for number in numbers]
    assert [view.kind for view in views] == [
        NumberKind.WHISTLE,
        NumberKind.COMPLAINT,
        NumberKind.SUGGESTION,
    ]
    assert [view.state_label for view in views] == ["新建", "已登记", "已登记"]
    assert str(views[1].due_on) == "2026-11-30"
    assert views[0].answer_due is not None
    assert views[1].answer_due is None


def test_another_conversation_needs_the_tail_of_the_telephone(engine: Engine) -> None:
    unit = opened(engine)
    for number in (whistle(unit).number, file(unit).number):
        assert find(unit, number, PHONE[-4:], who=WANG_WU).number == number
        with pytest.raises(TicketNotVerified):
            find(unit, number, "0001", who=WANG_WU)


@pytest.mark.parametrize("tail", [None, "", "0000"])
def test_what_was_filed_without_a_telephone_is_seen_only_where_it_was_filed(
    engine: Engine, tail: str | None
) -> None:
    unit = opened(engine)
    number = file(unit, phone=None).number
    assert find(unit, number).number == number
    with pytest.raises(TicketNotVerified):
        find(unit, number, tail, who=WANG_WU)


@pytest.mark.parametrize("prefix", ["CS", "TC", "JY"])
def test_an_unknown_number_and_that_of_another_answer_alike(engine: Engine, prefix: str) -> None:
    unit = opened(engine)
    whistle(unit)
    file(unit)
    file(unit, origin="m2", kind=feedback.FeedbackKind.SUGGESTION)
    told = []
    for who, running in ((WANG_WU, "0001"), ("another", "9999")):
        for _ in range(4):
            with pytest.raises((TicketNotVerified, TooManyTries)) as caught:
                find(unit, f"{prefix}-20261123-{running}", "0001", who=who)
            told.append((type(caught.value), vars(caught.value), caught.value.args))
    assert told[:4] == told[4:]
    assert [kind for kind, *_ in told[:4]] == [TicketNotVerified] * 3 + [TooManyTries]


def test_the_history_is_shown_with_labels_and_reasons(engine: Engine) -> None:
    unit = opened(engine)
    number = file(unit).number
    for state, reason in ((FeedbackState.CHECKING, ""), (FeedbackState.ANSWERED, "已整改")):
        feedback.move_feedback(
            unit, number=number, to=state, actor="agent:1", reason=reason, now=NOW
        )
    view = find(unit, number, days=30)
    assert [(line.label, line.reason) for line in view.history] == [
        ("已登记", ""),
        ("答复待审核", ""),
        ("已答复", "已整改"),
    ]
    assert not view.is_overdue


def test_the_report_of_each_department_is_shown(engine: Engine) -> None:
    unit = opened(engine)
    ticket = move(unit, whistle(unit, description="排水接口说法不一"), TicketState.DISPATCHED)
    for department in ticket.assisting:
        by = department.department_id
        tickets.report_in(
            unit,
            number=ticket.number,
            department_id=by,
            actor=by,
            now=NOW,
            calendar=calendar(),
            rules=rules(),
        )
    lines = [(line.actor, line.label) for line in find(unit, ticket.number).history]
    assert lines == [
        ("applicant", "新建"),
        ("agent:1", "派单"),
        ("urban-management", "报到"),
        ("housing", "报到"),
    ]


def test_overdue_is_said(engine: Engine) -> None:
    unit = opened(engine)
    assert not find(unit, file(unit).number, days=7).is_overdue
    assert find(unit, file(unit).number, days=8).is_overdue
    view = find(unit, whistle(unit).number, days=8)
    assert (view.is_overdue, view.is_report_in_overdue) == (True, True)


def test_all_numbers_of_a_conversation_newest_first(engine: Engine) -> None:
    unit = opened(engine)
    first = whistle(unit).number
    second = file(unit, at=NOW + timedelta(hours=1)).number
    third = whistle(unit, origin="m3", at=NOW + timedelta(hours=2)).number
    assert ticket_lookup.numbers_of(unit, conversation_id=LI_LEI) == [third, second, first]
    assert ticket_lookup.numbers_of(unit, conversation_id=WANG_WU) == []
