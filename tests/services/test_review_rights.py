"""Who sees the task of a bad review, works on it, appeals and decides."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.people import Agent, NotAllowed, Role
from bot.domain.rectifications import ACTS, Act
from bot.domain.reviews import ALLOWED_RECTIFICATION_STATES, Rectification, RectificationState
from bot.services.reviews.rights import can_own, check, sees
from tests.service_factories import NOW

OWN = Agent(1, "own", "王芳", Role.OFFICER, "tax")
OTHER = Agent(2, "other", "李雷", Role.OFFICER, "approval")
BOSS = Agent(3, "boss", "孙主管", Role.SUPERVISOR)
DAY = date(2026, 11, 24)
TASK = Rectification(
    1,
    1,
    RectificationState.OPEN,
    DAY,
    DAY,
    False,
    NOW,
    NOW,
    department_id="tax",
)


def test_every_act_is_a_move_of_the_table() -> None:
    moves = {(seen, to) for states, to in ACTS.values() for seen in states}
    allowed = {(seen, to) for seen, after in ALLOWED_RECTIFICATION_STATES.items() for to in after}
    assert moves == allowed


def test_department_staff_sees_and_appeals_what_the_department_was_rated_for() -> None:
    assert sees(OWN, TASK)
    assert not sees(OTHER, TASK)
    check(OWN, TASK, Act.APPEAL, ())
    with pytest.raises(NotAllowed):
        check(OTHER, TASK, Act.APPEAL, ())
    with pytest.raises(NotAllowed):
        check(BOSS, TASK, Act.APPEAL, ())


def test_staff_without_a_department_is_of_no_department() -> None:
    nobody = replace(OWN, department_id=None)
    assert not sees(nobody, replace(TASK, department_id=None))


def test_an_owner_of_the_department_does_the_work_and_decides_nothing() -> None:
    assert can_own(OWN, TASK)
    assert not can_own(OTHER, TASK)
    with pytest.raises(NotAllowed):
        check(OWN, TASK, Act.RECTIFY, ())
    owned = replace(TASK, owner_id=OWN.id)
    check(OWN, owned, Act.RECTIFY, ())
    with pytest.raises(NotAllowed):
        check(OWN, owned, Act.UPHOLD, ())
