"""The secret links under which a business follows its whistle."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from bot.domain.attachments import Attachment
from bot.domain.plans import token_hash
from bot.domain.tickets import Ticket
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.tickets import steps
from bot.services.tickets.steps import UnknownTicket

TOKEN_BYTES = 24
"""192 random bits: a link cannot be guessed."""


def by_link(unit_of_work: OpenUnitOfWork, token: str) -> tuple[Ticket, Sequence[Attachment]]:
    """Return the ticket under a link's secret, and its files; raises `UnknownTicket`."""
    with unit_of_work() as uow:
        ticket = by_token(uow, token)
        return ticket, uow.ticket_files.of_ticket(ticket.id)


def page_path(token: str) -> str:
    """Return the path of a ticket's page."""
    return f"/whistles/{token}"


def by_token(uow: UnitOfWork, token: str) -> Ticket:
    """Return the ticket under a link's secret; raises `UnknownTicket`."""
    number = uow.ticket_files.number_by_link(token_hash(token))
    if number is None:
        raise UnknownTicket
    return steps.get(uow, number)


def new_link(uow: UnitOfWork, ticket_id: int, now: datetime) -> str:
    """Make another link to a ticket and return its secret; earlier ones stay good."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    uow.ticket_files.add_link(ticket_id, token_hash(token), now)
    return token
