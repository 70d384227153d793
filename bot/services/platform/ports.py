"""The city's approval platform as the use cases see it: what it tells, and how it may fail.

The adapter that speaks HTTP is `bot.platform`; the contract is `docs/approval-platform.md`.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.cases import CaseState


@dataclass(frozen=True)
class PlatformState:
    """A state in the platform's words.

    Attributes:
        known: The same in our table of states, None when ours has no such state.
        words: As the platform writes it.
    """

    known: CaseState | None
    words: str


class EntryKind(enum.Enum):
    """What an entry of a platform's history says."""

    STATE = "state"
    STEP = "step"
    URGED = "urged"
    URGE_ANSWERED = "urge_answered"
    NOTE = "note"
    """Anything else, kinds that a later version of the contract may add among them."""


@dataclass(frozen=True)
class PlatformEntry:
    """One line of a platform's history.

    Attributes:
        id: Unique in the platform and never given twice; an entry pushed again has the same.
        sequence: Place in the history of its case, from 1 without gaps.
        at: Aware UTC.
        state: Of an entry of the kind `STATE`, the state it leads to.
        text: For the applicant to read; often "".
    """

    id: str
    sequence: int
    at: datetime
    kind: EntryKind
    state: PlatformState | None = None
    text: str = ""


@dataclass(frozen=True)
class PlatformStep:
    """A step of a case; `department` is its name or id."""

    name: str
    department: str
    started_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True)
class PlatformStand:
    """What changes about a case.

    Attributes:
        missing: Papers that the applicant has to hand in.
        steps: In order.
    """

    missing: tuple[str, ...]
    steps: tuple[PlatformStep, ...]
    department_phone: str | None = None


@dataclass(frozen=True)
class PlatformCase:
    """A case as the platform tells it.

    Attributes:
        matter: Id in the catalogue, or the platform's own code.
        applicant_name: As registered there.
        promised: Working days, None when the platform names no limit.
        statutory: Working days by law.
        entries: The whole history, by rising sequence, never empty.
        grant: Secret that lets us read this case again without the proof.
    """

    number: str
    matter: str
    matter_name: str
    applicant_name: str = field(repr=False)
    district_id: str
    department: str
    promised: int | None
    statutory: int | None
    stand: PlatformStand
    entries: tuple[PlatformEntry, ...]
    grant: str = field(repr=False)
    is_demo: bool = False

    @property
    def sequence(self) -> int:
        """Return the sequence of the newest entry."""
        return self.entries[-1].sequence


@dataclass(frozen=True)
class PlatformEvent:
    """A pushed change: one entry, and what the case looks like after it."""

    number: str
    entry: PlatformEntry
    stand: PlatformStand


@dataclass(frozen=True)
class PlatformChange:
    """That a case has an entry with this sequence; no more is told to whoever polls."""

    number: str
    sequence: int


@dataclass(frozen=True)
class PlatformChanges:
    """One page of changes; `cursor` is where the next one begins."""

    changes: tuple[PlatformChange, ...]
    cursor: str
    has_more: bool


class PlatformClient(Protocol):
    """Asks the platform; every call ends within the time given, in seconds.

    All calls raise `PlatformTrouble`.
    """

    def find(self, number: str, proof: str, *, within_s: float) -> PlatformCase:
        """Return a case to whoever proves that it is theirs.

        Raises:
            UnknownToPlatform: No such case, or not theirs.
        """

    def refresh(self, number: str, grant: str, *, within_s: float) -> PlatformCase:
        """Return a case that has been proven before.

        Raises:
            UnknownToPlatform: It is gone.
            GrantRefused: It has to be proven again.
        """

    def cases_of(self, phone: str, code: str, *, within_s: float) -> Sequence[PlatformCase]:
        """Return all cases of one applicant, newest first; all pages of them.

        Raises:
            UnknownToPlatform: No such telephone, or not with this code.
        """

    def changes(self, cursor: str | None, *, within_s: float) -> PlatformChanges:
        """Return what has changed since; None begins with what changes from now on.

        Raises:
            CursorGone: Too long ago.
        """

    def urge(self, number: str, grant: str, key: str, *, within_s: float) -> None:
        """Hurry a case; the same key again does nothing. Never tried a second time by itself.

        Raises:
            PlatformRefusedUrge: Urged already, or nothing left to hurry.
            UnknownToPlatform, GrantRefused: As `refresh`.
        """


@dataclass(frozen=True)
class Copy:
    """What we keep of a case of the platform beside the case itself.

    Attributes:
        sequence: Newest entry that we have.
        wanted: Newest entry that we know of; larger while a gap is being fetched.
        fetched_at: When the platform told us last, aware UTC.
    """

    case_id: int
    number: str
    sequence: int
    wanted: int
    grant: str = field(repr=False)
    fetched_at: datetime


@dataclass(frozen=True)
class Ask:
    """A look-up that the platform did not answer in time; answered later in the conversation.

    Attributes:
        number: Of the case, or `of_phone` when all cases of one applicant are asked for.
        proof: "" when the conversation has proven the case before.
    """

    id: int
    conversation_id: str
    number: str
    proof: str = field(repr=False)
    asked_at: datetime

    @property
    def phone(self) -> str | None:
        """Return the telephone whose cases are asked for, None when one case is."""
        is_list = self.number.startswith(PHONE_PREFIX)
        return self.number.removeprefix(PHONE_PREFIX) if is_list else None


PHONE_PREFIX = "phone:"


def of_phone(phone: str) -> str:
    """Return what stands in the place of a number when all cases of a telephone are asked for."""
    return f"{PHONE_PREFIX}{phone}"


class PlatformStore(Protocol):
    """Copies of the platform's cases, and how far we have listened."""

    def copy_of(self, case_id: int) -> Copy | None:
        """Return the copy of a case, None for a case of the register."""

    def lock(self, number: str) -> Copy | None:
        """Return the copy, locked until the transaction ends."""

    def save(self, copy: Copy, next_check_at: datetime | None) -> None:
        """Write a copy; `next_check_at` is when it has to be fetched, None for not at all."""

    def want(self, number: str, sequence: int, now: datetime) -> bool:
        """Note that an entry is missing, to be fetched at once; tells whether it was news."""

    def want_all(self, now: datetime) -> None:
        """Have every open case fetched that somebody follows."""

    def claim_due(self, now: datetime, until: datetime, limit: int) -> Sequence[Copy]:
        """Return copies that have to be fetched; nobody else gets them before `until`."""

    def set_stand(self, case_id: int, stand: PlatformStand, state: CaseState | None) -> None:
        """Write state, missing papers and telephone into the case; None keeps the state."""

    def set_state_words(self, case_id: int, words: str) -> None:
        """Write down a state that only the platform knows; the case counts as open."""

    def adopt(self, case_id: int) -> None:
        """Let the platform keep a case from now on that the register has kept."""

    def retry(self, case_id: int, at: datetime) -> None:
        """Have a copy fetched that could not be fetched now."""

    def cursor(self) -> str | None:
        """Return how far the changes have been read."""

    def heard_at(self) -> datetime | None:
        """Return when the changes were read to their end last."""

    def claim_poll(self, now: datetime, until: datetime) -> bool:
        """Tell whether it is this caller's turn to read changes; nobody else's before `until`."""

    def set_cursor(self, cursor: str | None, heard_at: datetime | None) -> None:
        """Write down how far the changes have been read."""

    def use_nonce(self, nonce: str, now: datetime, expires_at: datetime) -> bool:
        """Tell whether the nonce is used for the first time; forgets those that have expired."""

    def ask_later(self, ask: Ask, expires_at: datetime) -> bool:
        """Keep a look-up for later; False when the same is waiting already."""

    def claim_asks(self, now: datetime, until: datetime, limit: int) -> Sequence[Ask]:
        """Return look-ups that wait; nobody else gets them before `until`."""

    def retry_ask(self, ask_id: int, at: datetime) -> None:
        """Let a look-up wait that could not be answered now."""

    def end_ask(self, ask_id: int) -> bool:
        """Take a look-up away, its proof with it; tells whether it was there."""

    def expire_asks(self, now: datetime) -> Sequence[Ask]:
        """Take away the look-ups that have waited too long, and return them."""
