"""Helpers and their absences: who does what, who is away, and which bookings that concerns."""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.booking_bells import ring
from bot.desk.booking_pages import NOTES, one, reception_of, refused, render, status_of
from bot.desk.booking_rules_form import number
from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.domain.errors import BotError
from bot.domain.halls import MODE_TITLES, Mode, to_local
from bot.domain.helpers import BadAbsence, Helper
from bot.domain.people import Agent, NotAllowed
from bot.services.bookings.office import (
    AbsenceOutcome,
    add_absence,
    save_helper,
    withdraw_absence,
)
from bot.services.times.local_time import LOCAL

MODES = {mode.value: mode for mode in Mode}


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _show(desk, agent)


def save(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Enter or change what a helper does."""

    def act() -> None:
        save_helper(reception_of(desk, agent), _helper(desk, fields))

    return _done(desk, agent, act)


def absent(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Enter an absence; the page says what became of the bookings."""
    try:
        outcome = add_absence(
            reception_of(desk, agent),
            agent_id=_id(fields),
            first_at=_moment(one(fields, "first")),
            last_at=_moment(one(fields, "last")),
            reason=one(fields, "reason"),
        )
    except tuple(NOTES) as error:
        return _show(desk, agent, error=error, typed=fields)
    for booking in (*outcome.handed, *outcome.to_move):
        ring(desk, request, booking.conversation_id)
    return _show(desk, agent, outcome=outcome)


def withdraw(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Take an absence back."""

    def act() -> None:
        withdraw_absence(reception_of(desk, agent), number(one(fields, "absence")))

    return _done(desk, agent, act)


def _done(desk: Desk, agent: Agent, act: Callable[[], None]) -> Response:
    try:
        act()
    except tuple(NOTES) as error:
        return _show(desk, agent, error=error)
    return RedirectResponse("/desk/bookings/helpers", status_code=303)


def _show(
    desk: Desk,
    agent: Agent,
    *,
    error: BotError | None = None,
    outcome: AbsenceOutcome | None = None,
    typed: Fields | None = None,
) -> Response:
    if not agent.serves:
        return refused(desk, agent, NotAllowed())
    with desk.unit_of_work() as unit:
        helpers = unit.helpers.all()
        absences = unit.helpers.absences(None, desk.now())
        staff = [each for each in unit.people.agents() if each.serves]
    return render(
        desk,
        "booking_helpers.html",
        status=status_of(error) if error else HTTPStatus.OK,
        agent=agent,
        helpers=helpers,
        absences=absences,
        names={each.agent_id: each.name for each in helpers},
        staff=staff,
        modes=MODE_TITLES,
        outcome=outcome,
        typed=typed or {},
        soon=to_local(desk.now() + timedelta(days=1)).strftime("%Y-%m-%dT"),
        note=NOTES[type(error)] if error else "",
    )


def _helper(desk: Desk, fields: Fields) -> Helper:
    home = one(fields, "home")
    wanted = [each for each in fields.get("districts") or [] if each in desk.catalogue.districts]
    matters = [each.strip() for each in one(fields, "matters").split() if each.strip()]
    return Helper(
        agent_id=_id(fields),
        name="",
        home=home,
        districts=tuple(dict.fromkeys([home, *wanted])),
        modes=tuple(MODES[each] for each in fields.get("modes") or [] if each in MODES),
        matters=tuple(each for each in matters if each in desk.catalogue.matters),
        capacity=number(one(fields, "capacity")),
        phone=one(fields, "phone")[:40],
        is_active=one(fields, "is_active") != "no",
    )


def _id(fields: Fields) -> int:
    text = one(fields, "helper")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=LOCAL)
    except ValueError as error:
        raise BadAbsence(text) from error
