"""Keeping a slot while somebody decides, and the waiting list for slots that are full."""

from datetime import datetime

from bot.domain.bookings import Booking, FreeSlot, contact
from bot.domain.halls import Mode
from bot.domain.slots import Slot
from bot.domain.wait_errors import NoOffer, NothingToWaitFor, PlacesFree
from bot.domain.waits import Hold, HoldPurpose, Wait, WaitState
from bot.planner.calendar import WorkingCalendar
from bot.services.bookings.bookings import book
from bot.services.bookings.slots import ALTERNATIVES, Asker, SlotView
from bot.services.ports import OpenUnitOfWork, UnitOfWork


def hold_slot(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    district: str,
    mode: Mode,
    starts_at: datetime,
    now: datetime,
    calendar: WorkingCalendar,
    matter_id: str | None = None,
    moved: int | None = None,
) -> Hold:
    """Keep a slot for a conversation; what it kept before is free again.

    The hold ends by itself: from `until` on nobody counts it. Asking again for the same slot does
    not make it last longer. `moved` is the id of a booking that is to be moved there.

    Raises:
        UnknownDistrict: No hall serves the district.
        SlotUnavailable: As in `book`; what was kept before stays.
    """
    with unit_of_work() as unit:
        unit.service_settings.hall(district)
        asker = Asker(conversation_id, matter_id, moved)
        view = SlotView(unit, district, mode, now, calendar, asker=asker)
        slot = view.slot_at(starts_at)
        before = unit.booking_holds.of(conversation_id, HoldPurpose.DECIDING)
        if before and before.is_live(now) and _is_same(before, district, mode, slot):
            return before
        hold = Hold(
            conversation_id=conversation_id,
            purpose=HoldPurpose.DECIDING,
            district=district,
            mode=mode,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            kind=slot.kind,
            until=now + unit.service_settings.booking_rules().hold,
            agent_id=view.keep(slot),
        )
        unit.booking_holds.put(hold)
        return hold


def held_slot(unit_of_work: OpenUnitOfWork, conversation_id: str) -> Hold | None:
    """Return the slot that is, or was last, kept for somebody who decides."""
    with unit_of_work() as unit:
        return unit.booking_holds.of(conversation_id, HoldPurpose.DECIDING)


def release_slot(unit_of_work: OpenUnitOfWork, conversation_id: str) -> None:
    """Give back the slot that is kept for somebody who decides."""
    with unit_of_work() as unit:
        unit.booking_holds.release(conversation_id, HoldPurpose.DECIDING)


def join_waiting(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    district: str,
    mode: Mode,
    first_at: datetime,
    last_at: datetime,
    contact_name: str,
    contact_phone: str,
    now: datetime,
    calendar: WorkingCalendar,
    matter_id: str | None = None,
) -> tuple[Wait, int]:
    """Join the waiting list for slots that start in [first_at, last_at).

    Who waits for something else already leaves that line.

    Returns:
        The line, and how many joined before.

    Raises:
        BadContact: Name or telephone number cannot be used.
        UnknownDistrict: No hall serves the district.
        NothingToWaitFor: No slot is offered there, or all of them are over.
        PlacesFree: Nobody has to wait; the free slots come with it.
    """
    person = contact(contact_name, contact_phone)
    with unit_of_work() as unit:
        unit.service_settings.hall(district)
        asker = Asker(conversation_id, matter_id)
        view = SlotView(unit, district, mode, now, calendar, asker=asker)
        slots = view.slots_between(first_at, last_at)
        if not slots:
            raise NothingToWaitFor(first_at.isoformat())
        lines = unit.booking_waits.of_conversation(conversation_id)
        known = _same_wait(lines, district, mode, first_at, last_at)
        if known is not None:
            return known, unit.booking_waits.ahead(known)
        free = [slot for slot in slots if view.has_place(slot)]
        if free:
            raise PlacesFree(tuple(_shown(slot) for slot in free[:ALTERNATIVES]))
        for line in lines:  # one line each: nobody waits in two places
            if line.state is WaitState.WAITING:
                unit.booking_waits.move(line, WaitState.LEFT, actor="applicant", now=now)
        wait = unit.booking_waits.join(
            origin=origin,
            conversation_id=conversation_id,
            district=district,
            mode=mode,
            first_at=first_at,
            last_at=last_at,
            contact=person,
            matter_id=matter_id,
            now=now,
        )
        return wait, unit.booking_waits.ahead(wait)


def my_waits(unit_of_work: OpenUnitOfWork, conversation_id: str) -> tuple[Wait, ...]:
    """Return the lines of a conversation on the waiting list, in order of joining."""
    with unit_of_work() as unit:
        return unit.booking_waits.of_conversation(conversation_id)


def accept_offer(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    now: datetime,
    calendar: WorkingCalendar,
) -> Booking:
    """Book the slot that is offered to a conversation; the same `origin` again returns it.

    Raises:
        NoOffer: Nothing is offered, or the time for it is over.
        BotError: As in `book`; the offer stays until its time is over.
    """
    with unit_of_work() as unit:
        first = unit.bookings.by_origin(origin)
        if first is not None:
            return first
        wait = _offered(unit, conversation_id)
    if wait.offered_at is None or wait.offer_until is None or now >= wait.offer_until:
        raise NoOffer(conversation_id)
    return book(
        unit_of_work,
        origin=origin,
        conversation_id=conversation_id,
        district=wait.district,
        mode=wait.mode,
        starts_at=wait.offered_at,
        contact_name=wait.contact_name,
        contact_phone=wait.contact_phone,
        matter_id=wait.matter_id,
        now=now,
        calendar=calendar,
        provisional=True,  # told with the offer
    )


def decline_offer(unit_of_work: OpenUnitOfWork, *, conversation_id: str, now: datetime) -> Wait:
    """Give an offered slot to the next; raises `NoOffer`."""
    with unit_of_work() as unit:
        wait = _offered(unit, conversation_id)
        unit.booking_waits.move(wait, WaitState.DECLINED, actor="applicant", now=now)
        unit.booking_holds.release(conversation_id, HoldPurpose.OFFERED)
        return wait


def leave_waiting(unit_of_work: OpenUnitOfWork, *, conversation_id: str, now: datetime) -> int:
    """Leave the waiting list with every line that still waits; returns how many."""
    with unit_of_work() as unit:
        lines = unit.booking_waits.of_conversation(conversation_id)
        waiting = [line for line in lines if line.state is WaitState.WAITING]
        return sum(
            unit.booking_waits.move(line, WaitState.LEFT, actor="applicant", now=now)
            for line in waiting
        )


def offer_to(
    unit: UnitOfWork, wait: Wait, *, now: datetime, calendar: WorkingCalendar
) -> Hold | None:
    """Keep the first free slot for the next on the list, None when there is none yet.

    Everybody who joined before goes first: their claims are counted. Nobody has two offers.

    Raises:
        NothingToWaitFor: All that was waited for is over.
    """
    asker = Asker(wait.conversation_id, wait.matter_id, wait_id=wait.id)
    view = SlotView(unit, wait.district, wait.mode, now, calendar, asker=asker)
    lines = unit.booking_waits.of_conversation(wait.conversation_id)
    if any(line.state is WaitState.OFFERED for line in lines):
        return None
    slots = view.slots_between(wait.first_at, wait.last_at)
    if not slots:
        raise NothingToWaitFor(wait.first_at.isoformat())
    slot = next((slot for slot in slots if view.has_place(slot)), None)
    if slot is None:
        return None
    agent_id = view.keep(slot)
    latest = now + unit.service_settings.booking_rules().offer
    # an offer that outlives the slot's own deadline could not be taken up
    until = min(latest, slot.starts_at - view.lead)
    hold = Hold(
        conversation_id=wait.conversation_id,
        purpose=HoldPurpose.OFFERED,
        district=wait.district,
        mode=wait.mode,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        kind=slot.kind,
        until=until,
        agent_id=agent_id,
    )
    is_first = unit.booking_waits.move(
        wait,
        WaitState.OFFERED,
        actor="system",
        now=now,
        offered_at=slot.starts_at,
        offer_until=until,
    )
    if not is_first:
        return None
    unit.booking_holds.put(hold)
    return hold


def _offered(unit: UnitOfWork, conversation_id: str) -> Wait:
    for wait in unit.booking_waits.of_conversation(conversation_id):
        if wait.state is WaitState.OFFERED:
            return wait
    raise NoOffer(conversation_id)


def _same_wait(
    lines: tuple[Wait, ...], district: str, mode: Mode, first_at: datetime, last_at: datetime
) -> Wait | None:
    wanted = (district, mode, first_at, last_at)
    for line in lines:
        if (line.district, line.mode, line.first_at, line.last_at) == wanted:
            return line
    return None


def _is_same(hold: Hold, district: str, mode: Mode, slot: Slot) -> bool:
    return (hold.district, hold.mode, hold.starts_at) == (district, mode, slot.starts_at)


def _shown(slot: Slot) -> FreeSlot:
    return FreeSlot(slot.starts_at, slot.ends_at, slot.kind, 1, provisional=False)
