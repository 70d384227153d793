"""An agent blows the whistle for the applicant whose conversation the agent holds."""

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.handovers import NotYours
from bot.domain.people import AuditEntry
from bot.domain.tickets import Ticket
from bot.services.reading.identifiers import check_phone
from bot.services.tickets.business import BlownWhistle, BusinessSide, blow_whistle, known_whistle
from bot.services.tickets.tickets import Whistle


class BadPhone(BotError):
    """Nobody could be called back under that number."""


class OpenAlready(BotError):
    """The business has an open whistle about the same; the agent says whether it is that one."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__(ticket.number)
        self.ticket = ticket


def blow_for(
    side: BusinessSide,
    whistle: Whistle,
    catalogue: Catalogue,
    *,
    agent_id: int,
    is_separate: bool | None,
) -> BlownWhistle:
    """Open a ticket for an applicant, or add the words to the one that is open.

    Args:
        side: What is needed.
        whistle: What the agent has written down; the same origin again changes nothing.
        catalogue: Knows departments and matters.
        agent_id: Who holds the conversation.
        is_separate: Whether it is another thing than what is open; None when nobody was asked.

    Raises:
        NotYours: The agent does not hold this conversation.
        BadPhone, OpenAlready: See there.
        WhistleIncomplete, UnknownDistrict: See `blow_whistle`.
    """
    with side.unit_of_work() as unit:
        if not unit.desk.hold(whistle.conversation_id, agent_id, now=side.now):
            raise NotYours(whistle.conversation_id)
        is_done = unit.tickets.by_origin(whistle.origin) is not None
    if check_phone(whistle.phone).fault is not None:
        raise BadPhone
    known = known_whistle(side, whistle) if is_separate is None and not is_done else None
    if known is not None and known.origin != whistle.origin:
        raise OpenAlready(known)
    blown = blow_whistle(side, whistle, catalogue, is_separate=bool(is_separate))
    if not is_done:
        with side.unit_of_work() as unit:
            entry = AuditEntry(side.now, agent_id, "whistle_blown_for", blown.ticket.number)
            unit.people.add_audit(entry)
    return blown
