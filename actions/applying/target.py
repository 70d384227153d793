"""The question what is applied for: a matter of the plan, a named one, the opening as a whole."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.applying.draft import TARGET
from actions.forms.ask import asking, choice_button, chosen
from actions.forms.question import Answer, Problem, Question, Value
from actions.plans.planned import planned_matters
from actions.turns.names import find_matters, matter_buttons, matter_choices, sure_matter
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.documents import labels
from bot.services.applications.target import OPENING, is_target

MOST_BUTTONS = 8


def target_question() -> Question:
    """Which matter, or the opening as a whole."""
    return Question(
        TARGET,
        _ask_target,
        _parse_target,
        label=("事项",),
        entity="matter",
        why="utter_matters_why",
    )


def _ask_target(turn: Turn, say: CollectingDispatcher) -> None:
    buttons = []
    matters = planned_matters(turn.slots)
    if turn.slots.get("journey") == "start_business" or not matters:
        buttons.append(choice_button(TARGET, OPENING, labels.WHOLE_OPENING))
    buttons += [choice_button(TARGET, one.id, one.name) for one in matters[:MOST_BUTTONS]]
    asking("utter_apply_ask_target", lambda _: buttons)(turn, say)


def _parse_target(turn: Turn) -> Answer:
    pressed = chosen(turn, TARGET)
    if pressed is not None:
        return Value(pressed, exact=True) if is_target(pressed, app().catalogue) else None
    name = turn.entity("matter") or turn.text
    matter = sure_matter(name)
    if matter is not None:
        return Value(matter.id)
    if means_opening(turn.text):
        return Value(OPENING)
    found = find_matters(name)
    if not found or turn.requested != TARGET or turn.intent in QUESTION_INTENTS:
        return None
    buttons = matter_buttons(TARGET, found)
    return Problem(
        "utter_common_suggest_matters", {"choices": matter_choices(found)}, buttons=buttons
    )


def means_opening(text: str) -> bool:
    """Tell whether the words mean the opening as a whole."""
    return any(word in text for word in app().apply_words["opening"])
