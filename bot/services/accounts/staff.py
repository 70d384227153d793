"""What an administrator does with accounts: add, change, reset, close, open again, end sessions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import (
    MAX_NAME_LENGTH,
    SESSION_IDLE,
    Agent,
    AuditEntry,
    BadAccount,
    Presence,
    Session,
    UnknownSession,
)
from bot.domain.permissions import DEPARTMENT_ROLES, Permission, Role, grants
from bot.services.accounts.accounts import Passwords, check_somebody_stays, digest
from bot.services.ports import OpenUnitOfWork


@dataclass(frozen=True)
class StaffMember:
    """An account as the list of people shows it."""

    agent: Agent
    presence: Presence | None
    has_second_factor: bool
    is_linked: bool
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Change:
    """What an account is to become."""

    name: str
    role: Role
    department_id: str | None
    districts: tuple[str, ...]


def list_staff(unit_of_work: OpenUnitOfWork, *, now: datetime) -> tuple[StaffMember, ...]:
    """Return all accounts, the active ones first."""
    with unit_of_work() as unit:
        agents = unit.people.agents()
        sessions = unit.people.sessions(since=now - SESSION_IDLE)
        secured, linked = unit.second_factors.confirmed(), unit.city_logins.linked()
        presences = {one.id: unit.people.presence(one.id) for one in agents}
    found = (
        StaffMember(
            agent=one,
            presence=presences[one.id],
            has_second_factor=one.id in secured,
            is_linked=one.id in linked,
            sessions=tuple(s for s in sessions if s.agent_id == one.id and s.is_valid(now)),
        )
        for one in agents
    )
    return tuple(sorted(found, key=lambda one: (not one.agent.is_active, one.agent.id)))


def check_change(change: Change, departments: Collection[str], districts: Collection[str]) -> None:
    """Refuse what makes no account.

    Raises:
        BadAccount: Its text names what is wrong: "name", "department", "district".
    """
    if not 0 < len(change.name) <= MAX_NAME_LENGTH:
        raise BadAccount("name")
    is_staff = change.role in DEPARTMENT_ROLES
    if is_staff and change.department_id is None:
        raise BadAccount("department")
    if change.department_id is not None and change.department_id not in departments:
        raise BadAccount("department")
    if not set(change.districts) <= set(districts):
        raise BadAccount("district")


def change_account(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, change: Change, by: int, now: datetime
) -> None:
    """Change name, role, department and districts; holds with the next click of that person.

    Raises:
        UnknownAgent: No such account.
        LastAdministrator: The last one who manages people would do so no more.
    """
    with unit_of_work() as unit:
        before = unit.people.agent(agent_id)
        if not grants(change.role, Permission.MANAGE_PEOPLE):
            check_somebody_stays(unit, without=agent_id)
        unit.people.change_agent(
            agent_id,
            name=change.name,
            role=change.role,
            department_id=change.department_id,
            districts=change.districts,
        )
        detail = ", ".join(_differences(before, change))
        entry = AuditEntry(now, by, "agent_changed", f"agent:{agent_id}", detail)
        unit.people.add_audit(entry)


def reset_password(
    unit_of_work: OpenUnitOfWork,
    *,
    agent_id: int,
    password: str,
    by: int | None,
    now: datetime,
    passwords: Passwords,
) -> None:
    """Give an account a password that is good for choosing another one; its sessions end.

    Raises:
        UnknownAgent: No such account.
    """
    password_hash = passwords.hash(password)
    with unit_of_work() as unit:
        agent = unit.people.agent(agent_id)
        unit.people.set_password(agent_id, password_hash, must_change=True)
        unit.people.revoke_sessions(agent_id, now=now)
        unit.people.clear_attempts(digest(agent.login))
        unit.people.add_audit(AuditEntry(now, by, "password_reset", f"agent:{agent_id}"))


def open_account_again(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, by: int | None, now: datetime
) -> None:
    """Open a closed account; raises `UnknownAgent`."""
    with unit_of_work() as unit:
        unit.people.set_active(agent_id, is_active=True)
        unit.people.add_audit(AuditEntry(now, by, "account_opened", f"agent:{agent_id}"))


def sessions_of(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, now: datetime
) -> tuple[Session, ...]:
    """Return the sessions of an account that open the desk now, the last used first."""
    with unit_of_work() as unit:
        found = unit.people.sessions(since=now - SESSION_IDLE, agent_id=agent_id)
    return tuple(one for one in found if one.is_valid(now) and not one.is_code_due)


def end_session(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, session_id: str, by: int, now: datetime
) -> None:
    """End one session of an account.

    Raises:
        UnknownSession: The account has none of this id.
    """
    with unit_of_work() as unit:
        if not session_id or not unit.people.revoke_session_of(agent_id, session_id, now=now):
            raise UnknownSession
        unit.people.add_audit(AuditEntry(now, by, "session_ended", f"agent:{agent_id}"))


def end_sessions(
    unit_of_work: OpenUnitOfWork,
    *,
    agent_id: int,
    by: int | None,
    now: datetime,
    keep_token: str | None = None,
) -> None:
    """End all sessions of an account, except the one with this token; raises `UnknownAgent`."""
    with unit_of_work() as unit:
        unit.people.agent(agent_id)
        keep = None if keep_token is None else digest(keep_token)
        unit.people.revoke_sessions(agent_id, now=now, keep=keep)
        unit.people.add_audit(AuditEntry(now, by, "sessions_ended", f"agent:{agent_id}"))


def _differences(before: Agent, after: Change) -> Sequence[str]:
    pairs = (
        ("role", before.role.value, after.role.value),
        ("department", before.department_id or "-", after.department_id or "-"),
        ("districts", "+".join(before.districts), "+".join(after.districts)),
    )
    found = [f"{name} {old}>{new}" for name, old, new in pairs if old != new]
    return [*found, "name"] if before.name != after.name else found
