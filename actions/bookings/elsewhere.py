"""Other halls that have places on a day on which the wanted one is full."""

from collections.abc import Sequence
from datetime import date

from actions import app
from actions.bookings.wishes import near_wish, phrase
from actions.forms.ask import choice_button
from actions.turns.turn import Turn
from bot.domain.bookings import FreeSlot
from bot.domain.errors import UnknownDistrict
from bot.domain.halls import Mode, to_local
from bot.services.bookings.news import clock_time
from bot.services.bookings.slots import Asker
from bot.services.bookings.slots_elsewhere import Elsewhere, free_elsewhere


def other_halls(turn: Turn, district: str, mode: Mode, on: date) -> Sequence[Elsewhere]:
    """Return the halls that still have places on the day."""
    matter = turn.slots.get("matter_id")
    return free_elsewhere(
        app().unit_of_work,
        district=district,
        mode=mode,
        on=on,
        now=app().now(),
        calendar=app().calendar,
        asker=Asker(turn.conversation_id, str(matter) if matter else None),
    )


def hall_buttons(halls: Sequence[Elsewhere], said: str) -> list[dict[str, str]]:
    """Return a button a hall, which takes its district; the day stays as it was wished."""
    return [
        choice_button(
            "booking_district",
            one.hall.district,
            f"{one.hall.name} {clock_time(_likest(one.slots, said).starts_at)}",
        )
        for one in halls
    ]


def _likest(slots: Sequence[FreeSlot], said: str) -> FreeSlot:
    near = near_wish(slots, said)
    at = phrase(said).at if said else None
    exact = (one for one in near if at and to_local(one.starts_at).time() == at)
    return next(exact, near[0])


def has_hall(code: str) -> bool:
    """Tell whether a district, named by its code, has a hall of its own."""
    with app().reading() as unit:
        try:
            unit.service_settings.hall(code)
        except UnknownDistrict:
            return False
    return True
