"""Says which matters of a business depend on the answer to a question: 问这干啥."""

from rasa_sdk.executor import CollectingDispatcher

from actions.forms.ask import NO, YES
from actions.trades.start_answers import compose_start
from actions.turns.turn import Turn
from bot.documents.decided_text import decided_text


def says_decided(slot: str, turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what yes and what no to a question wants; False where neither changes the plan."""
    by_yes, by_no = (_wanted(turn, slot, answer) for answer in (YES, NO))
    text = decided_text(
        [name for name in by_yes if name not in by_no],
        [name for name in by_no if name not in by_yes],
    )
    if not text:
        return False
    say.utter_message(response="utter_start_business_why_decides", effect=text)
    return True


def _wanted(turn: Turn, slot: str, answer: str) -> list[str]:
    steps = compose_start({**turn.slots, slot: answer}).steps
    return [step.matter.name for step in steps if step.matter is not None]
