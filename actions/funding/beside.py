"""What is asked about policies while the package is put together: one by name, how to claim."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_places import place_in
from actions.funding.asked import policy_gone_on
from actions.funding.facts import PROFILE, told_profile
from actions.funding.meant import FOUND, policies_told, policy_in
from actions.funding.places import answer_listed
from actions.funding.said import say_policy, say_spoken
from actions.turns.names import LONG_STORY, find_policies
from actions.turns.registry import action_named
from actions.turns.turn import ANSWER_INTENTS, QUESTION_INTENTS, Turn
from bot.domain.policies import Policy
from bot.services.policies.text import facts_text
from bot.services.words.asked import asks_about_it
from bot.services.words.policy_remarks import (
    asks_for_more,
    asks_how_to_claim,
    asks_sum,
    asks_when_paid,
)
from bot.services.words.remarks import clauses

SEARCH = "search_policy"

ASKING = QUESTION_INTENTS | ANSWER_INTENTS | {"goodbye", "apply_policy", "search_policy", "skip"}


def answer_beside(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question on policies; no events for anything else."""
    if turn.choice is not None or not turn.text or turn.intent not in ASKING:
        return []
    is_question = turn.intent not in ANSWER_INTENTS or any(map(asks_about_it, clauses(turn.text)))
    named = _asked_for(turn) if is_question else None
    if named is not None:
        return say_policy(turn, named, say)
    going_on = policy_gone_on(turn) if is_question else None
    if going_on is not None:
        return say_policy(turn, going_on, say)  # 要抵押不
    if _says_known(turn, say):
        return [SlotSet("form_failures", 0.0)]
    if asks_for_more(turn.text):
        say.utter_message(response="utter_policy_not_yet")
        return [SlotSet("form_failures", 0.0)]
    is_claim = turn.intent == "apply_policy" or asks_how_to_claim(turn.text)
    is_claim |= asks_when_paid(turn.text)
    if turn.entity("matter") or not (is_claim or place_in(turn.text) is not None):
        return []
    listed = answer_listed(turn, say)
    return listed if listed or not is_claim else _claims(turn, say)


def _claims(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say how the policy spoken of last is claimed, or that none was found yet."""
    if turn.slots.get(FOUND) and turn.intent == "apply_policy":
        return action_named("action_apply_policy").act(turn, say)
    spoken = say_spoken(turn, say)
    if not spoken:
        say.utter_message(response="utter_policy_not_yet")
    return spoken or [SlotSet("form_failures", 0.0)]


def claim_named(turn: Turn, say: CollectingDispatcher, *, is_law: bool = False) -> list[EventType]:
    """Answer for the policy that a question names ("设备一次性扣除多少"); else none.

    What helps against a trouble that is told ("工程款拖了半年，哪个文件管") is looked for.
    """
    named = policy_in(turn.text)
    if turn.loop == "matter_form":
        return []
    if named is None:
        is_told = is_law and len(turn.text) >= LONG_STORY and bool(find_policies(turn.text, 1))
        return action_named("action_search_policy").act(turn, say) if is_told else []
    return say_policy(turn, named, say)


def _says_known(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that what the text tells of the firm is noted already; False where it is not."""
    profile = turn.slots.get(PROFILE) or {}
    told = told_profile(turn)
    if not told or turn.intent not in ANSWER_INTENTS:
        return False
    if any(profile.get(field) != value for field, value in told.items()):
        return False
    items = facts_text(told, app().catalogue)
    say.utter_message(response="utter_common_noted_before", items=items)
    return True


def _asked_for(turn: Turn) -> Policy | None:
    """Return the policy that a question names, or tells by what it gives; None for none."""
    known = app().catalogue.policies.get(str(turn.slots.get(FOUND)))
    if known is not None and asks_sum(turn.text):
        return known  # 能贷多少, of the loan listed first
    asked = replace(turn, intent="nlu_fallback") if turn.intent == SEARCH else turn
    return policy_in(turn.text) or next(iter(policies_told(asked)), None)
