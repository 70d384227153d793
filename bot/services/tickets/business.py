"""What a business does on its whistle: blows it, adds to it, hands in files, opens its page."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.identity import compact
from bot.domain.ticket_clocks import WhistleRules
from bot.domain.tickets import Ticket, TicketEvent, TicketEventKind, TicketState
from bot.planner.calendar import WorkingCalendar
from bot.services.operating.numbers import NumberKind, hold_numbers
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.tickets import steps
from bot.services.tickets.links import new_link, page_path
from bot.services.tickets.routing import Router
from bot.services.tickets.similar import business_key, likest
from bot.services.tickets.stamps import Timing
from bot.services.tickets.steps import UnknownTicket
from bot.services.tickets.tickets import APPLICANT, Whistle, open_whistle_in
from bot.services.tickets.whistle_settings import current_rules

MAX_TEXT = 2000
COMPARED = 50
"""Open tickets of one business that a new whistle is compared with."""


class TicketOver(BotError):
    """Nothing can be added to a ticket that is closed."""


class NothingSaid(BotError):
    """An addition without a text."""


@dataclass(frozen=True)
class BlownWhistle:
    """What became of it.

    Attributes:
        is_joined: The business had whistled about this before; the words were added there.
        token: Secret of the page on which it can be followed; shown once.
    """

    ticket: Ticket
    is_joined: bool
    token: str = field(repr=False)

    @property
    def path(self) -> str:
        """Return the path of the page, without host."""
        return page_path(self.token)


@dataclass(frozen=True)
class BusinessSide:
    """What the business's side needs, at one moment; `rules` are those of the file.

    Attributes:
        router: Proposes departments by the text too; None for the rules alone.
    """

    unit_of_work: OpenUnitOfWork
    calendar: WorkingCalendar
    rules: WhistleRules
    now: datetime
    router: Router | None = None

    def timing(self, uow: UnitOfWork) -> Timing:
        """Return what counts now."""
        return Timing(current_rules(uow, self.rules), self.calendar)


def known_whistle(side: BusinessSide, whistle: Whistle) -> Ticket | None:
    """Return the open ticket that a whistle would join; its business says whether it is so."""
    with side.unit_of_work() as uow:
        return _same(uow, whistle, side.router)


def blow_whistle(
    side: BusinessSide, whistle: Whistle, catalogue: Catalogue, *, is_separate: bool = False
) -> BlownWhistle:
    """Open a ticket, or join the open one of the same business about the same thing.

    The same origin again changes nothing and makes another link.

    Args:
        side: What is needed.
        whistle: What is said.
        catalogue: Knows departments and matters.
        is_separate: The business has said that it is another thing than the one of
            `known_whistle`; nothing is joined.

    Raises:
        WhistleIncomplete, UnknownDistrict: See `open_whistle`.
    """
    with side.unit_of_work() as uow:
        # of two whistles at the same moment the second waits here, and then finds the first
        hold_numbers(uow, NumberKind.WHISTLE, side.now)
        known = uow.tickets.by_event_origin(whistle.origin)
        first = known or uow.tickets.by_origin(whistle.origin)
        if first is None and not is_separate:
            first = _same(uow, whistle, side.router)
        is_joined = first is not None and first.origin != whistle.origin
        if first is None:
            first = open_whistle_in(
                uow,
                whistle,
                now=side.now,
                catalogue=catalogue,
                timing=side.timing(uow),
                router=side.router,
            )
        elif known is None and is_joined:
            first = _join(uow, first, whistle, side.now)
        return BlownWhistle(first, is_joined, new_link(uow, first.id, side.now))


def make_link(side: BusinessSide, *, number: str, conversation_id: str) -> str | None:
    """Return the path of a new link to a ticket that the conversation follows, else None."""
    with side.unit_of_work() as uow:
        ticket_id = uow.tickets.followed_id(number, conversation_id)
        return None if ticket_id is None else page_path(new_link(uow, ticket_id, side.now))


def add_words(
    side: BusinessSide,
    *,
    number: str,
    text: str,
    origin: str,
    conversation_id: str | None = None,
) -> Ticket:
    """Add what the business has to say; a ticket that waited for it goes on.

    Args:
        side: What is needed.
        number: The ticket.
        text: In the business's words; cut at `MAX_TEXT`.
        origin: Idempotency key; the same again adds nothing.
        conversation_id: Who adds; None when the secret link has shown whose it is.

    Raises:
        UnknownTicket: No such ticket, or not followed by this conversation.
        TicketOver, NothingSaid: See there.
    """
    with side.unit_of_work() as uow:
        ticket = steps.held(uow, number)
        if conversation_id and not uow.tickets.is_followed(ticket.id, conversation_id):
            raise UnknownTicket(number)
        if uow.tickets.by_event_origin(origin) is not None:
            return ticket
        _add(uow, ticket, text, side.now, origin)
        return steps.counted(uow, ticket, side.timing(uow), side.now)


def _add(uow: UnitOfWork, ticket: Ticket, text: str, now: datetime, origin: str) -> None:
    if ticket.is_over:
        raise TicketOver
    if not text.strip():
        raise NothingSaid
    event = TicketEvent(
        now, APPLICANT, TicketEventKind.SUPPLEMENTED, reason=text.strip()[:MAX_TEXT]
    )
    uow.tickets.append(ticket.id, event, origin)
    if ticket.state is TicketState.WAITING:
        steps.move(uow, ticket, TicketState.IN_PROGRESS, actor=APPLICANT, reason="", now=now)


def _same(uow: UnitOfWork, whistle: Whistle, router: Router | None) -> Ticket | None:
    named = uow.tickets.open_of_business(business_key(whistle.business_name), COMPARED)
    mine = [one for one in named if _is_theirs(uow, one, whistle)]
    return likest(mine, whistle.description, router)


def _is_theirs(uow: UnitOfWork, ticket: Ticket, whistle: Whistle) -> bool:
    """Tell whether a whistle comes from its owner: a name alone anybody can say."""
    is_same_phone = ticket.contact_phone == compact(whistle.phone)
    return is_same_phone or uow.tickets.is_followed(ticket.id, whistle.conversation_id)


def _join(uow: UnitOfWork, first: Ticket, whistle: Whistle, now: datetime) -> Ticket:
    ticket = steps.hold(uow, first)
    event = TicketEvent(now, whistle.actor, TicketEventKind.JOINED, reason=whistle.description)
    uow.tickets.append(ticket.id, event, whistle.origin)
    uow.tickets.follow(ticket.id, whistle.conversation_id, now)
    return replace(ticket, events=(*ticket.events, event))
