"""Says behind an answer of the catalogue what it means for the amount that a text tells.

"我那招牌长三米五 高一米" is told the rule of four metres, and that it does not reach it.
"""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.made_once import made_once
from actions.turns.turn import Turn
from bot.domain.facts import Faq
from bot.services.finding.limits import conclusion


def conclude(turn: Turn, say: CollectingDispatcher) -> None:
    """Add the conclusion to the first answer that has limits; nothing where no amount is told."""
    if turn.choice is not None or not turn.text:
        return
    for one in say.messages:
        answer = str(one.get("answer") or "")
        faq = next((known for known in _limited() if known.answer in answer), None)
        follows = conclusion(turn.text, faq) if faq is not None else ""
        if faq is not None and follows:
            one["answer"] = answer.replace(faq.answer, f"{faq.answer}\n{follows}", 1)
            return


@made_once(1)
def _limited() -> tuple[Faq, ...]:
    matters = app().catalogue.matters.values()
    return tuple(faq for matter in matters for faq in matter.faqs if faq.limits)
