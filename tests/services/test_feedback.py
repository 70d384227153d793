from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.errors import UnknownDepartment, UnknownMatter
from bot.domain.feedback import FeedbackMoveRefused, FeedbackState, FeedbackTarget
from bot.services.feedback import feedback
from bot.services.feedback.feedback import FeedbackKind, UnknownFeedback
from tests.casework_factories import LI_LEI, NOW, calendar, catalogue, file, opened

S = FeedbackState


def test_a_complaint_gets_a_number_and_five_working_days(engine: Engine) -> None:
    filed = file(opened(engine))
    assert filed.number == "TC-20261123-0001"
    assert catalogue().service_rules.suggestions.working_days == 5
    assert (str(filed.due_on), filed.due_provisional) == ("2026-11-30", False)  # Monday


def test_a_suggestion_is_counted_by_itself_and_needs_no_telephone(engine: Engine) -> None:
    unit = opened(engine)
    file(unit)
    filed = file(unit, origin="m2", kind=FeedbackKind.SUGGESTION, phone=None)
    assert (filed.number, filed.contact_phone) == ("JY-20261123-0001", None)


def test_the_same_origin_files_once(engine: Engine) -> None:
    unit = opened(engine)
    assert file(unit) == file(unit, at=NOW + timedelta(days=1))


def test_a_due_day_in_an_unpublished_year_is_provisional(engine: Engine) -> None:
    assert file(opened(engine), at=NOW + timedelta(days=35)).due_provisional


@pytest.mark.parametrize(
    ("target", "error"),
    [
        (FeedbackTarget(matter_id="no-such-matter"), UnknownMatter),
        (FeedbackTarget(department_id="no-such-department"), UnknownDepartment),
    ],
)
def test_an_unknown_target_is_refused(
    engine: Engine, target: FeedbackTarget, error: type[Exception]
) -> None:
    with pytest.raises(error):
        feedback.file_feedback(
            opened(engine),
            origin="m1",
            conversation_id=LI_LEI,
            kind=FeedbackKind.COMPLAINT,
            text="窗口让我跑了三趟",
            phone=None,
            now=NOW,
            calendar=calendar(),
            catalogue=catalogue(),
            target=target,
        )


def test_the_way_to_the_answer_is_kept(engine: Engine) -> None:
    unit = opened(engine)
    number = file(unit).number
    for state in (S.IN_PROGRESS, S.CHECKING, S.ANSWERED, S.CLOSED):
        filed = feedback.move_feedback(
            unit, number=number, to=state, actor="agent:1", reason="已整改", now=NOW
        )
    assert [event.to for event in filed.events] == [
        S.RECEIVED,
        S.IN_PROGRESS,
        S.CHECKING,
        S.ANSWERED,
        S.CLOSED,
    ]
    with pytest.raises(FeedbackMoveRefused):
        feedback.move_feedback(
            unit, number=number, to=S.IN_PROGRESS, actor="agent:1", reason="", now=NOW
        )


def test_nobody_moves_what_does_not_exist(engine: Engine) -> None:
    with pytest.raises(UnknownFeedback):
        feedback.move_feedback(
            opened(engine),
            number="TC-20261123-9999",
            to=S.ANSWERED,
            actor="agent:1",
            reason="",
            now=NOW,
        )
