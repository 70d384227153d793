"""Answers whether a shop is fitted out first, or its licences are got first, by its own plan."""

import re
from collections.abc import Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.planned import planned_steps
from actions.questions.matter_faqs import utter
from actions.trades.start_answers import STARTUP, TRADE
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import on_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.plans.steps import PlanStep
from bot.services.words.asked import asks_fit_out_first
from bot.services.words.project import works_on_wall

WORKS = ("prj-fire-design", "prj-fire-accept")
"""Matters of special works: the drawings before the works, the acceptance behind them."""

PLANNING, BUILDING = "prj-work-plan-permit", "prj-construction-permit"
"""Matters that look at a house from outside, and at what carries it."""

FACE, FACADE, BEARS = re.compile("外墙|外立面|临街|[门窗]"), "外立面", "承重"
"""Words of what is seen from outside, and of their questions."""

CHECK = "lic-fire-open"
"""Matter that looks at the rooms before a place opens."""


_FELL = re.compile(
    "砸(?:下来|到|着|住|了(?:人|我|俺|他|她))|掉下来|压[住着在]|塌|快来|[燃煤]气|漏|冒|喷|(?:人|腿|手|脚)[^，,。]{0,3}在"
)
"""A wall that fell, or what was hit behind it: no permit is asked for."""

_WISHES = re.compile("想|打算|准备|计划|能|可以|要不要|[吗么不][?？]?$")


def answer_wall(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what is wanted before a wall is broken or opened: 里头想拆一面承重墙; or no events.

    It is no cry for help, and 外墙想开个门 opens no shop.
    """
    danger = app().dialogue_words.danger
    is_danger = danger.are_in(turn.text) or _FELL.search(turn.text) is not None
    is_danger |= turn.intent == "emergency" and _WISHES.search(turn.text) is None
    if turn.choice is not None or not works_on_wall(turn.text) or is_danger:
        return []
    is_face = FACE.search(turn.text) is not None and BEARS not in turn.text
    matter = app().catalogue.matter(PLANNING if is_face else BUILDING)
    word = FACADE if is_face else BEARS
    own = next((one for one in matter.faqs if word in one.question + one.answer), None)
    if own is None:
        return []
    utter(faq_answer(own, matter), say)
    return on_matter(matter, "eligibility")


def says_fit_out_first(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what of the plan goes before the works, and what behind them; False for not asked."""
    if turn.choice is not None or not asks_fit_out_first(turn.text):
        return False
    if turn.slots.get(TRADE) is None:
        return False
    steps = planned_steps({**turn.slots, "journey": "start_business"})
    names = {step.matter.id: step.planned.step.name for step in steps if step.matter}
    say.utter_message(response="utter_plan_fit_out")
    if WORKS[0] in names:
        design, accept = (names[one] for one in WORKS)
        say.utter_message(response="utter_plan_fit_out_special", design=design, accept=accept)
    elif WORKS[1] in names:
        say.utter_message(response="utter_plan_fit_out_accepted", accept=names[WORKS[1]])
    if CHECK in names:
        behind = ITEM_MARK.join(_behind(CHECK, steps))
        response = "utter_plan_fit_out_check_then" if behind else "utter_plan_fit_out_check"
        if any(s.undecided for s in steps if s.matter is not None and s.matter.id == CHECK):
            response = "utter_plan_fit_out_check_perhaps"
        say.utter_message(response=response, check=names[CHECK], behind=behind)
    if CHECK not in names and not set(WORKS) & set(names):
        listed = ITEM_MARK.join(_own(steps))
        if listed:
            say.utter_message(response="utter_plan_fit_out_unsaid", matters=listed)
    return True


def _behind(matter_id: str, steps: Sequence[PlanStep]) -> list[str]:
    """Return the names of the steps that wait for the step of a matter."""
    before = {s.planned.step.id for s in steps if s.matter is not None and s.matter.id == matter_id}
    return [s.planned.step.name for s in steps if before & set(s.planned.step.depends_on)]


def _own(steps: Sequence[PlanStep]) -> list[str]:
    """Return the names of the licences of the trade itself."""
    return [
        step.planned.step.name
        for step in steps
        if step.matter is not None and step.matter.category != STARTUP
    ]
