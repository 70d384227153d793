"""One helper for the whole plan: with consent only, ended by either, every look written down."""

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.domain.assistance import AssistanceClosed, AssistanceState, HasHelper, UnknownAssistance
from bot.domain.conversations import UnknownConversation
from bot.domain.people import Agent, NotAllowed, Role
from bot.services.desk import assistance
from bot.services.desk.assistance import AssistancePage
from bot.store.tables.plan_life import PLAN_LIVES
from tests.booking_desk_factories import applicant, helper, said, staff, sweep, teller
from tests.plan_factories import RESTAURANT, composer, saved
from tests.service_factories import NOW, OpenUnit, seeded


def agent(unit_of_work: OpenUnit, login: str = "a") -> Agent:
    made = helper(unit_of_work, login, name="韩梅梅", phone="0635-8000000")
    with unit_of_work() as unit:
        return unit.people.agent(made.agent_id)


def propose(unit_of_work: OpenUnit, who: str, by: Agent) -> int:
    return assistance.propose(
        unit_of_work,
        teller(),
        agent=by,
        helper_id=by.id,
        conversation_id=who,
        subject="YY-20261124-0001",
        now=NOW,
    ).id


def answer(unit_of_work: OpenUnit, who: str, *, agrees: bool = True) -> AssistanceState:
    card = assistance.answer_proposal(unit_of_work, conversation_id=who, agrees=agrees, now=NOW)
    return card.assistance.state


def read(unit_of_work: OpenUnit, by: Agent, which: int) -> AssistancePage:
    return assistance.read_assistance(
        unit_of_work, composer(), agent=by, assistance_id=which, now=NOW
    )


def test_the_helper_sees_the_plan_with_its_due_days_once_the_applicant_agreed(
    engine: Engine,
) -> None:
    unit_of_work = seeded(engine)
    by = agent(unit_of_work)
    shared = saved(unit_of_work, RESTAURANT)
    who = shared.plan.conversation_id
    which = propose(unit_of_work, who, by)
    assert "同意吗" in said(unit_of_work, who)[-1]
    assert read(unit_of_work, by, which).plan is None
    assert answer(unit_of_work, who) is AssistanceState.ACTIVE
    plan = read(unit_of_work, by, which).plan
    assert plan is not None
    assert plan.life.plan_id == shared.plan.id
    assert all(step.due.on for step in plan.steps)
    with unit_of_work() as unit:
        actions = [entry.action for entry in unit.people.audit(subject=who)]
    assert actions.count("assistance_read") == 2
    assert "assistance_proposed" in actions


def test_the_applicant_sees_who_helps_and_how_to_reach_and_ends_it(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    by, who = agent(unit_of_work), applicant(unit_of_work)
    which = propose(unit_of_work, who, by)
    answer(unit_of_work, who)
    card = assistance.my_helper(unit_of_work, who)
    assert card is not None
    assert (card.name, card.phone) == ("韩梅梅", "0635-8000000")
    assistance.end_by_applicant(unit_of_work, conversation_id=who, now=NOW)
    assert assistance.my_helper(unit_of_work, who) is None
    page = read(unit_of_work, by, which)
    assert page.plan is None
    assert [event.state for event in page.events] == [
        AssistanceState.PROPOSED,
        AssistanceState.ACTIVE,
        AssistanceState.ENDED,
    ]
    assert page.events[-1].actor == "applicant"


def test_a_no_shows_nothing_and_is_final(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    by, who = agent(unit_of_work), applicant(unit_of_work)
    propose(unit_of_work, who, by)
    assert answer(unit_of_work, who, agrees=False) is AssistanceState.DECLINED
    with pytest.raises(UnknownAssistance):
        answer(unit_of_work, who)
    assert propose(unit_of_work, who, by)  # may be asked again later


def test_a_yes_twice_is_refused_and_nobody_has_two_helpers(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    by, who = agent(unit_of_work), applicant(unit_of_work)
    propose(unit_of_work, who, by)
    answer(unit_of_work, who)
    with pytest.raises(AssistanceClosed):
        answer(unit_of_work, who)
    with pytest.raises(HasHelper):
        propose(unit_of_work, who, agent(unit_of_work, "b"))


def test_the_helper_ends_it_with_a_reason_that_the_applicant_reads(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    by, who = agent(unit_of_work), applicant(unit_of_work)
    which = propose(unit_of_work, who, by)
    answer(unit_of_work, who)
    assistance.end_by_helper(
        unit_of_work, teller(), agent=by, assistance_id=which, reason="调岗", now=NOW
    )
    assert "调岗" in said(unit_of_work, who)[-1]
    with pytest.raises(AssistanceClosed):
        assistance.end_by_helper(
            unit_of_work, teller(), agent=by, assistance_id=which, reason="再来", now=NOW
        )


def test_it_ends_with_the_plan(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    by, shared = agent(unit_of_work), saved(unit_of_work, RESTAURANT)
    who = shared.plan.conversation_id
    which = propose(unit_of_work, who, by)
    answer(unit_of_work, who)
    assert sweep(unit_of_work) == ()
    with engine.begin() as connection:
        connection.execute(update(PLAN_LIVES).values(is_open=False))
    assert sweep(unit_of_work) == (who,)
    assert read(unit_of_work, by, which).assistance.ended_by == "plan"
    assert sweep(unit_of_work) == ()


def test_another_helper_sees_nothing_and_department_staff_proposes_nothing(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    by, who = agent(unit_of_work), applicant(unit_of_work)
    which = propose(unit_of_work, who, by)
    stranger = agent(unit_of_work, "b")
    with pytest.raises(UnknownAssistance):
        read(unit_of_work, stranger, which)
    assert assistance.assisted_by(unit_of_work, stranger) == ()
    boss = staff(unit_of_work, "boss", role=Role.SUPERVISOR)
    assert [one.id for one in assistance.assisted_by(unit_of_work, boss)] == [which]
    with pytest.raises(NotAllowed):
        propose(unit_of_work, applicant(unit_of_work), staff(unit_of_work, role=Role.OFFICER))
    with pytest.raises(UnknownConversation):
        propose(unit_of_work, "nobody", by)
