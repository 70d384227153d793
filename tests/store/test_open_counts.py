"""Counting months for the open statistics, on both databases."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.domain.cases import CaseState
from bot.domain.feedback import Feedback, FeedbackState
from bot.domain.feedback_answers import Decision, Mark
from bot.domain.open_data import COUNTED, Count
from bot.domain.reviews import RectificationState, TargetKind
from bot.services.feedback import feedback
from bot.services.operating.open_counts import count_month, count_months
from bot.services.reviews.reviews import advance_rectification, rate
from bot.store.tables.casework import CASES
from tests.casework_factories import calendar, case, catalogue, file, local, opened
from tests.desk_cast import Cast
from tests.service_factories import OpenUnit

OCTOBER = date(2026, 10, 1)
FILED = local("2026-10-12 10:00")  # a Monday
NOW = local("2026-11-24 10:00")


def answer(units: OpenUnit, letter: Feedback, at: datetime) -> None:
    """Answer a letter, checked at once."""
    for state in (FeedbackState.CHECKING, FeedbackState.ANSWERED):
        feedback.move_feedback(
            units, number=letter.number, to=state, actor="agent:1", reason="", now=at
        )


def counted(units: OpenUnit, month: date = OCTOBER) -> dict[tuple[str, str, str], Count]:
    with units() as unit:
        found = count_month(unit, month, calendar(), catalogue())
    return {(one.what, one.dimension, one.key): one for one in found}


def share(found: dict[tuple[str, str, str], Count], what: str) -> tuple[int, int, int]:
    one = found[(what, "", "")]
    return one.n, one.due, one.kept


def test_a_month_without_anything_is_counted_as_zero(engine: Engine) -> None:
    found = counted(opened(engine))
    assert {what for what, dimension, _ in found if not dimension} == set(COUNTED)
    assert {one.n for one in found.values()} == {0}


@pytest.mark.parametrize(
    ("after", "within_7", "over_11", "on_time"),
    [
        (timedelta(days=7), 1, 0, 1),  # Monday, the fifth working day
        (timedelta(days=7, minutes=1), 0, 0, 1),
        (timedelta(days=8), 0, 0, 0),
        (timedelta(days=11), 0, 0, 0),
        (timedelta(days=11, minutes=1), 0, 1, 0),
    ],
)
def test_a_letter_counts_in_the_month_of_its_first_answer(
    engine: Engine, after: timedelta, within_7: int, over_11: int, on_time: int
) -> None:
    units = opened(engine)
    answer(units, file(units, at=FILED), FILED + after)
    found = counted(units)

    assert share(found, "complaint") == (1, 0, 0)
    assert share(found, "letter") == (1, 1, on_time)
    assert share(found, "letter_within_7") == (1, 1, within_7)
    assert share(found, "letter_over_11") == (1, 1, over_11)


def test_a_late_first_answer_stays_late_when_there_is_a_second_one(engine: Engine) -> None:
    units = opened(engine)
    letter = file(units, at=FILED)
    answer(units, letter, FILED + timedelta(days=9))
    with units() as unit:
        unit.feedback_desk.renew(letter.id, due_on=date(2026, 11, 2), due_provisional=False)
    assert share(counted(units), "letter") == (1, 1, 0)


def test_cases_count_when_they_close_and_reviews_when_they_are_given(engine: Engine) -> None:
    units = opened(engine)
    walked = [
        (CaseState.ACCEPTED, FILED),
        (CaseState.UNDER_REVIEW, FILED),
        (CaseState.COMPLETED, FILED + timedelta(days=3)),
    ]
    made = case(units, *walked, at=FILED)
    with units() as unit:
        unit.cases.grant(made.id, "c0", now=FILED)
    assert share(counted(units), "ended") == (1, 1, 0)
    rating = rate(
        units,
        origin="r",
        conversation_id="c0",
        target_kind=TargetKind.CASE,
        target_id=made.number,
        level=1,
        comment="",
        now=FILED + timedelta(days=4),
        calendar=calendar(),
        catalogue=catalogue(),
    )
    assert rating.rectification is not None
    for state in (RectificationState.FOLLOWED_UP, RectificationState.RECTIFIED):
        advance_rectification(
            units,
            rectification_id=rating.rectification.id,
            state=state,
            actor="agent:1",
            reason="改好了",
            now=FILED + timedelta(days=5),
        )
    found = counted(units)

    assert share(found, "case")[0] == 1
    assert found[("case", "length", "3")].n == 1
    assert found[("case", "department", made.department_id)].n == 1
    assert share(found, "ended") == (1, 1, 1)
    assert share(found, "review") == (1, 1, 0)
    assert share(found, "rectification") == (1, 1, 1)
    assert counted(units, date(2026, 9, 1))[("case", "", "")].n == 0


def test_made_up_cases_count_only_where_everything_is_made_up(engine: Engine) -> None:
    units = opened(engine)
    case(units, (CaseState.ACCEPTED, FILED), (CaseState.COMPLETED, FILED), at=FILED)
    with engine.begin() as connection:
        connection.execute(update(CASES).values(is_demo=True))
    assert share(counted(units), "case")[0] == 0

    with units() as unit:
        unit.demo.mark(NOW)
    found = counted(units)
    assert share(found, "case")[0] == 1
    assert share(found, "ended")[0] == 1


def test_answers_count_with_what_the_checker_found_good_in_them(engine: Engine) -> None:
    units = opened(engine)
    letter = file(units, at=FILED)
    writer, boss = Cast(units).agent(), Cast(units).agent("boss", "王芳")
    with units() as unit:
        store = unit.feedback_desk
        store.add_answer(
            letter.id, text="已经改好", change="加了窗口", author_id=writer.id, now=FILED
        )
        (written,) = store.answers(letter.id)
        store.decide(
            written.id,
            Decision.APPROVED,
            checker_id=boss.id,
            remark="",
            marks=frozenset({Mark.BASIS}),
            now=FILED,
        )
    found = counted(units)
    assert share(found, "mark_basis") == (1, 1, 1)
    assert share(found, "mark_answers") == (1, 1, 0)
    assert share(found, "adopted") == (1, 0, 0)


def test_each_month_is_written_once(engine: Engine) -> None:
    units = opened(engine)
    file(units, at=FILED)
    work = {"now": NOW, "calendar": calendar(), "catalogue": catalogue()}
    assert len(count_months(units, units, **work)) == 12
    assert count_months(units, units, **work) == []
    with units() as unit:
        assert not unit.open_counts.add_month(OCTOBER, [], now=NOW)
        totals = unit.open_counts.totals(date(2025, 11, 1), OCTOBER)
    complaints = {
        one.month: one.n for one in totals if one.what == "complaint" and not one.dimension
    }
    assert complaints[""] == complaints["2026-10"] == 1
    assert complaints["2026-09"] == 0
