"""Who may read a case at the desk, and who may move it."""

from bot.domain.cases import Case, CaseSource
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed
from bot.domain.permissions import Permission


class ReasonNeeded(BotError):
    """What is done by hand needs a reason; the applicant and the history get it."""


def departments_seen(agent: Agent) -> tuple[str, ...] | None:
    """Return whose cases somebody's list shows; None for all of them.

    Department staff sees the cases that the own department leads or has now. The help desk and
    those who oversee see all.
    """
    if agent.may(Permission.READ_CASES_OF_ALL):
        return None
    return (agent.department_id,) if agent.department_id else ()


def sees(agent: Agent, case: Case) -> bool:
    """Tell whether somebody may read a case."""
    seen = departments_seen(agent)
    return agent.may(Permission.READ_CASES) and (
        seen is None or bool(_departments(case).intersection(seen))
    )


def moves(agent: Agent, case: Case) -> bool:
    """Tell whether somebody may move a case: its departments' staff, and those who oversee.

    Nobody here moves a case that the approval platform keeps.
    """
    if case.source is CaseSource.PLATFORM:
        return False
    if agent.may(Permission.MOVE_CASES_OF_ALL):
        return True
    return agent.may(Permission.MOVE_CASES) and sees(agent, case)


def check_moves(agent: Agent, case: Case) -> None:
    """Raise `NotAllowed` unless `moves`."""
    if not moves(agent, case):
        raise NotAllowed


def _departments(case: Case) -> frozenset[str]:
    step = case.current_step
    return frozenset({case.department_id, step.department_id if step else case.department_id})
