"""The repository of staff accounts, sessions, presence and the audit trail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError

from bot.domain.people import (
    FAILURES_FORGOTTEN_AFTER,
    SERVING_ROLES,
    Agent,
    AuditEntry,
    LoginTaken,
    Presence,
    Role,
    Session,
    UnknownAgent,
    Way,
    lock_after,
)
from bot.domain.permissions import Permission, roles_with
from bot.services.accounts.audit_ports import AuditFilter
from bot.store.audit import AuditRepository
from bot.store.tables.people import (
    AGENTS,
    DESK_PRESENCE,
    DESK_SESSIONS,
    LOGIN_ATTEMPTS,
)

MAX_DEVICE_LENGTH = 80
SESSION_ID_LENGTH = 16
"""Hex digits of the hash that name a session in lists: 64 bits tell sessions apart."""


class PeopleRepository:
    """Staff on one open transaction."""

    def __init__(self, connection: Connection, audit: AuditRepository) -> None:
        self._connection = connection
        self._audit = audit

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
        values = {
            "must_change_password": must_change_password,
            "login": login,
            "name": name,
            "role": role.value,
            "password_hash": password_hash,
            "department_id": department_id,
            "districts": list(districts),
            "is_active": True,
            "created_at": now,
        }
        try:
            with self._connection.begin_nested():
                result = self._connection.execute(insert(AGENTS).values(values))
        except IntegrityError as error:
            raise LoginTaken(login) from error
        return self.agent(result.inserted_primary_key[0])

    def agent(self, agent_id: int) -> Agent:
        """Return one account; raises `UnknownAgent`."""
        row = self._connection.execute(select(AGENTS).where(AGENTS.c.id == agent_id)).first()
        if row is None:
            raise UnknownAgent(agent_id)
        return to_agent(row)

    def agents(self) -> list[Agent]:
        """Return all accounts by id."""
        rows = self._connection.execute(select(AGENTS).order_by(AGENTS.c.id))
        return [to_agent(row) for row in rows]

    def find_login(self, login: str) -> tuple[Agent, str] | None:
        """Return account and password hash of an active login, else None."""
        query = select(AGENTS).where(AGENTS.c.login == login, AGENTS.c.is_active.is_(True))
        row = self._connection.execute(query).first()
        return None if row is None else (to_agent(row), row.password_hash)

    def password_hash(self, agent_id: int) -> str | None:
        """Return the password hash of an account."""
        query = select(AGENTS.c.password_hash).where(AGENTS.c.id == agent_id)
        found: str | None = self._connection.execute(query).scalar()
        return found

    def set_password(self, agent_id: int, password_hash: str, *, must_change: bool = False) -> None:
        """Replace the password hash."""
        values = {"password_hash": password_hash, "must_change_password": must_change}
        self._update_agent(agent_id, values)

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
        values = {
            "name": name,
            "role": role.value,
            "department_id": department_id,
            "districts": list(districts),
        }
        self._update_agent(agent_id, values)

    def lock_administrators(self) -> list[Agent]:
        """Return the active accounts that manage people; nobody else changes them meanwhile."""
        roles = [role.value for role in roles_with(Permission.MANAGE_PEOPLE)]
        query = (
            select(AGENTS)
            .where(AGENTS.c.role.in_(roles), AGENTS.c.is_active.is_(True))
            .order_by(AGENTS.c.id)
            .with_for_update()
        )
        return [to_agent(row) for row in self._connection.execute(query)]

    def set_active(self, agent_id: int, *, is_active: bool) -> None:
        """Open or close an account."""
        self._update_agent(agent_id, {"is_active": is_active})

    def count_attempt(self, login_hash: str, *, now: datetime) -> datetime | None:
        """Count one attempt as failed until proven otherwise; see `PeopleStore`."""
        mine = LOGIN_ATTEMPTS.c.login_hash == login_hash
        query = select(LOGIN_ATTEMPTS).where(mine).with_for_update()
        row = self._connection.execute(query).first()
        if row is not None and row.locked_until is not None and row.locked_until > now:
            until: datetime = row.locked_until
            return until
        is_old = row is not None and now - row.failed_at > FAILURES_FORGOTTEN_AFTER
        failures = 1 if row is None or is_old else row.failures + 1
        values = {
            "failures": failures,
            "failed_at": now,
            "locked_until": now + lock_after(failures),
        }
        if row is not None:
            self._connection.execute(update(LOGIN_ATTEMPTS).where(mine).values(values))
            return None
        try:
            with self._connection.begin_nested():
                added = {"login_hash": login_hash, **values}
                self._connection.execute(insert(LOGIN_ATTEMPTS).values(added))
        except IntegrityError:  # a parallel first attempt was faster: count on top of it
            return self.count_attempt(login_hash, now=now)
        return None

    def clear_attempts(self, login_hash: str) -> None:
        """Forget the failures of this login."""
        mine = LOGIN_ATTEMPTS.c.login_hash == login_hash
        self._connection.execute(delete(LOGIN_ATTEMPTS).where(mine))

    def forget_attempts(self, *, before: datetime) -> int:
        """Delete rows whose last failure is older; returns how many."""
        old = LOGIN_ATTEMPTS.c.failed_at < before
        count: int = self._connection.execute(delete(LOGIN_ATTEMPTS).where(old)).rowcount
        return count

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
        values = {
            "token_hash": token_hash,
            "agent_id": agent_id,
            "created_at": now,
            "seen_at": now,
            "is_code_due": is_code_due,
            "device": device[:MAX_DEVICE_LENGTH],
            "way": way.value,
        }
        self._connection.execute(insert(DESK_SESSIONS).values(values))

    def session(self, token_hash: str) -> Session | None:
        """Return the session of this hash, valid or not."""
        query = select(DESK_SESSIONS).where(DESK_SESSIONS.c.token_hash == token_hash)
        row = self._connection.execute(query).first()
        return None if row is None else _to_session(row)

    def sessions(self, *, since: datetime, agent_id: int | None = None) -> list[Session]:
        """Return the sessions that were not ended and were used after `since`, newest first."""
        columns = DESK_SESSIONS.c
        query = select(DESK_SESSIONS).where(columns.revoked_at.is_(None), columns.seen_at > since)
        if agent_id is not None:
            query = query.where(columns.agent_id == agent_id)
        rows = self._connection.execute(query.order_by(columns.seen_at.desc()))
        return [_to_session(row) for row in rows]

    def revoke_session_of(self, agent_id: int, session_id: str, *, now: datetime) -> bool:
        """End the session of an account that has this id; False when there is none."""
        columns = DESK_SESSIONS.c
        statement = update(DESK_SESSIONS).where(
            columns.agent_id == agent_id,
            columns.revoked_at.is_(None),
            columns.token_hash.startswith(session_id, autoescape=True),
        )
        return bool(self._connection.execute(statement.values(revoked_at=now)).rowcount)

    def touch_session(self, token_hash: str, *, now: datetime) -> None:
        """Note that the person did something."""
        mine = DESK_SESSIONS.c.token_hash == token_hash
        self._connection.execute(update(DESK_SESSIONS).where(mine).values(seen_at=now))

    def revoke_session(self, token_hash: str, *, now: datetime) -> None:
        """End one session."""
        mine = (DESK_SESSIONS.c.token_hash == token_hash) & DESK_SESSIONS.c.revoked_at.is_(None)
        self._connection.execute(update(DESK_SESSIONS).where(mine).values(revoked_at=now))

    def revoke_sessions(self, agent_id: int, *, now: datetime, keep: str | None = None) -> None:
        """End all sessions of an account, except the one with the hash `keep`."""
        statement = update(DESK_SESSIONS).where(
            DESK_SESSIONS.c.agent_id == agent_id, DESK_SESSIONS.c.revoked_at.is_(None)
        )
        if keep is not None:
            statement = statement.where(DESK_SESSIONS.c.token_hash != keep)
        self._connection.execute(statement.values(revoked_at=now))

    def presence(self, agent_id: int) -> Presence | None:
        """Return the presence of one account, None before its first login."""
        query = select(DESK_PRESENCE).where(DESK_PRESENCE.c.agent_id == agent_id)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return Presence(
            agent_id=row.agent_id, is_available=row.is_available, heartbeat_at=row.heartbeat_at
        )

    def set_presence(
        self, agent_id: int, *, now: datetime, is_available: bool | None = None
    ) -> None:
        """Store a heartbeat and, unless None, whether conversations are taken."""
        values: dict[str, Any] = {"heartbeat_at": now}
        if is_available is not None:
            values["is_available"] = is_available
        mine = DESK_PRESENCE.c.agent_id == agent_id
        result = self._connection.execute(update(DESK_PRESENCE).where(mine).values(values))
        if result.rowcount:
            return
        added = {"agent_id": agent_id, "is_available": bool(is_available), "heartbeat_at": now}
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(DESK_PRESENCE).values(added))
        except IntegrityError:  # the second tab was faster
            self._connection.execute(update(DESK_PRESENCE).where(mine).values(values))

    def count_online(self, *, since: datetime) -> int:
        """Count serving people who are available and were heard of at or after `since`."""
        query = (
            select(func.count())
            .select_from(DESK_PRESENCE.join(AGENTS))
            .where(
                DESK_PRESENCE.c.is_available.is_(True),
                DESK_PRESENCE.c.heartbeat_at >= since,
                AGENTS.c.is_active.is_(True),
                AGENTS.c.role.in_([role.value for role in SERVING_ROLES]),
            )
        )
        return int(self._connection.execute(query).scalar_one())

    def add_audit(self, entry: AuditEntry) -> None:
        """Append one entry to the audit log; it is written when the transaction ends."""
        self._audit.add(entry)

    def audit(self, *, subject: str | None = None, agent_id: int | None = None) -> list[AuditEntry]:
        """Return entries in the order they were written."""
        return self._audit.entries(AuditFilter(subject=subject, agent_id=agent_id))

    def _update_agent(self, agent_id: int, values: dict[str, Any]) -> None:
        statement = update(AGENTS).where(AGENTS.c.id == agent_id).values(values)
        if not self._connection.execute(statement).rowcount:
            raise UnknownAgent(agent_id)


def _to_session(row: Row) -> Session:
    return Session(
        agent_id=row.agent_id,
        created_at=row.created_at,
        seen_at=row.seen_at,
        revoked_at=row.revoked_at,
        is_code_due=bool(row.is_code_due),
        device=row.device,
        way=Way(row.way),
        id=row.token_hash[:SESSION_ID_LENGTH],
    )


def to_agent(row: Row) -> Agent:
    """Make an account of a row of `AGENTS`."""
    return Agent(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        department_id=row.department_id,
        districts=tuple(row.districts),
        is_active=bool(row.is_active),
        must_change_password=bool(row.must_change_password),
    )
