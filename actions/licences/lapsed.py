"""Says what follows where a licence was not renewed in time: 这要是拖过期了咋整."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.questions.found_question import clear_question
from actions.questions.matter_faqs import to_be_named, utter
from actions.steering.not_recorded import NAMES
from actions.turns.focus import matter_in_focus, on_matter
from actions.turns.names import afterwards, sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.words.any_matter import point_asked
from bot.services.words.held import asks_after_lapse, is_of_lapse
from bot.services.words.matter_remarks import ends_as_licence

OTHERS = tuple(name for name in NAMES if name not in {"matter", "industry"})
"""Entities that bring up something else."""


def answer_lapsed(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer the question of the matter spoken of on being late; no events for none."""
    is_free = turn.loop is None and turn.choice is None and not any(map(turn.entity, OTHERS))
    matter = _meant(turn) if is_free and asks_after_lapse(turn.text) else None
    faq = next((one for one in matter.faqs if is_of_lapse(one.question)), None) if matter else None
    if matter is None or faq is None or clear_question(turn) is not None:
        return []
    utter(faq_answer(faq, to_be_named(turn, matter)), say)
    return on_matter(matter)


def _meant(turn: Turn) -> Matter | None:
    """Return the renewal of what is named, or else what is spoken of."""
    name = turn.entity("matter")
    if name is None:
        asked = point_asked(turn.text)
        is_named = asked is not None and ends_as_licence(asked.named)  # 驾驶证过期了咋整
        return sure_matter(asked.named) if is_named and asked else matter_in_focus(turn)
    return afterwards(name, turn.text) or sure_matter(name)
