"""The rules of bookings: spans with the noon break, places, lead times, closures, holds, travel."""

import json
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.booking_pages import NOTES, one, reception_of, refused, render, status_of
from bot.desk.booking_rules_form import MODES, booking_rules_of, slot_rules_of
from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.domain.errors import BotError
from bot.domain.halls import MODE_TITLES, BadServiceSetting, DayKind
from bot.domain.people import Agent, NotAllowed
from bot.domain.slots import SLOT_TITLES
from bot.services.bookings.office import SettingChanged, change_setting

DAYS = {DayKind.WORKING: "工作日", DayKind.WEEKEND: "双休日", DayKind.HOLIDAY: "节假日"}
READERS = {"slot_rules": slot_rules_of, "booking_rules": booking_rules_of}


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _show(desk, agent)


def save(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Save one of the two settings; what was there before is kept."""
    name = request.path_params["setting"]
    if name not in READERS:
        return _show(desk, agent, BadServiceSetting(name))
    try:
        seen = _seen(one(fields, "seen"))
        change_setting(reception_of(desk, agent), name, READERS[name](fields, seen), seen)
    except (BadServiceSetting, NotAllowed, SettingChanged) as error:
        return _show(desk, agent, error)
    return RedirectResponse("/desk/bookings/rules?saved=1", status_code=303)


def _show(desk: Desk, agent: Agent, error: BotError | None = None) -> Response:
    if not agent.oversees:
        return refused(desk, agent, NotAllowed())
    with desk.unit_of_work() as unit:
        settings = {name: dict(unit.service_settings.raw(name)) for name in READERS}
    return render(
        desk,
        "booking_rules.html",
        status=status_of(error) if error else HTTPStatus.OK,
        agent=agent,
        rules=settings["slot_rules"],
        extra=settings["booking_rules"],
        seen={name: json.dumps(value, ensure_ascii=False) for name, value in settings.items()},
        modes={mode.value: title for mode, title in MODE_TITLES.items()},
        mode_ids=MODES,
        kinds={kind.value: title for kind, title in SLOT_TITLES.items()},
        days={day.value: title for day, title in DAYS.items()},
        note=NOTES[type(error)] if error else "",
    )


def _seen(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
        return {**found, "source": found["source"]}
    except (ValueError, TypeError, KeyError) as error:
        raise BadServiceSetting("seen") from error
