"""Cases of the reference platform in one SQLite file, with changes and pushes to be sent."""

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain import cases as domain
from bot.domain.cases import CASE_STATE_LABELS, CaseState, CaseStep
from bot.domain.errors import BotError
from bot.domain.identity import compact, proves
from bot.reference_platform.rows import (
    NoSuchCase,
    Row,
    append,
    find_row,
    steps_in,
    steps_out,
    to_json,
    told,
)

SCHEMA = """
CREATE TABLE IF NOT EXISTS cases (number TEXT PRIMARY KEY, phone TEXT NOT NULL, code TEXT NOT NULL,
  state TEXT NOT NULL, steps TEXT NOT NULL, told TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS entries (number TEXT NOT NULL, sequence INTEGER NOT NULL,
  entry TEXT NOT NULL, PRIMARY KEY (number, sequence));
CREATE TABLE IF NOT EXISTS changes (id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL,
  sequence INTEGER NOT NULL, event TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
  next_at REAL);
CREATE INDEX IF NOT EXISTS ix_changes_next_at ON changes (next_at) WHERE next_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS urges (number TEXT NOT NULL, key TEXT NOT NULL, day TEXT NOT NULL,
  PRIMARY KEY (number, day));
CREATE TABLE IF NOT EXISTS nonces (nonce TEXT PRIMARY KEY, expires_at REAL NOT NULL);
"""
LABELS: Mapping[str, CaseState] = {label: state for state, label in CASE_STATE_LABELS.items()}
USUAL = (CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.UNDER_REVIEW, CaseState.COMPLETED)
CHANGES_PAGE = 500
BUSY_S = 20.0


class MoveRefused(BotError):
    """The state is unknown, or cannot follow the one that the case is in."""


class AlreadyUrged(BotError):
    """There is an urge for this day."""


@dataclass(frozen=True)
class NewReferenceCase:
    """A case to begin with.

    Attributes:
        code: Credit code or identity number.
        promised: Working days.
    """

    number: str
    matter: str
    matter_name: str
    applicant_name: str
    phone: str
    code: str
    district: str
    department: str
    promised: int | None = None
    statutory: int | None = None
    department_phone: str | None = None
    demo: bool = False


@dataclass(frozen=True)
class Push:
    """A change to be sent."""

    id: int
    number: str
    event: Row
    tries: int


class ReferenceStore:
    """The platform's data; every call is one transaction, from any thread or process."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        with closing(self._connect()) as connection:
            connection.executescript(SCHEMA)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, isolation_level=None, timeout=BUSY_S)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        return connection

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def add(self, new: NewReferenceCase, at: datetime) -> bool:
        """Receive a case; False when the number is there already."""
        told: Row = {
            "number": new.number,
            "matter": {"code": new.matter, "name": new.matter_name},
            "applicant_name": new.applicant_name,
            "district": new.district,
            "department": new.department,
            "promised_working_days": new.promised,
            "statutory_working_days": new.statutory,
            "demo": new.demo,
            "grant": secrets.token_urlsafe(24),
            "stand": {"missing": [], "department_phone": new.department_phone},
        }
        usual = tuple(CaseStep(CASE_STATE_LABELS[one], one, new.department) for one in USUAL)
        steps = domain.enter(usual, CaseState.RECEIVED, at)
        label = CASE_STATE_LABELS[CaseState.RECEIVED]
        with self._open() as connection:
            if connection.execute("SELECT 1 FROM cases WHERE number = ?", (new.number,)).fetchone():
                return False
            connection.execute(
                "INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?)",
                (
                    new.number,
                    compact(new.phone),
                    compact(new.code),
                    label,
                    steps_out(steps),
                    to_json(told),
                ),
            )
            append(connection, new.number, {"kind": "state", "state": label}, at)
        return True

    def move(
        self,
        number: str,
        state: str,
        at: datetime,
        *,
        text: str = "",
        missing: Sequence[str] = (),
        is_forced: bool = False,
    ) -> None:
        """Move a case.

        Args:
            number: The case.
            state: Label of the contract; any words when forced.
            at: Aware.
            text: For the applicant.
            missing: Papers, for 补正.
            is_forced: Go where the table does not lead; for trying things out.

        Raises:
            NoSuchCase, MoveRefused: See there.
        """
        with self._open() as connection:
            row = find_row(connection, number)
            known = LABELS.get(state)
            here = LABELS.get(row["state"])
            leads = domain.ALLOWED_CASE_TRANSITIONS[here] if here else frozenset(CaseState)
            if not is_forced and (known is None or known not in leads):
                names = "、".join(CASE_STATE_LABELS[one] for one in CaseState if one in leads)
                raise MoveRefused(f"{row['state']} → {state}: {names or '-'}")
            steps = steps_in(row["steps"])
            steps = domain.enter(steps, known, at) if known else steps
            told = json.loads(row["told"])
            told["stand"]["missing"] = list(missing)
            connection.execute(
                "UPDATE cases SET state = ?, steps = ?, told = ? WHERE number = ?",
                (state, steps_out(steps), to_json(told), number),
            )
            append(connection, number, {"kind": "state", "state": state, "text": text}, at)

    def note(self, number: str, kind: str, text: str, at: datetime) -> None:
        """Write another entry, such as the answer to an urge."""
        with self._open() as connection:
            find_row(connection, number)
            append(connection, number, {"kind": kind, "text": text}, at)

    def case(self, number: str) -> Row:
        """Return a case as the contract writes it.

        Raises:
            NoSuchCase: See there.
        """
        with self._open() as connection:
            return told(connection, find_row(connection, number))

    def look_up(self, number: str, proof: str) -> Row:
        """Return a case to whoever proves it.

        Raises:
            NoSuchCase: See there.
        """
        with self._open() as connection:
            row = connection.execute("SELECT * FROM cases WHERE number = ?", (number,)).fetchone()
            known = (row["phone"], row["code"]) if row else ("", "")
            if not proves(proof, known) or row is None:
                raise NoSuchCase(number)
            return told(connection, row)

    def of_applicant(self, phone: str, code: str) -> Sequence[Row]:
        """Return somebody's cases, newest first.

        Raises:
            NoSuchCase: No such telephone, or not exactly one code beside it that fits.
        """
        with self._open() as connection:
            rows = connection.execute(
                "SELECT * FROM cases WHERE phone = ? ORDER BY number DESC", (compact(phone),)
            ).fetchall()
            fitting = {row["code"] for row in rows if proves(code, (row["code"],))}
            if len(fitting) != 1:
                raise NoSuchCase(phone)
            return [told(connection, row) for row in rows if row["code"] in fitting]

    def all_cases(self) -> Sequence[Row]:
        """Return all cases with what the operator may see."""
        with self._open() as connection:
            rows = connection.execute("SELECT * FROM cases ORDER BY number").fetchall()
            return [{**told(connection, row), "state": row["state"]} for row in rows]

    def changes(self, cursor: int | None) -> tuple[Sequence[Row], int, bool]:
        """Return changes after a cursor, the next cursor, and whether there are more."""
        with self._open() as connection:
            newest = connection.execute("SELECT COALESCE(MAX(id), 0) FROM changes").fetchone()[0]
            if cursor is None:
                return (), newest, False
            rows = connection.execute(
                "SELECT id, number, sequence FROM changes WHERE id > ? ORDER BY id LIMIT ?",
                (cursor, CHANGES_PAGE),
            ).fetchall()
        changes = [{"number": row["number"], "sequence": row["sequence"]} for row in rows]
        last = rows[-1]["id"] if rows else cursor
        return changes, last, last < newest

    def urge(self, number: str, key: str, at: datetime) -> None:
        """Write an urge; the same key again does nothing.

        Raises:
            AlreadyUrged: Of the same day, by another key.
        """
        day = at.date().isoformat()
        with self._open() as connection:
            known = connection.execute(
                "SELECT key FROM urges WHERE number = ? AND day = ?", (number, day)
            ).fetchone()
            if known is not None and known["key"] != key:
                raise AlreadyUrged(number)
            if known is None:
                connection.execute("INSERT INTO urges VALUES (?, ?, ?)", (number, key, day))
                append(connection, number, {"kind": "urged"}, at)

    def use_nonce(self, nonce: str, now: float, expires_at: float) -> bool:
        """Tell whether a nonce is used for the first time."""
        with self._open() as connection:
            connection.execute("DELETE FROM nonces WHERE expires_at < ?", (now,))
            done = connection.execute(
                "INSERT OR IGNORE INTO nonces VALUES (?, ?)", (nonce, expires_at)
            )
            return done.rowcount == 1

    def due_pushes(self, now: float) -> Sequence[Push]:
        """Return the oldest unsent change of each case, if it is due."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT * FROM changes WHERE next_at IS NOT NULL AND id IN (SELECT MIN(id) FROM "
                "changes WHERE next_at IS NOT NULL GROUP BY number) AND next_at <= ? ORDER BY id",
                (now,),
            ).fetchall()
        return [
            Push(row["id"], row["number"], json.loads(row["event"]), row["tries"]) for row in rows
        ]

    def newest_event(self, number: str) -> Row:
        """Return the newest change of a case, sent or not."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT event FROM changes WHERE number = ? ORDER BY id DESC LIMIT 1", (number,)
            ).fetchone()
        event: Row = json.loads(row["event"])
        return event

    def pushed(self, push: Push, next_at: float | None) -> None:
        """Write down that a change was sent, or when it is tried again."""
        with self._open() as connection:
            connection.execute(
                "UPDATE changes SET tries = tries + 1, next_at = ? WHERE id = ?",
                (next_at, push.id),
            )
