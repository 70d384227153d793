"""Staff accounts: adding people, logging in and out, sessions, presence."""

import hashlib
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from bot.domain.people import (
    FAILURES_FORGOTTEN_AFTER,
    MAX_LOGIN_LENGTH,
    MAX_NAME_LENGTH,
    MAX_PASSWORD_LENGTH,
    MIN_PASSWORD_LENGTH,
    Agent,
    AuditEntry,
    BadAccount,
    BadCredentials,
    LoginBusy,
    LoginLocked,
    Role,
    SessionExpired,
    WeakPassword,
)
from bot.services.ports import OpenUnitOfWork

VERIFY_WAIT_S = 5.0
"""How long a login waits for its turn before it is told to try again."""

TOUCH_EVERY = timedelta(seconds=15)
"""Activity is noted this often at most: each note is a write."""


class Passwords:
    """Hashes and checks passwords with Argon2id, a few at a time.

    One check takes 19 MiB and a core for some tens of milliseconds, so a crowd of logins must
    not run at once.

    Source: OWASP Password Storage Cheat Sheet (m = 19 MiB, t = 2, p = 1).
    """

    def __init__(self, max_concurrent: int = 2) -> None:
        self._hasher = PasswordHasher(
            time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID
        )
        self._turns = threading.BoundedSemaphore(max_concurrent)
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def hash(self, password: str) -> str:
        """Return a new salted hash."""
        with self._turns:
            return self._hasher.hash(password)

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Check a password; an unknown user (None) costs the same time and never matches.

        Raises:
            LoginBusy: No turn became free in time.
        """
        if not self._turns.acquire(timeout=VERIFY_WAIT_S):
            raise LoginBusy
        try:
            self._hasher.verify(password_hash or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._turns.release()
        return password_hash is not None


@dataclass(frozen=True)
class Login:
    """A fresh session; `token` goes into the cookie and is shown nowhere else."""

    agent: Agent
    token: str


def add_agent(
    unit_of_work: OpenUnitOfWork,
    *,
    login: str,
    name: str,
    role: Role,
    password: str,
    now: datetime,
    department_id: str | None = None,
    districts: Sequence[str] = (),
    passwords: Passwords | None = None,
) -> Agent:
    """Add a member of staff.

    Raises:
        LoginTaken: The login exists.
        BadAccount: Login or name is empty or too long.
        WeakPassword: The password is too short or too long.
    """
    login = normalise_login(login)
    name = name.strip()
    if not 0 < len(login) <= MAX_LOGIN_LENGTH or any(char.isspace() for char in login):
        raise BadAccount("login")
    if not 0 < len(name) <= MAX_NAME_LENGTH:
        raise BadAccount("name")
    _check_password(login, password)
    password_hash = (passwords or Passwords()).hash(password)
    with unit_of_work() as unit:
        agent = unit.people.add_agent(
            login=login,
            name=name,
            role=role,
            password_hash=password_hash,
            department_id=department_id,
            districts=districts,
            now=now,
        )
        unit.people.add_audit(AuditEntry(now, None, "agent_added", str(agent.id)))
    return agent


def authenticate(
    unit_of_work: OpenUnitOfWork,
    *,
    login: str,
    password: str,
    now: datetime,
    passwords: Passwords,
) -> Login:
    """Open a session, or refuse in the same way whatever is wrong.

    The attempt is counted before the password is checked, so that a hundred parallel guesses
    are a hundred failures. The check itself runs between two transactions: it is slow, and a
    write lock on SQLite stops everyone else.

    Raises:
        BadCredentials: Unknown login, closed account or wrong password.
        LoginLocked: Too many failures; nothing was checked.
        LoginBusy: Too many checks are running; nothing was checked.
    """
    login = normalise_login(login)
    login_hash = _digest(login)
    with unit_of_work() as unit:
        locked_until = unit.people.count_attempt(login_hash, now=now)
        found = unit.people.find_login(login)
    if locked_until is not None:
        raise LoginLocked(locked_until)
    password_hash = None if found is None else found[1]
    is_right = passwords.matches(password_hash, password[: MAX_PASSWORD_LENGTH + 1])
    if found is None or not is_right:
        with unit_of_work() as unit:
            agent_id = None if found is None else found[0].id
            unit.people.add_audit(AuditEntry(now, agent_id, "login_failed"))
        raise BadCredentials
    agent, token = found[0], secrets.token_urlsafe(32)
    with unit_of_work() as unit:
        unit.people.clear_attempts(login_hash)
        unit.people.open_session(_digest(token), agent_id=agent.id, now=now)
        unit.people.set_presence(agent.id, now=now, is_available=agent.serves)
        unit.people.add_audit(AuditEntry(now, agent.id, "login"))
    return Login(agent=agent, token=token)


def resolve_session(
    unit_of_work: OpenUnitOfWork, *, token: str, now: datetime, is_active: bool
) -> Agent:
    """Return whose session this is.

    Args:
        unit_of_work: Opens the transaction.
        token: What the cookie holds.
        now: Aware, UTC.
        is_active: True when a person did something; keeps the session from going idle.

    Raises:
        SessionExpired: Unknown, revoked, idle or too old, or the account was closed.
    """
    token_hash = _digest(token)
    with unit_of_work() as unit:
        session = unit.people.session(token_hash)
        if session is None or not session.is_valid(now):
            raise SessionExpired
        agent = unit.people.agent(session.agent_id)
        if not agent.is_active:
            raise SessionExpired
        if is_active and now - session.seen_at >= TOUCH_EVERY:
            unit.people.touch_session(token_hash, now=now)
    return agent


def logout(unit_of_work: OpenUnitOfWork, *, token: str, now: datetime) -> None:
    """End a session; an unknown one is fine. The person no longer counts as online."""
    token_hash = _digest(token)
    with unit_of_work() as unit:
        session = unit.people.session(token_hash)
        if session is None:
            return
        unit.people.revoke_session(token_hash, now=now)
        unit.people.set_presence(session.agent_id, now=now, is_available=False)
        unit.people.add_audit(AuditEntry(now, session.agent_id, "logout"))


def change_password(
    unit_of_work: OpenUnitOfWork,
    *,
    agent_id: int,
    password: str,
    now: datetime,
    passwords: Passwords | None = None,
    keep_token: str | None = None,
) -> None:
    """Set a new password and end all other sessions of this account.

    Raises:
        UnknownAgent: No such account.
        WeakPassword: The password is too short or too long.
    """
    with unit_of_work() as unit:
        agent = unit.people.agent(agent_id)
    _check_password(agent.login, password)
    password_hash = (passwords or Passwords()).hash(password)
    keep = None if keep_token is None else _digest(keep_token)
    with unit_of_work() as unit:
        unit.people.set_password(agent_id, password_hash)
        unit.people.revoke_sessions(agent_id, now=now, keep=keep)
        unit.people.clear_attempts(_digest(agent.login))
        unit.people.add_audit(AuditEntry(now, agent_id, "password_changed"))


def close_account(unit_of_work: OpenUnitOfWork, *, agent_id: int, now: datetime) -> None:
    """Close an account and end its sessions; raises `UnknownAgent`."""
    with unit_of_work() as unit:
        unit.people.set_active(agent_id, is_active=False)
        unit.people.revoke_sessions(agent_id, now=now)
        unit.people.add_audit(AuditEntry(now, agent_id, "account_closed"))


def heartbeat(
    unit_of_work: OpenUnitOfWork,
    *,
    agent_id: int,
    now: datetime,
    is_available: bool | None = None,
) -> bool:
    """Note that a desk is alive; returns whether this person takes conversations.

    Args:
        unit_of_work: Opens the transaction.
        agent_id: Whose desk.
        now: Aware, UTC.
        is_available: The new choice of 在线 or 离开, None to leave it.
    """
    with unit_of_work() as unit:
        unit.people.set_presence(agent_id, now=now, is_available=is_available)
        presence = unit.people.presence(agent_id)
    return presence is not None and presence.is_available


def forget_old_attempts(unit_of_work: OpenUnitOfWork, *, now: datetime) -> int:
    """Delete login failures that no longer count; called by the clock. Returns how many."""
    with unit_of_work() as unit:
        return unit.people.forget_attempts(before=now - FAILURES_FORGOTTEN_AFTER)


def normalise_login(login: str) -> str:
    """Return the form in which logins are stored and compared."""
    return login.strip().lower()


def _check_password(login: str, password: str) -> None:
    if not MIN_PASSWORD_LENGTH <= len(password) <= MAX_PASSWORD_LENGTH:
        raise WeakPassword
    if password.strip().lower() == login:
        raise WeakPassword


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
