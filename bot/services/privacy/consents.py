"""What a person agreed to, and what was said right before."""

from datetime import datetime

from bot.domain.conversations import Message
from bot.domain.privacy import Consent, Decision
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.personal_numbers import mask_numbers


def decided(unit_of_work: OpenUnitOfWork, conversation_id: str, version: str) -> Decision | None:
    """Return the newest decision about this version of the notice, None before any."""
    with unit_of_work() as unit:
        latest = unit.consents.latest(unit.links.of(conversation_id), version)
    return latest.decision if latest is not None and latest.version == version else None


def decide(
    unit: UnitOfWork, conversation_id: str, version: str, decision: Decision, now: datetime
) -> None:
    """Write a decision down, within the caller's transaction."""
    channel = unit.conversations.get(conversation_id).channel
    unit.consents.add(Consent(conversation_id, channel, version, decision, now))


def said_before(unit_of_work: OpenUnitOfWork, message: Message) -> Message | None:
    """Return what the person said right before this message, None when it was the first."""
    with unit_of_work() as unit:
        return unit.conversations.said_before(message.conversation_id, message.id)


def was_offered_before(unit_of_work: OpenUnitOfWork, message: Message, payload: str) -> bool:
    """Tell whether the lines right before this message offered a button."""
    with unit_of_work() as unit:
        return unit.conversations.was_offered_before(message.conversation_id, message.id, payload)


def hide_numbers(unit: UnitOfWork, message_id: int) -> None:
    """Put stars into the numbers of a stored message, within the caller's transaction."""
    unit.conversations.change_words(message_id, mask_numbers)
