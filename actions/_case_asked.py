"""Answers what is asked on about the case that was shown last: 还得几天, 谁在办, 黄灯啥意思."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._asides import say_service_question, sure_service_question
from actions._focus import CASE, MATTER
from actions._history import lately_responded
from actions._intent_actions import INTENT_ACTIONS
from actions._matter_faqs import utter
from actions._registry import action_named
from actions._requests import CASES, SERVICE_INTENTS
from actions._turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.case_asked_words import LIGHTS, OVERDUE, OVERDUE_ASKED, part_asked, points_at_case
from bot.services.filing_words import asks_what_is_missing
from bot.services.matter_remarks import asks
from bot.services.remarks import asks_for_another

PURPOSE = "case_purpose"
"""Slot of what is wanted with the case."""

OF_SERVICE = 0.5
"""How well what sounds like a case must fit a question on a service of ours."""

LEFT_ALONE = frozenset(
    {"apply_policy", "ask_fee", "blow_whistle", "complain", "follow_case"}
    | {"match_policy", "request_agent", "search_policy"}
)
"""Wishes that are surely none of what a part of the case tells."""

SAID = frozenset(
    {"utter_cases_already_urged", "utter_cases_explained", "utter_cases_follow_closed"}
    | {"utter_cases_followed", "utter_cases_lights", "utter_cases_mine", "utter_cases_not_followed"}
    | {"utter_cases_papers_later", "utter_cases_promised_time", "utter_cases_result_fetched"}
    | {"utter_cases_shown", "utter_cases_unfollowed", "utter_cases_urge_closed"}
    | {"utter_cases_urge_unsent", "utter_cases_urge_yours", "utter_cases_urged"}
)
"""What is said of a case that is there."""

LATELY = 2
"""Answers back in which a case was spoken of: one part is asked after another."""

OTHERS = ("case_number", "company_name", "industry", "matter", "policy", "project_type")
"""Entities that bring up something else."""


def answer_case_part(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what a short text asks of the case shown last; None where it asks no part of it."""
    part = case_part(turn)
    return None if part is None else _say_part(turn, part, say)


def case_part(turn: Turn) -> str | None:
    """Return the part of the case shown last that a short text asks for; None for none."""
    is_asked = _is_of_shown(turn) and turn.intent not in LEFT_ALONE and _is_fresh(turn)
    return part_asked(turn.text) if is_asked and not asks_for_another(turn.text) else None


def answer_of_case(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Show the case shown last again, or answer what only sounds like one; None for neither.

    "那缺的是啥" is about the case; "交二百加急费三天就给证 这合法不" asks for no number of one.
    """
    is_shown = _is_of_shown(turn)
    if is_shown and turn.intent in CASES:  # 咋还没办完
        return action_named(INTENT_ACTIONS[turn.intent]).act(turn, say)
    if is_shown and asks(turn.text) and asks_what_is_missing(turn.text):
        return action_named("action_start_case").act(replace(turn, intent="query_case"), say)
    is_asked = turn.intent in CASES and turn.entity("case_number") is None
    asked = sure_service_question(turn, OF_SERVICE) if is_asked else None
    if asked is None or asked.faq is None:
        return None
    say_service_question(asked.faq, say)
    return []


def _is_of_shown(turn: Turn) -> bool:
    """Tell whether a case was shown last of all, and a text brings up nothing else."""
    is_shown = turn.slots.get("focus") == CASE and bool(turn.slots.get("case_shown"))
    is_free = turn.loop is None and turn.choice is None
    return is_shown and is_free and not any(map(turn.entity, OTHERS))


def _is_fresh(turn: Turn) -> bool:
    """Tell whether a case was spoken of in the last answers, or is pointed at."""
    return bool(SAID & lately_responded(turn, LATELY)) or points_at_case(turn.text)


def _say_part(turn: Turn, part: str, say: CollectingDispatcher) -> list[EventType] | None:
    """Say one part of the case; it is looked up anew, for it may have moved."""
    if part == OVERDUE:
        law = app().shared_finder.asked(OVERDUE_ASKED, None)
        if law is not None:
            utter(faq_answer(law.faq), say)
        return None if law is None else []
    if part == LIGHTS:
        rule = app().case_rules.colours
        say.utter_message(response="utter_cases_lights", days=rule.yellow_days_left)
        return []
    asked = action_named("action_start_case").act(replace(turn, intent="query_case"), say)
    return [{**event, "value": part} if event.get("name") == PURPOSE else event for event in asked]


def as_matter_of_case(turn: Turn) -> Turn:
    """Return the turn as if the matter of the case shown last were spoken of: 办完证能寄不.

    Only a question of a matter is read so, and none for a service of ours.
    """
    is_other = turn.intent in SERVICE_INTENTS or not asks(turn.text)
    if not _is_of_shown(turn) or is_other or turn.slots.get("matter_id") is None:
        return turn
    return replace(turn, slots={**turn.slots, "focus": MATTER})
