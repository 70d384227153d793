"""Wakes whoever reads a conversation in which the desk's pages have said something."""

from starlette.requests import Request

from bot.desk.context import Desk
from bot.hub.wakeups import OUTBOX, conversation_topic


def ring(desk: Desk, request: Request, conversation_id: str) -> None:
    """Wake the applicant's page and the outbox: something was said there."""
    desk.bells(request).ring(OUTBOX, conversation_topic(conversation_id))
