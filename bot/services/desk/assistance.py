"""One helper for the whole plan: proposed by staff, agreed to by the applicant, ended by either."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.assistance import (
    ALLOWED_ASSISTANCE_STATES,
    Assistance,
    AssistanceClosed,
    AssistanceEvent,
    AssistanceState,
    UnknownAssistance,
)
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.plan_errors import NotLive
from bot.services.bookings.news import BookingTeller, helper_name, say
from bot.services.plans.life_view import LivePlan, view_plan
from bot.services.plans.recipe import PlanComposer
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

APPLICANT, PLAN = "applicant", "plan"


@dataclass(frozen=True)
class HelperCard:
    """What the applicant sees of the helper."""

    assistance: Assistance
    name: str
    phone: str


@dataclass(frozen=True)
class AssistancePage:
    """What the helper sees: the plan only once the applicant has agreed.

    Attributes:
        plan: How the plan stands; None without consent, without a plan, or when it cannot be
            composed any more.
    """

    assistance: Assistance
    helper: str
    plan: LivePlan | None
    events: tuple[AssistanceEvent, ...]


def propose(
    unit_of_work: OpenUnitOfWork,
    teller: BookingTeller,
    *,
    agent: Agent,
    helper_id: int,
    conversation_id: str,
    subject: str,
    now: datetime,
) -> Assistance:
    """Ask an applicant whether a helper may stay for the whole plan.

    Args:
        unit_of_work: Opens a transaction.
        teller: Asks in the conversation.
        agent: Who proposes.
        helper_id: Who would help.
        conversation_id: The applicant's.
        subject: Number of the booking or whistle it comes from; "" for the conversation itself.
        now: The time.

    Raises:
        NotAllowed: The account does not serve applicants.
        UnknownConversation: There is no such conversation.
        UnknownAgent: Nobody has this id.
        HasHelper: There is a helper, or one is being asked about, already.
    """
    if not agent.serves:
        raise NotAllowed
    with unit_of_work() as unit:
        unit.conversations.get(conversation_id)
        helper = unit.people.agent(helper_id)
        if not helper.serves:
            raise NotAllowed
        made = unit.assistances.add(
            conversation_id=conversation_id,
            agent_id=helper.id,
            subject=subject,
            plan_id=None,
            actor=f"agent:{agent.id}",
            now=now,
        )
        unit.people.add_audit(AuditEntry(now, agent.id, "assistance_proposed", conversation_id))
        text = teller.texts.assist_proposed.format(helper=helper.name)
        say(unit, conversation_id, text, teller.texts.consent(), now)
        return made


def answer_proposal(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, agrees: bool, now: datetime
) -> HelperCard:
    """Take the applicant's yes or no; from the yes on the helper sees the newest plan.

    Raises:
        UnknownAssistance: Nobody has asked.
        AssistanceClosed: It has been answered already.
    """
    with unit_of_work() as unit:
        seen = _open_of(unit, conversation_id)
        to = AssistanceState.ACTIVE if agrees else AssistanceState.DECLINED
        plan = unit.plan_lives.of_reader(conversation_id)
        newest = plan[0].plan_id if plan and agrees else None
        return _card(unit, _moved(unit, seen, to, actor=APPLICANT, now=now, plan_id=newest))


def my_helper(unit_of_work: OpenUnitOfWork, conversation_id: str) -> HelperCard | None:
    """Return who helps, or is proposed to help, an applicant."""
    with unit_of_work() as unit:
        found = unit.assistances.open_of(conversation_id)
        return None if found is None else _card(unit, found)


def end_by_applicant(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, now: datetime
) -> HelperCard:
    """End the help; the helper no longer sees the plan. Raises `UnknownAssistance`."""
    with unit_of_work() as unit:
        seen = _open_of(unit, conversation_id)
        return _card(unit, _moved(unit, seen, AssistanceState.ENDED, actor=APPLICANT, now=now))


def end_by_helper(
    unit_of_work: OpenUnitOfWork,
    teller: BookingTeller,
    *,
    agent: Agent,
    assistance_id: int,
    reason: str,
    now: datetime,
) -> Assistance:
    """End the help with a reason that the applicant reads.

    Raises:
        UnknownAssistance: There is none, or it is another helper's.
        AssistanceClosed: It has ended already.
    """
    with unit_of_work() as unit:
        seen = _own(unit, agent, assistance_id)
        ended = _moved(
            unit,
            seen,
            AssistanceState.ENDED,
            actor=f"agent:{agent.id}",
            reason=reason,
            now=now,
        )
        unit.people.add_audit(AuditEntry(now, agent.id, "assistance_ended", seen.conversation_id))
        helper = helper_name(unit, seen.agent_id)
        text = teller.texts.assist_ended_by_helper.format(helper=helper, reason=reason)
        say(unit, seen.conversation_id, text, teller.texts.again(), now)
        return ended


def end_with_plan(
    unit_of_work: OpenUnitOfWork, teller: BookingTeller, *, now: datetime, limit: int
) -> Iterator[str]:
    """End the help whose plan is finished; yields the conversations that were told."""
    with unit_of_work() as unit:
        finished = unit.assistances.of_finished_plans(limit)
    for seen in finished:
        with unit_of_work() as unit:
            is_told = _end_with_plan(unit, teller, seen, now)
        if is_told:
            yield seen.conversation_id


def assisted_by(unit_of_work: OpenUnitOfWork, agent: Agent) -> tuple[Assistance, ...]:
    """Return the open assistances of a helper; all of them for those who oversee."""
    with unit_of_work() as unit:
        return unit.assistances.open_of_agent(None if agent.oversees else agent.id)


def read_assistance(
    unit_of_work: OpenUnitOfWork,
    composer: PlanComposer,
    *,
    agent: Agent,
    assistance_id: int,
    now: datetime,
) -> AssistancePage:
    """Return what the helper sees; each look is put into the audit trail.

    A plan that the applicant made after agreeing is taken up by itself: the newest is the one.

    Raises:
        UnknownAssistance: There is none, or it is another helper's.
    """
    with unit_of_work() as unit:
        seen = _own(unit, agent, assistance_id)
        unit.people.add_audit(AuditEntry(now, agent.id, "assistance_read", seen.conversation_id))
        plan = None
        if seen.state is AssistanceState.ACTIVE:
            plan = _plan(unit, composer, seen, now)
        return AssistancePage(
            assistance=unit.assistances.get(seen.id),
            helper=helper_name(unit, seen.agent_id),
            plan=plan,
            events=unit.assistances.events(seen.id),
        )


def _plan(
    unit: UnitOfWork, composer: PlanComposer, seen: Assistance, now: datetime
) -> LivePlan | None:
    life = None if seen.plan_id is None else unit.plan_lives.of_plan(seen.plan_id)
    if life is None:
        own = unit.plan_lives.of_reader(seen.conversation_id)
        if not own:
            return None
        life = own[0]
        unit.assistances.set_plan(seen.id, life.plan_id)
    first = unit.plan_lives.first_dates([life.plan_id])[life.plan_id]
    try:
        return view_plan(composer, life, first, local_day(now))
    except NotLive:
        return None


def _end_with_plan(
    unit: UnitOfWork, teller: BookingTeller, seen: Assistance, now: datetime
) -> bool:
    if not unit.assistances.move(seen, AssistanceState.ENDED, actor=PLAN, reason="", now=now):
        return False
    text = teller.texts.assist_ended_by_plan.format(helper=helper_name(unit, seen.agent_id))
    return say(unit, seen.conversation_id, text, (), now)


def _open_of(unit: UnitOfWork, conversation_id: str) -> Assistance:
    found = unit.assistances.open_of(conversation_id)
    if found is None:
        raise UnknownAssistance(conversation_id)
    return found


def _own(unit: UnitOfWork, agent: Agent, assistance_id: int) -> Assistance:
    found = unit.assistances.get(assistance_id)
    if found.agent_id != agent.id and not agent.oversees:
        raise UnknownAssistance(str(assistance_id))
    return found


def _moved(
    unit: UnitOfWork,
    seen: Assistance,
    to: AssistanceState,
    *,
    actor: str,
    now: datetime,
    reason: str = "",
    plan_id: int | None = None,
) -> Assistance:
    is_allowed = to in ALLOWED_ASSISTANCE_STATES[seen.state]
    if not is_allowed or not unit.assistances.move(
        seen, to, actor=actor, reason=reason, now=now, plan_id=plan_id
    ):
        raise AssistanceClosed(str(seen.id))
    return unit.assistances.get(seen.id)


def _card(unit: UnitOfWork, assistance: Assistance) -> HelperCard:
    phones = {helper.agent_id: helper.phone for helper in unit.helpers.all()}
    name = helper_name(unit, assistance.agent_id)
    return HelperCard(assistance, name, phones.get(assistance.agent_id, ""))
