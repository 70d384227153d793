"""The words in which applicants hear of bookings by themselves, and the telling."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.bookings import Booking
from bot.domain.catalogue import Catalogue
from bot.domain.conversations import Author, Button, Reply
from bot.domain.halls import MODE_TITLES, Mode
from bot.services.conversations.telling import tell
from bot.services.plans.words import chinese_date
from bot.services.ports import UnitOfWork
from bot.services.times.local_time import LOCAL

CHANGE, CANCEL, BOOK = "/change_appointment", "/cancel_appointment", "/book_appointment"
OFFER_CHOICE = "booking_offer"
"""Choice of the buttons under an offered slot; `yes` or `no`."""

ASSIST_CHOICE = "assist"
"""Choice of the buttons about a one-to-one helper; `yes`, `no` or `end`."""


@dataclass(frozen=True)
class BookingTexts:
    """The words, from `data/services/booking_texts.yml`; see there for what stands in braces."""

    reminder: str
    helper_line: str
    offer: str
    offer_provisional: str
    offer_gone: str
    missed: str
    unconfirmed: str
    helper_changed: str
    move_asked: str
    confirmed: str
    staff_booked: str
    staff_moved: str
    staff_cancelled: str
    assist_proposed: str
    assist_ended_by_helper: str
    assist_ended_by_plan: str
    yes_title: str
    no_title: str
    leave_title: str
    change_title: str
    cancel_title: str
    again_title: str
    agree_title: str
    disagree_title: str
    end_title: str

    def existing(self) -> tuple[Button, ...]:
        """Return the buttons under a booking that can still be changed."""
        return Button(self.change_title, CHANGE), Button(self.cancel_title, CANCEL)

    def again(self) -> tuple[Button, ...]:
        """Return the button that books anew."""
        return (Button(self.again_title, BOOK),)

    def offered(self) -> tuple[Button, ...]:
        """Return the buttons under an offered slot."""
        yes, no = (choice(OFFER_CHOICE, value) for value in ("yes", "no"))
        return Button(self.yes_title, yes), Button(self.no_title, no)

    def consent(self) -> tuple[Button, ...]:
        """Return the buttons under a proposed helper."""
        yes, no = (choice(ASSIST_CHOICE, value) for value in ("yes", "no"))
        return Button(self.agree_title, yes), Button(self.disagree_title, no)

    def end(self) -> tuple[Button, ...]:
        """Return the button that ends the help."""
        return (Button(self.end_title, choice(ASSIST_CHOICE, "end")),)


@dataclass(frozen=True)
class BookingTeller:
    """Says things about bookings in the applicant's conversation, on the channel it came by."""

    texts: BookingTexts
    catalogue: Catalogue

    def places(
        self, mode: Mode, district: str, starts_at: datetime, now: datetime
    ) -> dict[str, str]:
        """Return what every text about a slot may hold."""
        return {
            "when": spoken(starts_at, now),
            "mode": MODE_TITLES[mode],
            "place": self.catalogue.district(district).name,
        }

    def about(
        self,
        unit: UnitOfWork,
        booking: Booking,
        text: str,
        *,
        now: datetime,
        buttons: tuple[Button, ...] = (),
        **more: str,
    ) -> bool:
        """Say a text about a booking; False when its conversation is gone."""
        helper = helper_name(unit, booking.agent_id)
        line = self.texts.helper_line.format(helper=helper) if helper else ""
        words = text.format(
            **self.places(booking.mode, booking.district, booking.starts_at, now),
            number=booking.number,
            helper=helper,
            helper_line=line,
            **more,
        )
        return say(unit, booking.conversation_id, words, buttons, now)


def choice(slot: str, value: str) -> str:
    """Return the command of a button that answers outside any form."""
    return f'/inform{{"choice": "{slot}={value}"}}'


def spoken(moment: datetime, now: datetime) -> str:
    """Return weekday, date and time: 11月26日（周四）09:00."""
    local = moment.astimezone(LOCAL)
    return f"{chinese_date(local.date(), now.astimezone(LOCAL).date())}{local:%H:%M}"


def clock_time(moment: datetime) -> str:
    """Return the local time of day: 10:20."""
    return f"{moment.astimezone(LOCAL):%H:%M}"


def helper_name(unit: UnitOfWork, agent_id: int | None) -> str:
    """Return the name of a helper, "" when there is none."""
    return "" if agent_id is None else unit.people.agent(agent_id).name


def say(
    unit: UnitOfWork, conversation_id: str, text: str, buttons: tuple[Button, ...], now: datetime
) -> bool:
    """Put a line of the system into a conversation; False when there is no such conversation."""
    return tell(unit, conversation_id, Reply(text, buttons, author=Author.SYSTEM), now)
