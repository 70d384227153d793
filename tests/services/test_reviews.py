from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.domain.cases import NewCase
from bot.domain.feedback import FeedbackKind, FeedbackTarget, NewFeedback
from bot.domain.reviews import (
    ALLOWED_RECTIFICATION_STATES,
    RECTIFICATION_DONE,
    BadLevel,
    Rating,
    RatingClosed,
    RectificationChanged,
    RectificationState,
    TargetKind,
    UnknownRectification,
    UnknownTarget,
    service_target,
)
from bot.services.reviews import reviews
from tests.catalogue_factories import catalogue
from tests.service_factories import (
    NOW,
    TUESDAY,
    OpenUnit,
    at,
    book,
    calendar,
    cancel,
    seeded,
)
from tests.services.test_booking_races import together

CASE = "371500202611230017"


def case() -> NewCase:
    return NewCase(
        number=CASE,
        matter_id="biz-company",
        matter_name="公司设立登记",
        applicant_name="李雷",
        phone="13806350001",
        credential="",
        district_id="371502",
        department_id="approval",
        steps=(),
        promised=None,
        statutory=None,
        opened_at=NOW,
        origin="test",
    )


def complaint(number: str) -> NewFeedback:
    return NewFeedback(
        number=number,
        conversation_id="c0",
        origin="test",
        kind=FeedbackKind.COMPLAINT,
        text="窗口态度差",
        target=FeedbackTarget(),
        contact_phone=None,
        due_on=TUESDAY,
        due_provisional=False,
        opened_at=NOW,
    )


def rate(unit_of_work: OpenUnit, level: int = 5, **changes: Any) -> Rating:
    wanted: dict[str, Any] = {
        "origin": "c0:m9:review",
        "conversation_id": "c0",
        "target_kind": TargetKind.CONVERSATION,
        "target_id": "c0",
        "level": level,
        "comment": "",
        "now": NOW,
        "calendar": calendar(),
        "catalogue": catalogue(),
    }
    return reviews.rate(unit_of_work, **{**wanted, **changes})


@pytest.mark.parametrize("level", [5, 4, 3])
def test_a_good_review_opens_no_task(engine: Engine, level: int) -> None:
    rating = rate(seeded(engine), level)
    assert rating.review.level == level
    assert rating.rectification_due_on is None


@pytest.mark.parametrize("level", [2, 1])
def test_a_bad_review_opens_a_task_with_both_deadlines(engine: Engine, level: int) -> None:
    unit_of_work = seeded(engine)
    rating = rate(unit_of_work, level)
    task = rating.rectification
    assert task is not None
    assert task.state is RectificationState.OPEN
    assert task.follow_up_due_on == date(2026, 11, 24)  # Tuesday, one working day
    assert task.due_on == date(2026, 11, 30)  # Monday, five working days
    assert not task.provisional
    assert reviews.open_rectifications(unit_of_work) == (task,)


def test_a_deadline_in_an_unpublished_year_is_said_to_be_provisional(engine: Engine) -> None:
    rating = rate(seeded(engine), 1, now=at(date(2026, 12, 30), 10))
    assert rating.rectification is not None
    assert rating.rectification.provisional


def test_the_same_message_twice_rates_once(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    assert rate(unit_of_work, 1) == rate(unit_of_work, 1)
    assert len(reviews.open_rectifications(unit_of_work)) == 1


def test_each_thing_is_rated_once(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    rate(unit_of_work)
    with pytest.raises(reviews.AlreadyRated):
        rate(unit_of_work, 1, origin="later")
    assert reviews.open_rectifications(unit_of_work) == ()


def test_two_services_of_one_conversation_are_rated_apart(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    for number, service in enumerate(("", "policy", "start_business")):
        target = service_target("c0", service)
        rate(unit_of_work, origin=f"m{number}", target_kind="conversation", target_id=target)
    with pytest.raises(reviews.AlreadyRated):
        rate(unit_of_work, origin="m9", target_kind="conversation", target_id="c0:policy")


def test_many_raters_of_one_thing_leave_one_review(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    outcomes = together([lambda n=n: rate(unit_of_work, 1, origin=f"m{n}") for n in range(8)])
    assert sum(isinstance(each, Rating) for each in outcomes) == 1
    assert len(reviews.open_rectifications(unit_of_work)) == 1


def test_one_bad_review_handled_by_many_workers_opens_one_task(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    outcomes = together([lambda: rate(unit_of_work, 1)] * 6)
    assert len(set(map(str, outcomes))) == 1
    assert len(reviews.open_rectifications(unit_of_work)) == 1


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_level_that_does_not_exist_is_refused(engine: Engine, level: int) -> None:
    with pytest.raises(BadLevel):
        rate(seeded(engine), level)


def test_a_case_is_rated_only_by_who_has_proven_that_it_is_theirs(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    target = {"target_kind": "case", "target_id": CASE}
    with pytest.raises(UnknownTarget):
        rate(unit_of_work, **target)
    with unit_of_work() as unit:
        case_id = unit.cases.add(case())
    with pytest.raises(UnknownTarget):
        rate(unit_of_work, **target)
    with unit_of_work() as unit:
        unit.cases.grant(case_id, "c0", NOW)
    assert rate(unit_of_work, **target).review.target_kind is TargetKind.CASE
    with pytest.raises(UnknownTarget):
        rate(unit_of_work, origin="stranger", conversation_id="c9", **target)


def test_a_complaint_is_rated_only_in_the_conversation_that_made_it(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    number = "TC-20261123-0001"
    target = {"target_kind": "ticket", "target_id": number}
    with pytest.raises(UnknownTarget):
        rate(unit_of_work, **target)
    with unit_of_work() as unit:
        unit.feedback.add(complaint(number))
    with pytest.raises(UnknownTarget):
        rate(unit_of_work, conversation_id="c9", **target)
    assert rate(unit_of_work, **target).review.level == 5


@pytest.mark.parametrize("target", ["c9", "c9:policy", "", "c00"])
def test_another_conversation_cannot_be_rated(engine: Engine, target: str) -> None:
    with pytest.raises(UnknownTarget):
        rate(seeded(engine), target_id=target)


def test_a_booking_is_rated_by_its_owner_after_it_began(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    target = {"target_kind": "booking", "target_id": booking.number}
    with pytest.raises(UnknownTarget):
        rate(unit_of_work, conversation_id="c9", now=at(TUESDAY, 12), **target)
    with pytest.raises(RatingClosed, match="too_early"):
        rate(unit_of_work, **target)
    with pytest.raises(RatingClosed, match="too_late"):  # the sixth working day, a Wednesday
        rate(unit_of_work, now=at(date(2026, 12, 2), 9), **target)
    assert rate(unit_of_work, now=at(date(2026, 12, 1), 18), **target).review.level == 5


def test_a_cancelled_or_unknown_booking_cannot_be_rated(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    cancel(unit_of_work, booking)
    with pytest.raises(RatingClosed, match="closed"):
        rate(unit_of_work, target_kind="booking", target_id=booking.number)
    with pytest.raises(UnknownTarget):
        rate(unit_of_work, target_kind="booking", target_id="YY-20261123-9999")


def test_the_rated_side_does_not_learn_who_rated(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    comment = "窗口态度差，给我回电话 138-0635-0001，办件号371500202611230017，等了30分钟"
    rate(unit_of_work, 1, comment=comment)
    (shown,) = reviews.reviews_for_staff(unit_of_work)
    text = repr(shown)
    for secret in ("c0", "138", "0001", CASE):
        assert secret not in text
    assert "等了30分钟" in shown.comment
    assert shown.rated_on == date(2026, 11, 23)


def test_a_review_does_not_show_itself_in_logs(engine: Engine) -> None:
    text = repr(rate(seeded(engine), 1, comment="态度差"))
    assert "态度差" not in text
    assert "c0" not in text


def test_a_task_goes_from_follow_up_to_an_end_with_its_history(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    task = rate(unit_of_work, 1).rectification
    assert task is not None
    for state in (RectificationState.FOLLOWED_UP, RectificationState.RECTIFIED):
        done = reviews.advance_rectification(
            unit_of_work,
            rectification_id=task.id,
            state=state,
            actor="agent:1",
            reason="已回访",
            now=NOW,
        )
        assert done.state is state
    history = reviews.rectification_history(unit_of_work, task.id)
    assert [event.actor for event in history] == ["system", "agent:1", "agent:1"]
    assert reviews.open_rectifications(unit_of_work) == ()


@pytest.mark.parametrize("state", sorted(RECTIFICATION_DONE, key=str))
def test_a_task_is_not_settled_without_a_follow_up(
    engine: Engine, state: RectificationState
) -> None:
    unit_of_work = seeded(engine)
    task = rate(unit_of_work, 1).rectification
    assert task is not None
    with pytest.raises(RectificationChanged):
        reviews.advance_rectification(
            unit_of_work, rectification_id=task.id, state=state, actor="a", reason="", now=NOW
        )


def test_an_unknown_task_is_refused(engine: Engine) -> None:
    with pytest.raises(UnknownRectification):
        reviews.advance_rectification(
            seeded(engine),
            rectification_id=1,
            state=RectificationState.FOLLOWED_UP,
            actor="a",
            reason="",
            now=NOW,
        )


def test_a_task_is_overdue_only_after_its_day(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    task = rate(unit_of_work, 1).rectification
    assert task is not None
    on_time, late = at(date(2026, 11, 24), 23, 59), at(date(2026, 11, 25), 0, 1)
    assert reviews.overdue_rectifications(unit_of_work, now=on_time) == ()
    assert reviews.overdue_rectifications(unit_of_work, now=late) == (task,)
    followed = reviews.advance_rectification(
        unit_of_work,
        rectification_id=task.id,
        state=RectificationState.FOLLOWED_UP,
        actor="a",
        reason="",
        now=NOW,
    )
    assert reviews.overdue_rectifications(unit_of_work, now=late) == ()
    much_later = at(date(2026, 12, 1), 9)
    assert reviews.overdue_rectifications(unit_of_work, now=much_later) == (followed,)


def test_counts_by_level_name_the_empty_levels_too(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    for number, level in enumerate((5, 5, 1)):
        rate(unit_of_work, level, origin=f"m{number}", target_id=f"c0:{number}")
    counts = reviews.counts_by_level(
        unit_of_work, now=NOW + timedelta(hours=1), days=30, catalogue=catalogue()
    )
    assert counts == {5: 2, 4: 0, 3: 0, 2: 0, 1: 1}


def test_every_state_of_a_task_has_its_row_in_the_table() -> None:
    assert set(ALLOWED_RECTIFICATION_STATES) == set(RectificationState)
