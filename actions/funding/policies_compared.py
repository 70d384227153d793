"""Says what each of two policies gives, to whom and how, where their difference is asked."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.funding.asked import answer_part_of_told
from actions.funding.kinds import answer_for_founder, answer_other_kind
from actions.funding.meant import FOUND, policy_named_shortly
from actions.funding.said import POINT
from actions.turns.focus import POLICY
from actions.turns.turn import Turn
from bot.documents.policies_text import compared_text
from bot.services.words.follow_up import things_compared


def answer_behind_policy(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer another kind or a part of the policy just told, or compare two; else no events."""
    other = answer_other_kind(turn, say) or answer_for_founder(turn, say)
    return other or answer_part_of_told(turn, say) or _compare(turn, say)


def _compare(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Compare two policies that are named, or one with the one spoken of last; else no events."""
    things = things_compared(turn.text)
    if things is None or turn.loop is not None or turn.choice is not None:
        return []
    spoken = str(turn.slots.get(FOUND)) if turn.slots.get("focus") == POLICY else ""
    first, second = map(policy_named_shortly, things)
    first = first or (None if things[0] else app().catalogue.policies.get(spoken))
    if first is None or second is None or first.id == second.id:
        return []
    say.utter_message(response=POINT, point=compared_text(first, second, app().catalogue))
    return [SlotSet(FOUND, first.id), SlotSet("focus", POLICY)]
