"""Conversations of the past, cut into turns, so that they can be said again to another model."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.conversations import Author, Message
from bot.services.ports import OpenUnitOfWork

TEST_CHANNEL = "test"
"""Channel of conversations that were no real ones."""

PAGE = 200


@dataclass(frozen=True)
class PastTurn:
    """One message of an applicant and what was said to it."""

    message: Message
    replies: tuple[Message, ...]


@dataclass(frozen=True)
class Past:
    """A conversation up to the point where a person took it over."""

    conversation_id: str
    turns: tuple[PastTurn, ...]


def past_conversations(unit_of_work: OpenUnitOfWork, *, limit: int) -> tuple[Past, ...]:
    """Return the newest conversations in which the bot was spoken to, those of tests left out."""
    found = []
    with unit_of_work() as unit:
        for conversation in unit.conversations.newest(limit, without_channel=TEST_CHANNEL):
            messages: list[Message] = []
            while page := unit.conversations.messages(
                conversation.id, after=messages[-1].id if messages else 0, limit=PAGE
            ):
                messages += page
            turns = cut(messages)
            if turns:
                found.append(Past(conversation.id, turns))
    return tuple(found)


def cut(messages: Iterable[Message]) -> tuple[PastTurn, ...]:
    """Cut a transcript, oldest line first, into turns; ends where an agent writes."""
    turns: list[tuple[Message, list[Message]]] = []
    for message in messages:
        if message.author is Author.AGENT:
            break
        if message.author is Author.APPLICANT:
            turns.append((message, []))
        elif turns:
            turns[-1][1].append(message)
    return tuple(PastTurn(message, tuple(replies)) for message, replies in turns)
