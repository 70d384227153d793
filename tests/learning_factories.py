"""Messages that were not understood, for tests."""

from datetime import datetime
from uuid import uuid4

from bot.domain.conversations import Inbound, TurnOutcome
from bot.domain.learning import GuessPressed, Misread, MisreadReason
from bot.services.conversations.conversations import accept, open_web_conversation
from bot.services.conversations.turns import claim_turn, complete_turn
from bot.services.ports import OpenUnitOfWork

NEEDLE = ("奶茶店的那个本本咋整", "奶茶店那个本本怎么弄", "那个本本咋整")
"""One question, asked in three ways that the bot does not know."""

TICKET = "帮我订张火车票"


def misread(reason: MisreadReason = MisreadReason.FALLBACK) -> Misread:
    """Return what the dialogue says of a message that it did not understand."""
    return Misread(reason, candidates=(("ask_procedure", 0.24), ("ask_materials", 0.2)))


def not_understood(
    unit_of_work: OpenUnitOfWork,
    text: str,
    *,
    now: datetime,
    lesson: Misread | GuessPressed | None = None,
    conversation_id: str = "",
) -> int:
    """Let a whole turn end without being understood; returns the id of the message."""
    conversation_id = (
        conversation_id or open_web_conversation(unit_of_work, now=now).conversation_id
    )
    inbound = Inbound(
        channel="web", conversation_id=conversation_id, external_id=str(uuid4()), text=text
    )
    received = accept(unit_of_work, inbound=inbound, now=now)
    turn = claim_turn(unit_of_work, now=now)
    assert turn is not None
    outcome = TurnOutcome(lesson=lesson or misread(), model="a.tar.gz")
    complete_turn(unit_of_work, turn=turn, outcome=outcome, now=now)
    return received.message_id
