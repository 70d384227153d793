"""Answers what is asked on about the case that was shown last: 还得几天, 谁在办, 黄灯啥意思."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import utter
from actions.steering.asides import say_service_question, sure_service_question
from actions.turns.focus import CASE, MATTER
from actions.turns.history import services_spoken_of, typed_before
from actions.turns.intent_actions import INTENT_ACTIONS
from actions.turns.intent_groups import CASES, POLICIES, SERVICE_INTENTS
from actions.turns.registry import action_named
from actions.turns.turn import Entity, Turn
from bot.documents.case_list_text import ACT
from bot.documents.matter_text import faq_answer
from bot.services.words.case_asked import (
    LIGHTS,
    OVERDUE,
    OVERDUE_ASKED,
    part_asked,
    points_at_case,
)
from bot.services.words.filing import asks_what_is_missing
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import asks_for_another

OF_SERVICE = 0.5
"""How well what sounds like a case must fit a question on a service of ours."""

LEFT_ALONE = frozenset({"ask_fee", "blow_whistle", "complain", "follow_case", "request_agent"})
LEFT_ALONE |= POLICIES
"""What is surely none of what a part of the case tells."""

OF_CASES = "cases"
"""The service whose responses speak of a case."""

OTHERS = ("case_number", "company_name", "industry", "matter", "policy", "project_type")
"""Entities that bring up something else."""


def answer_case_part(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what a short text asks of the case shown last; None where it asks no part of it."""
    part = case_part(turn)
    return None if part is None else _say_part(turn, part, say)


def case_part(turn: Turn) -> str | None:
    """Return the part of the case shown last that a short text asks for; None for none."""
    is_asked = _is_of_shown(turn) and turn.intent not in LEFT_ALONE and _is_spoken_of(turn)
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


def _is_spoken_of(turn: Turn) -> bool:
    """Tell whether the case was spoken of right before, or is pointed at now."""
    is_said = OF_CASES in services_spoken_of(turn)
    return is_said or part_asked(typed_before(turn) or "") is not None or points_at_case(turn.text)


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
    entities = (*turn.entities, Entity(ACT, part, 0, len(turn.text)))
    asked = replace(turn, intent="query_case", entities=entities)
    return action_named("action_start_case").act(asked, say)


def as_matter_of_case(turn: Turn) -> Turn:
    """Return the turn as if the matter of the case shown last were spoken of: 办完证能寄不.

    Only a question of a matter is read so, and none for a service of ours.
    """
    is_other = turn.intent in SERVICE_INTENTS or not asks(turn.text)
    if not _is_of_shown(turn) or is_other or turn.slots.get("matter_id") is None:
        return turn
    return replace(turn, slots={**turn.slots, "focus": MATTER})
