"""Whether what was doubted is to be checked by a person: the button below the answer, or words."""

from actions.turns.history import intents_before, last_bot_messages
from actions.turns.turn import Turn
from bot.services.words.doubt import asks_for_check, wants_check
from bot.services.words.matter_remarks import asks

LATELY = 3
"""Messages within which 帮我反映一下 means what was doubted."""

CHECK = "/dispute_answer"
"""Payload of the button that has an answer checked."""


def is_check(turn: Turn) -> bool:
    """Tell whether what was doubted is to be checked: by the button, or in words after it."""
    if turn.intent == "dispute_answer" and not turn.typed:
        return True
    if turn.choice is not None:
        return False
    is_asked = turn.entity("matter") is not None and asks(turn.text)  # 看清了，是小餐饮证，它管几年
    return asks_for_check(turn.text) or (
        wants_check(turn.text) and doubted_lately(turn) and not is_asked
    )


def was_offered(turn: Turn) -> bool:
    """Tell whether a check was offered right before this message."""
    buttons = [
        button
        for event in last_bot_messages(turn)
        for button in (event.get("data") or {}).get("buttons") or []
    ]
    return any(button.get("payload") == CHECK for button in buttons)


def doubted_lately(turn: Turn) -> bool:
    """Tell whether an answer was doubted in one of the last messages."""
    return was_offered(turn) or "dispute_answer" in intents_before(turn)[-LATELY:]
