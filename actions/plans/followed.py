"""Says what is left when a plan is done, what comes again each year, how much there is in all."""

from collections.abc import Callable, Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.planned import planned_matters, planned_steps
from actions.questions.matter_faqs import known_validity, utter
from actions.trades.start_answers import STARTUP
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import on_plan, read_focus
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.documents.plan_answers_text import ways_answer
from bot.domain.matters import Matter
from bot.services.words.any_matter import Point, is_of_point
from bot.services.words.standing_asked import (
    FIRST_REPORT,
    TAX_RETURN,
    asks_for_way,
    asks_how_many,
    asks_if_right,
    asks_what_follows,
    asks_what_now,
    asks_what_returns,
)

REPORT, TAX = "annual-report", "tax-newbiz"
"""Matters of what every business does each year."""

START, PROJECT = "start_business", "plan_project"

PROPERTY = "property"
"""Category of what may follow a project."""

MOST = 3
"""Licences of which it is said how long they hold."""

Says = Callable[[Turn, Sequence[Matter], CollectingDispatcher], bool]


def answer_followed(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what is asked of the whole plan that stands; None for no such question."""
    journey = str(read_focus(turn).journey)
    if asks_what_now(turn.text):
        return action_named("action_show_plan").act(turn, say) or on_plan(journey)
    matters = planned_matters({**turn.slots, "journey": journey})
    asked = next((says for asks, says in _ASKED if asks(turn.text)), None)
    is_said = asked is not None and bool(matters) and asked(turn, matters, say)
    return on_plan(journey) if is_said else None


def _say_follows(turn: Turn, matters: Sequence[Matter], say: CollectingDispatcher) -> bool:
    """Say what a business owes later on, or which matters follow those of the plan."""
    if read_focus(turn).journey == START:
        say.utter_message(response="utter_plan_follows")
        _say_question(REPORT, FIRST_REPORT, say)
        _say_question(TAX, TAX_RETURN, say)
        _say_validity(matters, say)
        return True
    last = matters[-1]
    known = app().catalogue.matters.values() if read_focus(turn).journey == PROJECT else ()
    later = [one.name for one in known if last.id in one.depends_on and one.category == PROPERTY]
    response = "utter_plan_follows_matters" if later else "utter_plan_follows_nothing"
    say.utter_message(response=response, last=last.name, matters=ITEM_MARK.join(later))
    return True


def _say_returns(turn: Turn, matters: Sequence[Matter], say: CollectingDispatcher) -> bool:
    """Say what comes again: the report of each year, and how long the licences hold."""
    if read_focus(turn).journey != START:
        return False
    report = app().catalogue.matter(REPORT)
    own = next((faq for faq in report.faqs if is_of_point(faq.question, Point.YEARLY)), None)
    if own is not None:
        utter(faq_answer(own), say)
    _say_validity(matters, say)
    return True


def _say_question(matter_id: str, question: str, say: CollectingDispatcher) -> None:
    known = app().catalogue.matter(matter_id).faqs
    faq = next((one for one in known if one.question == question), None)
    if faq is not None:
        utter(faq_answer(faq), say)


def _say_validity(matters: Sequence[Matter], say: CollectingDispatcher) -> None:
    held = [known_validity(one) for one in matters if one.category != STARTUP]
    told = [one for one in held if one is not None]
    for one in told[:MOST]:
        utter(one, say)
    if not told:
        say.utter_message(response="utter_plan_no_validity")


def _say_ways(_: Turn, matters: Sequence[Matter], say: CollectingDispatcher) -> bool:
    utter(ways_answer(matters), say)
    say.utter_message(response="utter_plan_ways_help")
    return True


def _say_many(turn: Turn, _: Sequence[Matter], say: CollectingDispatcher) -> bool:
    """Say how many steps there are, which, and which of them are of free will."""
    journey = read_focus(turn).journey
    steps = [one for one in planned_steps({**turn.slots, "journey": journey}) if one.matter]
    names = list(dict.fromkeys(one.planned.step.name for one in steps))
    free = list(dict.fromkeys(one.planned.step.name for one in steps if one.is_optional))
    response = "utter_plan_many_some_free" if free else "utter_plan_many"
    say.utter_message(
        response=response,
        count=str(len(names)),
        matters=ITEM_MARK.join(names),
        free=ITEM_MARK.join(free),
    )
    return True


def _say_right(_: Turn, __: Sequence[Matter], say: CollectingDispatcher) -> bool:
    say.utter_message(response="utter_plan_right")
    return True


_ASKED: Sequence[tuple[Callable[[str], bool], Says]] = (
    (asks_what_follows, _say_follows),
    (asks_what_returns, _say_returns),
    (asks_for_way, _say_ways),
    (asks_how_many, _say_many),
    (asks_if_right, _say_right),
)
