"""Who sees the task of a bad review, who works on it, who appeals, and who decides."""

from collections.abc import Sequence

from bot.domain.errors import BotError
from bot.domain.people import DEPARTMENT_ROLES, Agent, NotAllowed
from bot.domain.permissions import Permission
from bot.domain.rectifications import Act
from bot.domain.reviews import Rectification, RectificationEvent, RectificationState

WORK = frozenset({Act.FOLLOW_UP, Act.RECTIFY, Act.EXPLAIN})


class OwnAppeal(BotError):
    """Who sees to a task, or has appealed, does not decide about the appeal."""


def sees(agent: Agent, task: Rectification) -> bool:
    """Tell whether somebody may read a task: department staff the own department's."""
    if task.owner_id == agent.id:
        return True
    if not agent.may(Permission.READ_REVIEWS):
        return False
    return agent.role not in DEPARTMENT_ROLES or _is_of(agent, task)


def may_name_owner(agent: Agent, task: Rectification) -> bool:
    """Tell whether somebody names who sees to a task."""
    return agent.may(Permission.RECTIFY_REVIEWS) and sees(agent, task)


def can_own(agent: Agent, task: Rectification) -> bool:
    """Tell whether somebody can be named to see to a task."""
    if agent.may(Permission.RECTIFY_REVIEWS):
        return True
    return agent.is_active and agent.role in DEPARTMENT_ROLES and _is_of(agent, task)


def check(
    agent: Agent, task: Rectification, act: Act, history: Sequence[RectificationEvent]
) -> None:
    """Refuse what is not for this person.

    Raises:
        NotAllowed: The work is done by the owner and by those who rectify; the rated side appeals;
            those who rectify decide.
        OwnAppeal: The owner, or who has appealed, decides about the appeal.
    """
    may_rectify = agent.may(Permission.RECTIFY_REVIEWS)
    if act in WORK:
        if not may_rectify and task.owner_id != agent.id:
            raise NotAllowed
    elif act is Act.APPEAL:
        if not agent.may(Permission.APPEAL_REVIEWS) or not _is_of(agent, task):
            raise NotAllowed
    elif not may_rectify:
        raise NotAllowed
    elif agent.id == task.owner_id or f"agent:{agent.id}" == _appellant(history):
        raise OwnAppeal


def _appellant(history: Sequence[RectificationEvent]) -> str:
    appeals = [one.actor for one in history if one.state is RectificationState.APPEALED]
    return appeals[-1] if appeals else ""


def _is_of(agent: Agent, task: Rectification) -> bool:
    if agent.role in DEPARTMENT_ROLES:
        return task.department_id == agent.department_id is not None
    return task.department_id is None
