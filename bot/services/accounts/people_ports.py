"""The repository of staff accounts, as use cases see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.people import Agent, AuditEntry, Presence, Role, Session, Way


class PeopleStore(Protocol):
    """Accounts, sessions, presence, login failures and the audit trail."""

    def add_agent(
        self,
        *,
        login: str,
        name: str,
        role: Role,
        password_hash: str,
        department_id: str | None,
        districts: Sequence[str],
        now: datetime,
        must_change_password: bool = False,
    ) -> Agent:
        """Add an account; raises `LoginTaken`."""

    def agent(self, agent_id: int) -> Agent:
        """Return one account; raises `UnknownAgent`."""

    def agents(self) -> list[Agent]:
        """Return all accounts by id."""

    def find_login(self, login: str) -> tuple[Agent, str] | None:
        """Return account and password hash of an active login, else None."""

    def password_hash(self, agent_id: int) -> str | None:
        """Return the password hash of an account."""

    def set_password(self, agent_id: int, password_hash: str, *, must_change: bool = False) -> None:
        """Replace the password hash; raises `UnknownAgent`."""

    def change_agent(
        self,
        agent_id: int,
        *,
        name: str,
        role: Role,
        department_id: str | None,
        districts: Sequence[str],
    ) -> None:
        """Replace name, role, department and districts; raises `UnknownAgent`."""

    def lock_administrators(self) -> list[Agent]:
        """Return the active accounts that manage people; nobody else changes them meanwhile."""

    def set_active(self, agent_id: int, *, is_active: bool) -> None:
        """Open or close an account."""

    def count_attempt(self, login_hash: str, *, now: datetime) -> datetime | None:
        """Count one attempt as failed until proven otherwise.

        Returns:
            None when the attempt may go on; the end of the lock when it may not (then nothing
            is counted).
        """

    def clear_attempts(self, login_hash: str) -> None:
        """Forget the failures of this login."""

    def forget_attempts(self, *, before: datetime) -> int:
        """Delete rows whose last failure is older; returns how many."""

    def open_session(
        self,
        token_hash: str,
        *,
        agent_id: int,
        now: datetime,
        is_code_due: bool = False,
        device: str = "",
        way: Way = Way.PASSWORD,
    ) -> None:
        """Store a new session."""

    def sessions(self, *, since: datetime, agent_id: int | None = None) -> list[Session]:
        """Return the sessions that were not ended and were used after `since`, newest first."""

    def revoke_session_of(self, agent_id: int, session_id: str, *, now: datetime) -> bool:
        """End the session of an account that has this id; False when there is none."""

    def session(self, token_hash: str) -> Session | None:
        """Return the session of this hash, valid or not."""

    def touch_session(self, token_hash: str, *, now: datetime) -> None:
        """Note that the person did something."""

    def revoke_session(self, token_hash: str, *, now: datetime) -> None:
        """End one session."""

    def revoke_sessions(self, agent_id: int, *, now: datetime, keep: str | None = None) -> None:
        """End all sessions of an account, except the one with the hash `keep`."""

    def presence(self, agent_id: int) -> Presence | None:
        """Return the presence of one account, None before its first login."""

    def set_presence(
        self, agent_id: int, *, now: datetime, is_available: bool | None = None
    ) -> None:
        """Store a heartbeat and, unless None, whether conversations are taken."""

    def count_online(self, *, since: datetime) -> int:
        """Count serving people who are available and were heard of after `since`."""

    def add_audit(self, entry: AuditEntry) -> None:
        """Append one entry."""

    def audit(self, *, subject: str | None = None, agent_id: int | None = None) -> list[AuditEntry]:
        """Return entries in the order they were written."""
