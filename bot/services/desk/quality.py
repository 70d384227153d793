"""Quality marks: supervisors mark conversations that are over, agents see what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.domain.quality import Ended, NewMark, NotOver, QualityMark, check_mark
from bot.services.ports import OpenUnitOfWork

BACK = timedelta(days=14)
"""How far back ended conversations are listed."""

SHOWN = 60


@dataclass(frozen=True)
class QualityPage:
    """What somebody sees.

    Attributes:
        ended: What can be marked; empty for those who do not oversee.
        own: Marks of the reader's own work, the newest first.
        names: Names of all staff, by id.
    """

    ended: Sequence[Ended]
    own: Sequence[QualityMark]
    names: dict[int, str]


def quality_page(
    unit_of_work: OpenUnitOfWork, *, agent: Agent, of_agent_id: int | None, now: datetime
) -> QualityPage:
    """Return what can be marked and the reader's own marks.

    Args:
        unit_of_work: Opens the transaction.
        agent: Who reads.
        of_agent_id: Only what this colleague ended, None for all.
        now: Aware, UTC.
    """
    with unit_of_work() as unit:
        ended: Sequence[Ended] = ()
        if agent.may(Permission.READ_EVERY_CONVERSATION):
            ended = unit.quality.ended(since=now - BACK, agent_id=of_agent_id, limit=SHOWN)
        own = unit.quality.of_agent(agent.id, limit=SHOWN)
        names = {one.id: one.name for one in unit.people.agents()}
    return QualityPage(ended, own, names)


def marks_of(unit_of_work: OpenUnitOfWork, conversation_id: str) -> Sequence[QualityMark]:
    """Return the marks of one conversation, the oldest first."""
    with unit_of_work() as unit:
        return unit.quality.of_conversation(conversation_id)


def mark_conversation(
    unit_of_work: OpenUnitOfWork,
    *,
    agent: Agent,
    conversation_id: str,
    mark: NewMark,
    now: datetime,
) -> int:
    """Mark a conversation; returns whose work it was. A later mark stands beside an earlier one.

    Raises:
        NotAllowed: This role does not oversee, or it is the own work.
        NotOver: No agent has ended it.
        BadMark: A no without a remark, or a remark too long.
        UnknownConversation: No such conversation.
    """
    if not agent.may(Permission.READ_EVERY_CONVERSATION):
        raise NotAllowed
    found = check_mark(mark)
    with unit_of_work() as unit:
        unit.conversations.get(conversation_id)
        whose = unit.quality.last_holder(conversation_id)
        if whose is None:
            raise NotOver
        if whose == agent.id:
            raise NotAllowed
        unit.quality.add(conversation_id, agent_id=whose, by_id=agent.id, mark=found, now=now)
        unit.people.add_audit(AuditEntry(now, agent.id, "quality_marked", conversation_id))
    return whose
