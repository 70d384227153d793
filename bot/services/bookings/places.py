"""The places that a booking takes and gives back."""

from dataclasses import replace
from datetime import datetime

from bot.domain.bookings import Booking, BookingClosed, Contact, SlotProvisional
from bot.domain.halls import Mode, to_local
from bot.domain.slots import Slot
from bot.services.bookings.slots import SlotView
from bot.services.ports import UnitOfWork
from bot.services.services_ports import NewBooking


def agreed_slot(view: SlotView, starts_at: datetime, *, agreed: bool) -> tuple[Slot, bool]:
    """Return the slot that starts at a moment, and whether its day is provisional.

    Raises:
        SlotUnavailable: There is none, or the day is provisional and nobody agreed to that.
    """
    slot = view.slot_at(starts_at)
    is_provisional = view.provisional(to_local(starts_at).date())
    if is_provisional and not agreed:
        raise SlotProvisional(starts_at)
    return slot, is_provisional


def moved(
    seen: Booking, origin: str, district: str, mode: Mode, slot: Slot, *, actor: str
) -> NewBooking:
    """Return what is written for a booking that goes to another slot."""
    return NewBooking(
        origin=origin,
        number=seen.number,
        conversation_id=seen.conversation_id,
        district=district,
        mode=mode,
        slot=slot,
        contact=Contact(seen.contact_name, seen.contact_phone),
        note=seen.note,
        matter_id=seen.matter_id,
        provisional=seen.provisional,
        confirm_by=seen.confirm_by,
        actor=actor,
    )


def swap_places(
    unit: UnitOfWork, seen: Booking, view: SlotView, new: NewBooking, now: datetime
) -> Booking:
    """Take the new place, give the old one back, and move the booking; all or nothing.

    Raises:
        SlotTaken: The new slot is full.
        BookingClosed: Somebody else changed the booking first.
        AlreadyBooked: The telephone number has a booking at that time.
    """
    old_key = (seen.district, seen.mode.value, seen.starts_at)
    new_key = (new.district, new.mode.value, new.slot.starts_at)
    # two bookings that change places with each other lock both slots in the same order
    if old_key < new_key:
        unit.bookings.give_back(seen.district, seen.mode, seen.starts_at)
        agent_id = view.take(new.slot)
    else:
        agent_id = view.take(new.slot)
        unit.bookings.give_back(seen.district, seen.mode, seen.starts_at)
    if not unit.bookings.move(seen, replace(new, agent_id=agent_id), now):
        raise BookingClosed(unit.bookings.by_number(seen.number).state)
    return unit.bookings.by_number(seen.number)
