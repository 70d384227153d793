"""What ends, pauses or hands on a business, though it sounds like beginning one."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._faq_asked import event_matters
from actions._focus import on_matter
from actions._life_events import offer_plan
from actions._matter_answer import say_answer
from actions._matter_faqs import AMONG_FEW, says_question_among
from actions._names import AFTERWARDS, PAUSE, find_matters
from actions._turn import Turn
from bot.domain.life_events import LifeEvent
from bot.domain.matters import Matter
from bot.services.business_words import begins_new, ends_or_hands_on, pauses
from bot.services.matter_remarks import asks

END = "exit-individual"
"""Matter by which the event is found that ends a business."""


def end_instead(turn: Turn, trade: str | None, say: CollectingDispatcher) -> list[EventType] | None:
    """Offer the plan of a change or an end, or answer for its matter; None for a new business.

    "美容院干不下去了，想关" names a trade and begins none.
    """
    event = app().life_events.find(turn.text)
    is_over = ends_or_hands_on(turn.text)
    is_new = trade is not None and begins_new(turn.text) and not is_over
    if event is not None and not is_new:
        return offer_event(turn, event, say)
    meant = later_matter(turn) if is_over else None
    if meant is None:
        end = app().life_events.of_matter(END) if is_over else None
        return offer_event(turn, end, say) if end is not None else None
    say_answer("procedure", meant, say)
    return on_matter(meant, "procedure")


def offer_event(turn: Turn, event: LifeEvent, say: CollectingDispatcher) -> list[EventType]:
    """Offer the plan of an event; a question of the catalogue on it is answered before."""
    if asks(turn.text):
        says_question_among(turn.text, event_matters(turn, event), say, AMONG_FEW)
    return offer_plan(turn, event, say)


def later_matter(turn: Turn) -> Matter | None:
    """Return the likeliest matter of a change, a pause or an end that a text means."""
    if pauses(turn.text):
        return app().catalogue.matters.get(PAUSE)
    found = [matter for matter in find_matters(turn.text) if matter.category in AFTERWARDS]
    return found[0] if found else None
