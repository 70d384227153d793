"""Who may see an application, who may receive it, who may decide about it."""

from bot.domain.cases import Case
from bot.domain.catalogue import Catalogue
from bot.domain.people import Agent, NotAllowed
from bot.domain.permissions import Permission


def sees(agent: Agent, case: Case, catalogue: Catalogue) -> bool:
    """Tell whether somebody may read an application.

    The comprehensive window (agents) and those who oversee read all; an officer reads those that
    the own department leads or assists in, and so does the head of the department.
    """
    if not agent.may(Permission.READ_APPLICATIONS):
        return False
    is_concerned = agent.department_id in _departments(case, catalogue)
    return is_concerned or agent.may(Permission.READ_APPLICATIONS_OF_ALL)


def receives(agent: Agent, case: Case, catalogue: Catalogue) -> bool:
    """Tell whether somebody may accept an application or ask for papers: the window may.

    Of department staff only the leading department's.
    """
    if not agent.may(Permission.RECEIVE_APPLICATIONS):
        return False
    if agent.may(Permission.READ_APPLICATIONS_OF_ALL):
        return sees(agent, case, catalogue)
    return agent.department_id == case.department_id


def decides(agent: Agent, case: Case) -> bool:
    """Tell whether somebody may review, finish, refuse, return: the leading department may."""
    if not agent.may(Permission.DECIDE_APPLICATIONS):
        return False
    is_lead = agent.department_id == case.department_id
    return is_lead or agent.may(Permission.READ_APPLICATIONS_OF_ALL)


def departments_seen(agent: Agent) -> tuple[str, ...] | None:
    """Return whose applications a list shows; None for all of them."""
    if agent.may(Permission.READ_APPLICATIONS_OF_ALL):
        return None
    return (agent.department_id,) if agent.department_id else ("",)


def check_sees(agent: Agent, case: Case, catalogue: Catalogue) -> None:
    """Raise `NotAllowed` unless `sees`."""
    if not sees(agent, case, catalogue):
        raise NotAllowed


def check_receives(agent: Agent, case: Case, catalogue: Catalogue) -> None:
    """Raise `NotAllowed` unless `receives`."""
    if not receives(agent, case, catalogue):
        raise NotAllowed


def check_decides(agent: Agent, case: Case) -> None:
    """Raise `NotAllowed` unless `decides`."""
    if not decides(agent, case):
        raise NotAllowed


def _departments(case: Case, catalogue: Catalogue) -> frozenset[str]:
    matter = catalogue.matters.get(case.matter_id)
    assisting = matter.assisting_department_ids if matter else ()
    steps = (step.department_id for step in case.steps)
    return frozenset({case.department_id, *assisting, *steps})
