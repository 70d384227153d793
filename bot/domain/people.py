"""The staff behind the desk: who they are, what they may do, when they count as online."""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import BotError

HEARTBEAT_TIMEOUT = timedelta(seconds=60)
"""An agent whose desk has been silent for longer loses the conversations to the queue."""

SESSION_IDLE = timedelta(minutes=30)
"""A session in which nobody did anything for this long is over."""

SESSION_LIFETIME = timedelta(hours=12)
"""A session is over after this time, used or not."""

MIN_PASSWORD_LENGTH = 10
MAX_PASSWORD_LENGTH = 200
MAX_LOGIN_LENGTH = 64
MAX_NAME_LENGTH = 40

FREE_FAILURES = 5
"""Wrong passwords in a row that cost no waiting time."""

FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(hours=1)

FAILURES_FORGOTTEN_AFTER = timedelta(hours=24)
"""Old failures no longer count; the row may be deleted."""


class Role(enum.Enum):
    """What a member of staff does."""

    AGENT = "agent"
    OFFICER = "officer"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


DEPARTMENT_ROLES = frozenset({Role.OFFICER, Role.HEAD})
"""Roles of department staff; a head also has the overdue cases of the department."""

SERVING_ROLES = frozenset({Role.AGENT, Role.SUPERVISOR, Role.ADMIN})
"""Roles that talk to applicants; department staff works on tickets and cases only."""

OVERSEEING_ROLES = frozenset({Role.SUPERVISOR, Role.ADMIN})
"""Roles that may read a conversation which is not theirs."""


class LoginTaken(BotError):
    """Another account has this login already."""


class WeakPassword(BotError):
    """The password is too short, too long or equal to the login."""


class BadAccount(BotError):
    """The login or the display name is empty or too long."""


class UnknownAgent(BotError):
    """No account has this id."""


class BadCredentials(BotError):
    """Login and password do not belong together; never says which of them is wrong."""


class SessionExpired(BotError):
    """The session is unknown, revoked, idle for too long or too old."""


class NotAllowed(BotError):
    """The account's role does not cover this."""


class LoginLocked(BotError):
    """Too many failures; the account name may be tried again at `until` (aware, UTC)."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class LoginBusy(BotError):
    """Too many passwords are being checked at this moment."""


@dataclass(frozen=True)
class Agent:
    """A member of staff.

    Attributes:
        login: What is typed at the login page; lower case, unique.
        name: Shown to applicants and colleagues (Chinese).
        department_id: Id of the catalogue's department, None for the help desk itself.
        districts: Division codes served first; empty means the whole city.
        is_active: False once the person has left; such an account cannot log in.
    """

    id: int
    login: str
    name: str
    role: Role
    department_id: str | None = None
    districts: tuple[str, ...] = ()
    is_active: bool = True

    @property
    def serves(self) -> bool:
        """Tell whether this person talks to applicants."""
        return self.is_active and self.role in SERVING_ROLES

    @property
    def oversees(self) -> bool:
        """Tell whether this person may read other people's conversations."""
        return self.is_active and self.role in OVERSEEING_ROLES


@dataclass(frozen=True)
class Session:
    """One login on one browser; the secret itself is stored nowhere.

    Attributes:
        created_at: Time of the login.
        seen_at: Last time the person did something (a heartbeat alone does not count).
    """

    agent_id: int
    created_at: datetime
    seen_at: datetime
    revoked_at: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Tell whether the session may still be used at `now`."""
        return (
            self.revoked_at is None
            and now - self.seen_at < SESSION_IDLE
            and now - self.created_at < SESSION_LIFETIME
        )


@dataclass(frozen=True)
class Presence:
    """Whether a person takes conversations, and when the desk was last heard of."""

    agent_id: int
    is_available: bool
    heartbeat_at: datetime

    def is_online(self, now: datetime) -> bool:
        """Tell whether the person can take a conversation now."""
        return self.is_available and now - self.heartbeat_at <= HEARTBEAT_TIMEOUT


@dataclass(frozen=True)
class AuditEntry:
    """Who looked at or did what; entries are added and never changed.

    Attributes:
        agent_id: The person, None for the system or an unknown login.
        action: Machine word ("conversation_read", "login_failed", ...).
        subject: Id of what it was done to, such as a conversation; None when there is none.
    """

    at: datetime
    agent_id: int | None
    action: str
    subject: str | None = None


def lock_after(failures: int) -> timedelta:
    """Return how long a login is locked after so many failures in a row.

    Nothing for the first few, then doubling from half a minute up to one hour.

    Source: OWASP ASVS 5.0, V6.1.1 (a documented defence against guessing).
    """
    over = failures - FREE_FAILURES
    if over < 0:
        return timedelta(0)
    doubled: timedelta = FIRST_LOCK * 2 ** min(over, 20)
    return min(doubled, LONGEST_LOCK)
