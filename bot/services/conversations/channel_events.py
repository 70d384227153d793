"""What a channel notes beside messages: things nobody has to think about, people out of reach."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.conversations import Attachment, Author, Owner, Reply
from bot.domain.deliveries import UNREACHABLE
from bot.services.ports import OpenUnitOfWork

WITH_BOT = frozenset({Owner.BOT, Owner.CLOSED})


def note(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    external_id: str,
    text: str,
    now: datetime,
    told: Sequence[Reply] = (),
    attachments: Sequence[Attachment] = (),
    is_always_told: bool = False,
) -> bool:
    """Put into the transcript what the bot cannot read (a voice, a picture) and answer it at once.

    The same `external_id` again changes nothing.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Which.
        external_id: The platform's id of what came.
        text: What the transcript shows of it.
        now: The time.
        told: The answer; left out while a person has the conversation, who answers better.
        attachments: Pictures and files that came.
        is_always_told: Answer even then.

    Returns:
        False when it had been noted before.

    Raises:
        UnknownConversation: There is no such conversation.
    """
    with unit_of_work() as unit:
        accepted = unit.conversations.add_inbound(
            conversation_id,
            author=Author.APPLICANT,
            text=text,
            payload=None,
            external_id=external_id,
            now=now,
            attachments=attachments,
            is_handled=True,
        )
        if not accepted.is_new:
            return False
        unit.conversations.set_unreachable(conversation_id, None)
        if is_always_told or unit.conversations.get(conversation_id).owner in WITH_BOT:
            for reply in told:
                unit.conversations.add_message(conversation_id, reply, now=now)
        return True


def lose(unit_of_work: OpenUnitOfWork, *, conversation_id: str, now: datetime) -> None:
    """Give up what waits for a person whom nothing reaches any more, and let staff see it."""
    with unit_of_work() as unit:
        if unit.conversations.get(conversation_id).unreachable_since is None:
            unit.conversations.set_unreachable(conversation_id, now)
        unit.deliveries.give_up_all(conversation_id, error=UNREACHABLE)


def found_again(unit_of_work: OpenUnitOfWork, *, conversation_id: str) -> None:
    """Note that the person can be reached again; what was given up stays so."""
    with unit_of_work() as unit:
        unit.conversations.set_unreachable(conversation_id, None)
