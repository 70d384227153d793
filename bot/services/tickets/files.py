"""Files of a whistle, and the secret links to its page."""

import hashlib

from bot.domain.attachments import (
    MAX_FILES,
    Attachment,
    FileType,
    TooManyFiles,
    clean_name,
    type_of,
)
from bot.domain.errors import BotError
from bot.domain.tickets import TicketEvent, TicketEventKind
from bot.services.ports import UnitOfWork
from bot.services.tickets import steps
from bot.services.tickets.business import BusinessSide, TicketOver
from bot.services.tickets.links import by_token
from bot.services.tickets.tickets import APPLICANT


class NoOpenTicket(BotError):
    """The conversation has no whistle that is open, so the file has no place."""


def add_file(side: BusinessSide, *, token: str, name: str, content: bytes) -> Attachment:
    """Add a file under a secret link; the same content again is the same file.

    Raises:
        UnknownTicket: No ticket lies under this link.
        TicketOver: It is closed.
        FileTooLarge, FileEmpty, FileNotTaken, TooManyFiles: See `bot.domain.attachments`.
    """
    kind = type_of(content)
    with side.unit_of_work() as uow:
        return _add(uow, side, by_token(uow, token).number, kind, (name, content))


def add_file_of(
    side: BusinessSide, *, conversation_id: str, name: str, content: bytes
) -> Attachment:
    """Add a file to the newest open ticket that a conversation has blown; else as `add_file`.

    Raises:
        NoOpenTicket: There is none.
        FileTooLarge, FileEmpty, FileNotTaken, TooManyFiles: See `bot.domain.attachments`.
    """
    kind = type_of(content)
    with side.unit_of_work() as uow:
        own = uow.tickets.of_conversation(conversation_id)
        ticket = next((one for one in own if not one.is_over), None)
        if ticket is None:
            raise NoOpenTicket
        return _add(uow, side, ticket.number, kind, (name, content))


def _add(
    uow: UnitOfWork, side: BusinessSide, number: str, kind: FileType, given: tuple[str, bytes]
) -> Attachment:
    name, content = given
    digest = hashlib.sha256(content).hexdigest()
    ticket = steps.held(uow, number)
    if ticket.is_over:
        raise TicketOver
    files = uow.ticket_files.of_ticket(ticket.id)
    known = next((one for one in files if one.digest == digest), None)
    if known is not None:
        return known
    if len(files) >= MAX_FILES:
        raise TooManyFiles
    new = Attachment(
        id=0,
        ticket_number=ticket.number,
        name=clean_name(name, kind),
        media_type=kind.media_type,
        size=len(content),
        digest=digest,
        actor=APPLICANT,
        added_at=side.now,
    )
    uow.ticket_files.add(ticket.id, new, content)
    event = TicketEvent(side.now, APPLICANT, TicketEventKind.FILE_ADDED, reason=new.name)
    uow.tickets.append(ticket.id, event)
    return new
