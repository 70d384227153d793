"""What the operator sets about bookings from the desk: helpers, absences, the rules themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.bookings import Booking
from bot.domain.errors import BotError
from bot.domain.halls import BadServiceSetting
from bot.domain.helpers import MAX_REASON, Absence, BadAbsence, Helper
from bot.domain.people import AuditEntry, NotAllowed
from bot.services.bookings.desk import Reception
from bot.services.bookings.staff import Staff
from bot.services.ports import UnitOfWork

LONGEST_ABSENCE = timedelta(days=366)


@dataclass(frozen=True)
class AbsenceOutcome:
    """What an absence means for bookings.

    Attributes:
        handed: Those that another helper has taken over, at the same time.
        to_move: Those that nobody can take; their applicants were asked to move them.
    """

    absence: Absence
    handed: tuple[Booking, ...]
    to_move: tuple[Booking, ...]


class SettingChanged(BotError):
    """Somebody else changed the setting since it was read."""


def add_absence(
    reception: Reception, *, agent_id: int, first_at: datetime, last_at: datetime, reason: str
) -> AbsenceOutcome:
    """Enter that a helper is away; the bookings concerned are handed over or listed to be moved.

    Raises:
        NotAllowed: Somebody else's absence is entered by those who oversee only.
        BadAbsence: Empty, backwards, over already, too long, or without a reason.
        UnknownHelper: Nobody has this id.
    """
    if agent_id != reception.agent.id and not reception.agent.oversees:
        raise NotAllowed
    is_sound = reception.now < last_at and first_at < last_at <= first_at + LONGEST_ABSENCE
    if not is_sound or not 0 < len(reason) <= MAX_REASON:
        raise BadAbsence(reason)
    with reception.unit_of_work() as unit:
        unit.helpers.get(agent_id)
        # nobody gives this time away meanwhile; all of them, in the order in which bookings lock
        unit.helpers.lock([each.agent_id for each in unit.helpers.all()])
        absence = unit.helpers.add_absence(
            agent_id=agent_id,
            first_at=first_at,
            last_at=last_at,
            reason=reason,
            entered_by=reception.agent.id,
            now=reception.now,
        )
        _audit(unit, reception, "absence_entered", str(agent_id))
        handed: list[Booking] = []
        to_move: list[Booking] = []
        for booking in unit.helpers.bookings_during(absence):
            if booking.ends_at <= reception.now:
                continue
            (handed if _hand_over(unit, reception, booking) else to_move).append(booking)
        return AbsenceOutcome(absence, tuple(handed), tuple(to_move))


def withdraw_absence(reception: Reception, absence_id: int) -> Absence:
    """Take an absence back; what was handed over stays with the new helper.

    Raises:
        NotAllowed: As in `add_absence`.
        UnknownAbsence: There is none, or it was taken back already.
    """
    with reception.unit_of_work() as unit:
        absence = unit.helpers.withdraw_absence(absence_id, reception.now)
        if absence.agent_id != reception.agent.id and not reception.agent.oversees:
            raise NotAllowed
        _audit(unit, reception, "absence_withdrawn", str(absence.agent_id))
        return absence


def save_helper(reception: Reception, helper: Helper) -> None:
    """Enter or change what a helper does.

    Raises:
        NotAllowed: The account does not oversee.
        UnknownAgent: Nobody has this account.
        UnknownDistrict: No hall serves the home district.
        BadServiceSetting: No district, no way of service, or a capacity out of range.
    """
    _check(reception)
    is_sound = helper.modes and helper.home in helper.districts and 1 <= helper.capacity <= 50  # noqa: PLR2004
    if not is_sound:
        raise BadServiceSetting("helper")
    with reception.unit_of_work() as unit:
        unit.people.agent(helper.agent_id)
        unit.service_settings.hall(helper.home)
        unit.helpers.put(helper)
        _audit(unit, reception, "helper_saved", str(helper.agent_id))


def change_setting(
    reception: Reception, name: str, value: Mapping[str, Any], seen: Mapping[str, Any]
) -> None:
    """Change a setting; the one before is kept, with who changed it.

    Bookings that exist stay as they are, also where the new rule has no slot.

    Raises:
        NotAllowed: The account does not oversee.
        BadServiceSetting: The value cannot be understood.
        SettingChanged: Somebody else changed it since it was read.
    """
    _check(reception)
    with reception.unit_of_work() as unit:
        is_written = unit.service_settings.change(
            name, value, seen=seen, agent_id=reception.agent.id, now=reception.now
        )
        if not is_written:
            raise SettingChanged(name)
        _audit(unit, reception, "setting_changed", name)


def _hand_over(unit: UnitOfWork, reception: Reception, booking: Booking) -> bool:
    """Give a booking to a helper who is free then, else ask the applicant to move it."""
    texts, now = reception.teller.texts, reception.now
    staff = Staff(
        unit,
        booking.district,
        booking.mode,
        now,
        matter_id=booking.matter_id,
        moved=booking.id,
    )
    is_free, found = staff.choose(booking.starts_at, booking.ends_at)
    values: dict[str, object] = (
        {"agent_id": found, "move_asked_at": None} if is_free else {"move_asked_at": now}
    )
    reason = "handed" if is_free else "asked_to_move"
    unit.bookings.note_down(booking, actor=reception.actor, reason=reason, now=now, **values)
    after = unit.bookings.by_number(booking.number)
    text = texts.helper_changed if is_free else texts.move_asked
    reception.teller.about(unit, after, text, now=now, buttons=texts.existing())
    return is_free


def _audit(unit: UnitOfWork, reception: Reception, action: str, subject: str) -> None:
    unit.people.add_audit(AuditEntry(reception.now, reception.agent.id, action, subject))


def _check(reception: Reception) -> None:
    if not reception.agent.oversees:
        raise NotAllowed
