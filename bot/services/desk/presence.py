"""Who is there: chosen presence, automatic away, capacity and skills."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.desk_errors import BadProfile
from bot.domain.desk_work import (
    AWAY_AFTER,
    MAX_ANSWER_WITHIN_S,
    MAX_CAPACITY,
    MAX_SKILL_LENGTH,
    MAX_SKILLS,
    MIN_ANSWER_WITHIN_S,
    PresenceState,
    QueueRules,
)
from bot.domain.people import AuditEntry, NotAllowed
from bot.services.desk.handover import serving
from bot.services.ports import OpenUnitOfWork


def choose(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, state: PresenceState, now: datetime
) -> None:
    """Store what an agent says: available, busy or away."""
    with unit_of_work() as unit:
        is_available = state is PresenceState.AVAILABLE
        unit.people.set_presence(agent_id, now=now, is_available=is_available)
        unit.desk_work.change_profile(
            agent_id, state=state.value, is_automatic=False, active_at=now
        )


def beat(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, is_active: bool, now: datetime
) -> PresenceState | None:
    """Note that a desk is alive; goes away by itself when nobody types, and comes back.

    Returns:
        The new state when it changed by this, else None.
    """
    with unit_of_work() as unit:
        unit.people.set_presence(agent_id, now=now)
        presence = unit.people.presence(agent_id)
        profile = unit.desk_work.profile(agent_id)
        is_available = presence is not None and presence.is_available
        if is_active and profile.is_automatic:
            changed = PresenceState.AVAILABLE
        elif is_active or profile.active_at is None:
            unit.desk_work.change_profile(agent_id, active_at=now)
            return None
        elif is_available and now - profile.active_at >= AWAY_AFTER:
            changed = PresenceState.AWAY
        else:
            return None
        back = changed is PresenceState.AVAILABLE
        unit.people.set_presence(agent_id, now=now, is_available=back)
        values = {"active_at": now} if back else {}
        unit.desk_work.change_profile(
            agent_id, state=changed.value, is_automatic=not back, **values
        )
    return changed


def state_of(unit_of_work: OpenUnitOfWork, *, agent_id: int) -> PresenceState:
    """Return what the agent's own switch shows."""
    with unit_of_work() as unit:
        presence = unit.people.presence(agent_id)
        profile = unit.desk_work.profile(agent_id)
    if presence is not None and presence.is_available:
        return PresenceState.AVAILABLE
    is_busy = profile.state is PresenceState.BUSY
    return PresenceState.BUSY if is_busy else PresenceState.AWAY


def set_profile(
    unit_of_work: OpenUnitOfWork,
    *,
    agent_id: int,
    of_agent_id: int,
    capacity: int,
    skills: Sequence[str],
    now: datetime,
) -> None:
    """Store how many conversations an agent takes, and for what the agent is asked first.

    Raises:
        NotAllowed: Only those who oversee may.
        BadProfile: The capacity or a skill is out of range.
        UnknownAgent: No such account.
    """
    cleaned = list(dict.fromkeys(one.strip() for one in skills if one.strip()))
    if not 1 <= capacity <= MAX_CAPACITY or len(cleaned) > MAX_SKILLS:
        raise BadProfile
    if any(len(one) > MAX_SKILL_LENGTH for one in cleaned):
        raise BadProfile
    with unit_of_work() as unit:
        if not serving(unit, agent_id).oversees:
            raise NotAllowed
        unit.people.agent(of_agent_id)
        unit.desk_work.change_profile(of_agent_id, capacity=capacity, skills=cleaned)
        unit.people.add_audit(AuditEntry(now, agent_id, "desk_profile_set", str(of_agent_id)))


def set_queue_rules(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, rules: QueueRules, now: datetime
) -> None:
    """Store how a department's queue finds its agent.

    Raises:
        NotAllowed: Only those who oversee may.
        BadProfile: The seconds are out of range.
    """
    if not MIN_ANSWER_WITHIN_S <= rules.answer_within_s <= MAX_ANSWER_WITHIN_S:
        raise BadProfile
    with unit_of_work() as unit:
        if not serving(unit, agent_id).oversees:
            raise NotAllowed
        unit.desk_work.set_queue_rules(rules, agent_id=agent_id, now=now)
        subject = rules.department_id or "help_desk"
        unit.people.add_audit(AuditEntry(now, agent_id, "queue_rules_set", subject))
