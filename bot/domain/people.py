"""The staff behind the desk: who they are, what they may do, when they count as online."""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.audit import AuditEntry as AuditEntry  # noqa: PLC0414 - asked for here
from bot.domain.errors import BotError
from bot.domain.permissions import DEPARTMENT_ROLES as DEPARTMENT_ROLES  # noqa: PLC0414 - asked for here
from bot.domain.permissions import Permission, grants, roles_with
from bot.domain.permissions import Role as Role  # noqa: PLC0414 - asked for here

HEARTBEAT_TIMEOUT = timedelta(seconds=60)
"""An agent whose desk has been silent for longer loses the conversations to the queue."""

SESSION_IDLE = timedelta(minutes=30)
"""A session in which nobody did anything for this long is over."""

SESSION_LIFETIME = timedelta(hours=12)
"""A session is over after this time, used or not."""

CODE_WITHIN = timedelta(minutes=10)
"""So long a right password waits for the code of the second factor."""

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


SERVING_ROLES = roles_with(Permission.SERVE_APPLICANTS)
"""Roles that talk to applicants; department staff works on tickets and cases only."""


class LoginTaken(BotError):
    """Another account has this login already."""


class WeakPassword(BotError):
    """The password will not do; `why` is one of the words below."""

    LENGTH, PERSONAL, SIMPLE, COMMON, SAME = "length", "personal", "simple", "common", "same"

    def __init__(self, why: str = LENGTH) -> None:
        super().__init__(why)
        self.why = why


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
        must_change_password: The password was chosen by somebody else.
    """

    id: int
    login: str
    name: str
    role: Role
    department_id: str | None = None
    districts: tuple[str, ...] = ()
    is_active: bool = True
    must_change_password: bool = False

    def may(self, permission: Permission) -> bool:
        """Tell whether the permission matrix lets this person do something."""
        return self.is_active and grants(self.role, permission)

    @property
    def serves(self) -> bool:
        """Tell whether this person talks to applicants."""
        return self.may(Permission.SERVE_APPLICANTS)

    @property
    def oversees(self) -> bool:
        """Tell whether this person may read other people's conversations."""
        return self.may(Permission.READ_EVERY_CONVERSATION)


class Way(enum.Enum):
    """How somebody signed in."""

    PASSWORD = "password"  # noqa: S105 - a word
    CITY = "city"


class Step(enum.Enum):
    """What is left to do before the desk opens, in this order."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - a word
    SECOND_FACTOR = "second_factor"


class StepNeeded(BotError):
    """The session is good, but something has to be done first."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.value)
        self.step = step


class WrongPassword(BotError):
    """The present password, asked for again, is not right."""


class WrongCode(BotError):
    """The code of the second factor is wrong, too old or was used before."""


class NoSecondFactor(BotError):
    """The account has no second factor, or none that waits to be confirmed."""


class LastAdministrator(BotError):
    """Nobody would be left who can manage accounts."""


class UnknownSession(BotError):
    """No such session of this account."""


@dataclass(frozen=True)
class Session:
    """One login on one browser; the secret itself is stored nowhere.

    Attributes:
        created_at: Time of the login.
        seen_at: Last time the person did something (a heartbeat alone does not count).
        is_code_due: The password was right, the code of the second factor has not come yet.
        device: Browser and system in words, as far as the browser tells.
        way: How the person signed in.
        id: Names the session in lists; opens nothing.
    """

    agent_id: int
    created_at: datetime
    seen_at: datetime
    revoked_at: datetime | None = None
    is_code_due: bool = False
    device: str = ""
    way: Way = Way.PASSWORD
    id: str = ""

    def is_valid(self, now: datetime) -> bool:
        """Tell whether the session may still be used at `now`."""
        lifetime = CODE_WITHIN if self.is_code_due else SESSION_LIFETIME
        return (
            self.revoked_at is None
            and now - self.seen_at < SESSION_IDLE
            and now - self.created_at < lifetime
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
