"""A booked helper (帮办代办预约): states, history, and the reasons a booking is refused."""

import enum
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import BotError
from bot.domain.halls import Mode
from bot.domain.slots import SlotKind

PHONE_TAIL_LENGTH = 4
"""Digits of the telephone number that prove a booking is one's own."""

MIN_PHONE_DIGITS = 7
MAX_PHONE_DIGITS = 15
"""Shortest landline without area code; longest number of ITU-T E.164."""

MAX_NAME_LENGTH = 40
MAX_NOTE_LENGTH = 500


class BookingState(enum.Enum):
    """Where a booking stands; `CHANGED` is a booking moved to another time."""

    BOOKED = "booked"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    ARRIVED = "arrived"
    NO_SHOW = "no_show"
    DONE = "done"


_FROM_OPEN = frozenset(
    {
        BookingState.CHANGED,
        BookingState.CANCELLED,
        BookingState.ARRIVED,
        BookingState.NO_SHOW,
        BookingState.DONE,
    }
)

ALLOWED_BOOKING_STATES: Mapping[BookingState, frozenset[BookingState]] = {
    BookingState.BOOKED: _FROM_OPEN,
    # moved a second time it is still "changed"
    BookingState.CHANGED: _FROM_OPEN,
    BookingState.CANCELLED: frozenset(),
    BookingState.ARRIVED: frozenset({BookingState.DONE}),
    # came late after all, or was marked by mistake
    BookingState.NO_SHOW: frozenset({BookingState.ARRIVED, BookingState.DONE}),
    BookingState.DONE: frozenset(),
}

STATE_TITLES: Mapping[BookingState, str] = {
    BookingState.BOOKED: "已预约",
    BookingState.CHANGED: "已改期",
    BookingState.CANCELLED: "已取消",
    BookingState.ARRIVED: "已到场",
    BookingState.NO_SHOW: "未到场",
    BookingState.DONE: "已办完",
}
"""What people call each state."""

OPEN_STATES = frozenset({BookingState.BOOKED, BookingState.CHANGED})
"""States that hold a place and can still be changed."""

ENGAGED_STATES = OPEN_STATES | {BookingState.ARRIVED}
"""States in which the helper's time is given away."""


@dataclass(frozen=True)
class FreeSlot:
    """A slot with places left.

    Attributes:
        starts_at: UTC.
        ends_at: UTC.
        free: Places left when it was read.
        provisional: The day's calendar is not published yet: it may turn out to be a holiday.
    """

    starts_at: datetime
    ends_at: datetime
    kind: SlotKind
    free: int
    provisional: bool


@dataclass(frozen=True)
class Booking:
    """One applicant's place at one time; name, telephone and note stay out of `repr`.

    Attributes:
        number: What the applicant is told, `YY-yyyymmdd-nnnn`.
        starts_at: UTC.
        ends_at: UTC.
        provisional: As in `FreeSlot`, when the booking was made or moved.
        agent_id: The helper, None where the hall has named none.
        move_asked_at: Since when the applicant has been asked to move it; None when nobody asks.
        confirm_by: Until when the applicant has to confirm on the telephone; None when not.
    """

    id: int
    number: str
    conversation_id: str
    district: str
    mode: Mode
    starts_at: datetime
    ends_at: datetime
    kind: SlotKind
    state: BookingState
    contact_name: str = field(repr=False)
    contact_phone: str = field(repr=False)
    note: str = field(repr=False)
    matter_id: str | None
    provisional: bool
    created_at: datetime
    updated_at: datetime
    agent_id: int | None = None
    move_asked_at: datetime | None = None
    confirm_by: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether the booking still holds a place."""
        return self.state in OPEN_STATES


@dataclass(frozen=True)
class BookingEvent:
    """One line of a booking's history; never edited.

    Attributes:
        actor: "applicant", "system", or "agent:<id>".
        reason: Machine word or the actor's own sentence.
        starts_at: The time the booking had after the event, UTC.
    """

    booking_id: int
    state: BookingState
    actor: str
    reason: str
    starts_at: datetime
    at: datetime


class SlotUnavailable(BotError):
    """A slot cannot be booked; base of the reasons, each with what is free nearby."""

    def __init__(self, starts_at: datetime, alternatives: tuple[FreeSlot, ...] = ()) -> None:
        super().__init__(starts_at.isoformat())
        self.starts_at = starts_at
        self.alternatives = alternatives


class SlotTaken(SlotUnavailable):
    """All places of the slot are taken."""


class SlotNotOffered(SlotUnavailable):
    """The weekly rule has no such slot: closed, or not the beginning of a half-hour."""


class SlotPast(SlotUnavailable):
    """The slot has begun, or begins too soon for this way of service."""


class SlotTooFar(SlotUnavailable):
    """The slot lies further ahead than can be booked."""


class SlotProvisional(SlotUnavailable):
    """The day's calendar is not published; the applicant must be told and agree first."""


class TooManyBookings(BotError):
    """This telephone number holds as many open bookings as one may."""


class AlreadyBooked(BotError):
    """This telephone number holds a place at that very time."""


class UnknownBooking(BotError):
    """No such booking, or it belongs to somebody else: callers are not told which."""


class BookingClosed(BotError):
    """The booking is cancelled or done and cannot change any more."""

    def __init__(self, state: BookingState) -> None:
        super().__init__(state.value)
        self.state = state


class NotToday(BotError):
    """The booking is for another day: nobody has arrived or stayed away yet."""


class TooManyTries(BotError):
    """Too many wrong telephone digits; wait before the next try."""


class BadContact(BotError):
    """The name or telephone number cannot be used; `part` is "name", "phone" or "note"."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class OriginTaken(BotError):
    """Another transaction has just written for the same inbound message."""


@dataclass(frozen=True)
class Contact:
    """Whom the helper meets or calls; made by `contact`."""

    name: str = field(repr=False)
    phone: str = field(repr=False)


def contact(name: str, phone: str) -> Contact:
    """Clean and check what the applicant gave.

    Raises:
        BadContact: No name, one over `MAX_NAME_LENGTH`, or no dialable number.
    """
    cleaned = " ".join(name.split())
    if not 0 < len(cleaned) <= MAX_NAME_LENGTH:
        raise BadContact("name")
    digits = re.sub(r"[\s()（）\-－—]", "", phone)
    digits = re.sub(r"^(\+|00)86", "", digits)
    if not (digits.isascii() and digits.isdigit()):
        raise BadContact("phone")
    if not MIN_PHONE_DIGITS <= len(digits) <= MAX_PHONE_DIGITS:
        raise BadContact("phone")
    return Contact(cleaned, digits)


def booking_number(text: str) -> str | None:
    """Return the booking number in `text` as it is written on paper, None when there is none.

    Small letters, full-width characters, missing or other hyphens and lost leading zeros are
    understood: "yy 20261123 1" is YY-20261123-0001.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    found = re.search(r"(?<![A-Z])YY[\s\-:号—]*(\d{8})[\s\-—]*(\d{1,6})(?!\d)", plain)
    return f"YY-{found.group(1)}-{int(found.group(2)):04d}" if found else None
