"""Staff accounts: adding people, logging in and out, sessions, presence."""

import hashlib
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from bot.domain.password_rules import check_password
from bot.domain.people import (
    FAILURES_FORGOTTEN_AFTER,
    MAX_LOGIN_LENGTH,
    MAX_NAME_LENGTH,
    MAX_PASSWORD_LENGTH,
    Agent,
    AuditEntry,
    BadAccount,
    BadCredentials,
    LastAdministrator,
    LoginBusy,
    LoginLocked,
    Role,
    Session,
    SessionExpired,
    Step,
    Way,
    WeakPassword,
    WrongPassword,
)
from bot.services.ports import OpenUnitOfWork, UnitOfWork

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

    def __init__(self, max_concurrent: int = 2, hasher: PasswordHasher | None = None) -> None:
        """Make one.

        Args:
            max_concurrent: Checks that run at the same time.
            hasher: Another cost for new hashes; each hash names the cost of its own check.
        """
        self._hasher = hasher or _hasher()
        self._turns = threading.BoundedSemaphore(max_concurrent)

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
            nobody = _hash_of_nobody()  # made by the first login, known or not
            self._hasher.verify(password_hash or nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._turns.release()
        return password_hash is not None


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


@lru_cache(maxsize=1)
def _hash_of_nobody() -> str:
    """Return a hash that no password has; made once, within the first login."""
    return _hasher().hash(secrets.token_urlsafe(16))


@dataclass(frozen=True)
class Login:
    """A fresh session; `token` goes into the cookie and is shown nowhere else.

    Attributes:
        is_code_due: The session opens nothing until the code of the second factor comes.
    """

    agent: Agent
    token: str
    is_code_due: bool = False


@dataclass(frozen=True)
class SignedIn:
    """Whose session it is, and what is left to do before the desk opens (None: nothing)."""

    agent: Agent
    session: Session
    step: Step | None


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
    by: int | None = None,
    must_change_password: bool = False,
) -> Agent:
    """Add a member of staff.

    Args:
        by: Who adds the account; None for the command line.
        must_change_password: The password opens nothing but the choice of another one.
        unit_of_work: Opens the transaction.
        login: What is typed at the login page; kept in lower case.
        name: Shown to applicants and colleagues.
        role: What the person does.
        password: The first password.
        now: Aware, UTC.
        department_id: The catalogue's department, None for the help desk.
        districts: Division codes served first.
        passwords: Hashes the password.

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
    check_password(password, login=login, name=name)
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
            must_change_password=must_change_password,
        )
        entry = AuditEntry(now, by, "agent_added", f"agent:{agent.id}", role.value)
        unit.people.add_audit(entry)
    return agent


def authenticate(
    unit_of_work: OpenUnitOfWork,
    *,
    login: str,
    password: str,
    now: datetime,
    passwords: Passwords,
    device: str = "",
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
    login_hash = digest(login)
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
    agent = found[0]
    with unit_of_work() as unit:
        factor = unit.second_factors.find(agent.id)
        unit.people.clear_attempts(login_hash)
        is_code_due = factor is not None and factor.confirmed_at is not None
        if is_code_due:
            token = _open(unit, agent, now=now, device=device, is_code_due=True)
        else:
            token = open_session(unit, agent, now=now, device=device, way=Way.PASSWORD)
    return Login(agent=agent, token=token, is_code_due=is_code_due)


def open_session(unit: UnitOfWork, agent: Agent, *, now: datetime, device: str, way: Way) -> str:
    """Open the desk for somebody in an open transaction; returns the token for the cookie."""
    token = _open(unit, agent, now=now, device=device, way=way)
    unit.people.set_presence(agent.id, now=now, is_available=agent.serves)
    unit.people.add_audit(AuditEntry(now, agent.id, "login", None, way.value))
    return token


def _open(
    unit: UnitOfWork,
    agent: Agent,
    *,
    now: datetime,
    device: str,
    way: Way = Way.PASSWORD,
    is_code_due: bool = False,
) -> str:
    token = secrets.token_urlsafe(32)
    unit.people.open_session(
        digest(token),
        agent_id=agent.id,
        now=now,
        is_code_due=is_code_due,
        device=device,
        way=way,
    )
    return token


def resolve_session(
    unit_of_work: OpenUnitOfWork,
    *,
    reading: OpenUnitOfWork | None = None,
    token: str,
    now: datetime,
    is_active: bool,
    second_factor_roles: frozenset[Role] = frozenset(),
) -> SignedIn:
    """Return whose session this is, and what is left to do before the desk opens.

    Args:
        unit_of_work: Opens the transaction that notes activity.
        reading: Opens the one before it, which only reads; None for `unit_of_work`.
        token: What the cookie holds.
        now: Aware, UTC.
        is_active: True when a person did something; keeps the session from going idle.
        second_factor_roles: Roles that need a second factor.

    Raises:
        SessionExpired: Unknown, revoked, idle or too old, or the account was closed.
    """
    token_hash = digest(token)
    with (reading or unit_of_work)() as unit:
        session = unit.people.session(token_hash)
        if session is None or not session.is_valid(now):
            raise SessionExpired
        agent = unit.people.agent(session.agent_id)
        if not agent.is_active:
            raise SessionExpired
        step = _step(unit, agent, session, second_factor_roles)
    if is_active and step is not Step.CODE and now - session.seen_at >= TOUCH_EVERY:
        with unit_of_work() as unit:
            unit.people.touch_session(token_hash, now=now)
    return SignedIn(agent, session, step)


def _step(
    unit: UnitOfWork, agent: Agent, session: Session, second_factor_roles: frozenset[Role]
) -> Step | None:
    if session.is_code_due:
        return Step.CODE
    if session.way is Way.CITY:  # the city's own sign-in asks for what the city wants
        return None
    if agent.must_change_password:
        return Step.PASSWORD
    if agent.role not in second_factor_roles:
        return None
    factor = unit.second_factors.find(agent.id)
    is_confirmed = factor is not None and factor.confirmed_at is not None
    return None if is_confirmed else Step.SECOND_FACTOR


def logout(unit_of_work: OpenUnitOfWork, *, token: str, now: datetime) -> Way | None:
    """End a session; an unknown one is fine. The person no longer counts as online.

    Returns:
        How the person had signed in, None for an unknown session.
    """
    token_hash = digest(token)
    with unit_of_work() as unit:
        session = unit.people.session(token_hash)
        if session is None:
            return None
        unit.people.revoke_session(token_hash, now=now)
        if not session.is_code_due:
            unit.people.set_presence(session.agent_id, now=now, is_available=False)
            unit.people.add_audit(AuditEntry(now, session.agent_id, "logout"))
    return session.way


def change_password(
    unit_of_work: OpenUnitOfWork,
    *,
    agent_id: int,
    password: str,
    now: datetime,
    passwords: Passwords | None = None,
    keep_token: str | None = None,
    present: str | None = None,
) -> None:
    """Set a new password and end all other sessions of this account.

    Args:
        unit_of_work: Opens the transaction.
        agent_id: Whose.
        password: The new one.
        now: Aware, UTC.
        passwords: Hashes and checks.
        keep_token: The session in which it was changed goes on.
        present: The password that holds now; None when an operator sets another one.

    Raises:
        UnknownAgent: No such account.
        WrongPassword: `present` is not the present password; the attempt is counted.
        LoginLocked: Too many wrong ones.
        WeakPassword: The new one is too short, too long, too simple or the present one.
    """
    hasher = passwords or Passwords()
    with unit_of_work() as unit:
        agent = unit.people.agent(agent_id)
    if present is not None:
        confirm_password(unit_of_work, agent=agent, password=present, now=now, passwords=hasher)
        if present == password:
            raise WeakPassword(WeakPassword.SAME)
    check_password(password, login=agent.login, name=agent.name)
    password_hash = hasher.hash(password)
    keep = None if keep_token is None else digest(keep_token)
    with unit_of_work() as unit:
        unit.people.set_password(agent_id, password_hash)
        unit.people.revoke_sessions(agent_id, now=now, keep=keep)
        unit.people.clear_attempts(digest(agent.login))
        unit.people.add_audit(AuditEntry(now, agent_id, "password_changed"))


def confirm_password(
    unit_of_work: OpenUnitOfWork,
    *,
    agent: Agent,
    password: str,
    now: datetime,
    passwords: Passwords,
) -> None:
    """Make sure that the person at the desk knows the password.

    Raises:
        WrongPassword: It is not right; the attempt is counted as at the login.
        LoginLocked: Too many attempts; nothing was checked.
        LoginBusy: Too many checks are running.
    """
    login_hash = digest(agent.login)
    with unit_of_work() as unit:
        locked_until = unit.people.count_attempt(login_hash, now=now)
        password_hash = unit.people.password_hash(agent.id)
    if locked_until is not None:
        raise LoginLocked(locked_until)
    if not passwords.matches(password_hash, password[: MAX_PASSWORD_LENGTH + 1]):
        raise WrongPassword
    with unit_of_work() as unit:
        unit.people.clear_attempts(login_hash)


def close_account(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, now: datetime, by: int | None = None
) -> None:
    """Close an account and end its sessions.

    Raises:
        UnknownAgent: No such account.
        LastAdministrator: Somebody at the desk closes the last account that manages people.
    """
    with unit_of_work() as unit:
        if by is not None:
            check_somebody_stays(unit, without=agent_id)
        unit.people.set_active(agent_id, is_active=False)
        unit.people.revoke_sessions(agent_id, now=now)
        unit.people.add_audit(AuditEntry(now, by, "account_closed", f"agent:{agent_id}"))


def check_somebody_stays(unit: UnitOfWork, *, without: int) -> None:
    """Raise `LastAdministrator` when `without` is the only one who manages people."""
    if [one.id for one in unit.people.lock_administrators()] == [without]:
        raise LastAdministrator


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


def random_password() -> str:
    """Return a first password of 16 letters and digits (95 bits), easy to read out."""
    alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "".join(secrets.choice(alphabet) for _ in range(16))


def digest(text: str) -> str:
    """Return the form in which tokens and other random secrets are stored."""
    return hashlib.sha256(text.encode()).hexdigest()
