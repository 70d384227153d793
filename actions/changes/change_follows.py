"""Says what a change brings with it, and refuses the papers of a person that it is told beside.

"店要搬，执照和食品证都得跟着动吗" asks for all that the change wants, and not for the order of two.
"""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import offer_plan
from actions.finding.matter_answer import say_answer
from actions.plans.journey_answer import answer_for_journey
from actions.questions.faq_said import faqs_said
from actions.turns.focus import PLAN, on_matter, read_focus
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.matter_remarks import asks
from bot.services.words.request import asks_what_follows, asks_what_to_have, wants_personal_paper

SEVERAL = 2
"""Papers that are asked for together."""


def answer_what_follows(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """List what a change wants of several papers, or what one must have; else no events."""
    if turn.loop is not None or turn.choice is not None:
        return []
    if wants_personal_paper(turn.text):
        say.utter_message(response="utter_common_out_of_scope")
        return [SlotSet("focus", turn.slots.get("focus"))]
    had = _to_have(turn)
    if had is not None:
        say_answer("materials", had, say)
        return on_matter(had, "materials")
    named = {one.value for one in turn.entities if one.name == "matter"}
    is_asked = asks_what_follows(turn.text) and asks(turn.text)
    event = app().life_events.find(turn.text) if is_asked and len(named) >= SEVERAL else None
    if event is None:
        return []
    slots = {"life_event_id": event.id, "journey": "life_event", "focus": PLAN}
    meant = replace(turn, slots={**turn.slots, **slots})
    answer_for_journey("steps", read_focus(meant), meant, say)
    return offer_plan(turn, event, say)


def _to_have(turn: Turn) -> Matter | None:
    """Return the matter of which it is asked what one must have, after who need not; or None.

    "叫我也给狗看看病 那我得有啥" behind 不从事诊疗不需要.
    """
    matter = sure_matter(turn.text) or read_focus(turn).matter
    is_asked = matter is not None and asks_what_to_have(turn.text)
    return matter if matter is not None and is_asked and faqs_said(turn, (matter,)) else None
