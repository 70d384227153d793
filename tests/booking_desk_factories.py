"""Builders for tests of held slots, the waiting list, helpers and the desk of bookings."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from bot.domain.bookings import Booking
from bot.domain.halls import Mode
from bot.domain.helpers import Helper
from bot.domain.people import Agent, Role
from bot.domain.waits import Hold, Wait
from bot.services.bookings import holds as booking_holds
from bot.services.bookings.clock import BookingClock, sweep_bookings
from bot.services.bookings.desk import Reception
from bot.services.bookings.news import BookingTeller
from bot.services.conversations.conversations import open_web_conversation
from bot.store.booking_texts import load_booking_texts
from bot.store.catalogue.loader import load_catalogue
from tests.service_factories import DISTRICT, NOW, ROOT, SATURDAY, OpenUnit, at, book, calendar

LAST = {"starts_at": at(SATURDAY, 9), "mode": Mode.VIDEO}
"""A slot with one place."""


@cache
def teller() -> BookingTeller:
    """Return the words that ship."""
    texts = load_booking_texts(ROOT / "data" / "services" / "booking_texts.yml")
    return BookingTeller(texts, load_catalogue(ROOT / "data" / "catalogue"))


def staff(unit_of_work: OpenUnit, login: str = "hanmeimei", **changes: Any) -> Agent:
    """Add an account."""
    wanted: dict[str, Any] = {"name": "韩梅梅", "role": Role.AGENT, "districts": ()}
    wanted |= changes
    with unit_of_work() as unit:
        return unit.people.add_agent(
            login=login,
            name=wanted["name"],
            role=wanted["role"],
            password_hash="x",
            department_id=None,
            districts=wanted["districts"],
            now=NOW,
        )


def helper(unit_of_work: OpenUnit, login: str, **changes: Any) -> Helper:
    """Add an account that helps in every way in the district of the tests."""
    agent = staff(unit_of_work, login, name=changes.pop("name", login))
    made = Helper(
        agent_id=agent.id,
        name=agent.name,
        home=DISTRICT,
        districts=(DISTRICT,),
        modes=tuple(Mode),
    )
    made = replace(made, **changes)
    with unit_of_work() as unit:
        unit.helpers.put(made)
    return made


def reception(unit_of_work: OpenUnit, agent: Agent, now: datetime = NOW) -> Reception:
    """Return what the desk's use cases take."""
    return Reception(unit_of_work, agent, now, calendar(), teller())


def applicant(unit_of_work: OpenUnit) -> str:
    """Open a conversation."""
    return open_web_conversation(unit_of_work, now=NOW).conversation_id


def hold(unit_of_work: OpenUnit, who: str, now: datetime = NOW, **changes: Any) -> Hold:
    """Keep the last place of Saturday's video slot unless told otherwise."""
    wanted = {"district": DISTRICT, **LAST, **changes}
    return booking_holds.hold_slot(
        unit_of_work, conversation_id=who, now=now, calendar=calendar(), **wanted
    )


def wait(unit_of_work: OpenUnit, who: str, now: datetime = NOW, **changes: Any) -> Wait:
    """Join the waiting list of Saturday's first video slot unless told otherwise."""
    wanted: dict[str, Any] = {
        "origin": f"{who}:wait",
        "district": DISTRICT,
        "mode": Mode.VIDEO,
        "first_at": at(SATURDAY, 9),
        "last_at": at(SATURDAY, 9) + timedelta(minutes=30),
        "contact_name": "李雷",
        "contact_phone": f"1380{int(who[:7], 16) % 10**7:07d}",
        **changes,
    }
    return booking_holds.join_waiting(
        unit_of_work, conversation_id=who, now=now, calendar=calendar(), **wanted
    )[0]


def accept(unit_of_work: OpenUnit, who: str, now: datetime = NOW) -> Booking:
    """Take an offered slot."""
    return booking_holds.accept_offer(
        unit_of_work, origin=f"{who}:yes", conversation_id=who, now=now, calendar=calendar()
    )


def last_place(unit_of_work: OpenUnit, who: int = 0, **changes: Any) -> Booking:
    """Book the last place."""
    return book(unit_of_work, who, **{**LAST, **changes})


def sweep(unit_of_work: OpenUnit, now: datetime = NOW) -> tuple[str, ...]:
    """Do a round of the clock."""
    return sweep_bookings(BookingClock(unit_of_work, teller(), calendar()), now)


def said(unit_of_work: OpenUnit, who: str) -> list[str]:
    """Return what was said in a conversation."""
    with unit_of_work() as unit:
        return [line.text for line in unit.conversations.messages(who, after=0, limit=100)]
