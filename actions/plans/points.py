"""Answers for the licences of a plan that stands what may be asked of any: 被退回来咋整."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.planned import planned_matters
from actions.projects.answers import project_what_ifs
from actions.questions.matter_faqs import utter
from actions.trades.asked import nearest_first, say_fines
from actions.trades.start_answers import STARTUP, TRADE
from actions.turns.focus import on_plan, read_focus
from actions.turns.registry import action_named
from actions.turns.turn import Entity, Turn
from bot.documents.matter_text import faq_answer, record_answer
from bot.documents.plan_text import what_ifs_text
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.record_lines import every_line, lines_about, shared_run
from bot.services.reading.wording import content, normalise
from bot.services.words.any_matter import (
    Point,
    is_of_point,
    is_shared_on,
    line_is_of_point,
    speaks_of_case,
)
from bot.services.words.matter_remarks import asks
from bot.services.words.standing_point import asks_to_begin_first, point_of_all, question_of_person
from bot.services.words.trade_apart import asks_to_build_first

START, PROJECT = "start_business", "plan_project"

PERMITS = ("prj-work-plan-permit", "prj-construction-permit")
"""Matters without which nothing is built, in their order."""

FITS, SHARED = 0.3, 2
"""How well a question must fit to be meant, and signs that it must share with the text."""

REFUSED = frozenset({"nlu_fallback", "out_of_scope"})
"""Intents of what would be refused."""

MOST, MOST_LINES = 2, 3
"""Answers given for a plan at once, and lines of one record."""

SERVED = frozenset(
    {
        Point.DISPLAY,
        Point.EXAM,
        Point.FORM,
        Point.HASTE,
        Point.MAIL,
        Point.PERSON,
        Point.PROXY,
        Point.QUEUE,
        Point.RECEIPT,
        Point.SENT_BACK,
        Point.VISIT,
    }
)
"""Points that are asked of all of a plan as well."""


def answer_points(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer such a question for the plan; no events for another.

    Args:
        turn: The message, behind a plan that stands; it names no matter.
        say: Where it is said.
    """
    journey = str(read_focus(turn).journey)
    is_first = asks_to_begin_first(turn.text)
    is_first |= journey == PROJECT and asks_to_build_first(turn.text)
    if is_first and _say_without(turn, journey, say):
        return on_plan(journey)
    point = point_of_all(turn.text)
    matters = planned_matters({**turn.slots, "journey": journey})
    if point not in SERVED:
        return on_plan(journey) if _say_nearest(turn, matters, say) else []
    return on_plan(journey) if matters and _says_point(turn, point, matters, say) else []


def _says_point(
    turn: Turn, point: Point, matters: Sequence[Matter], say: CollectingDispatcher
) -> bool:
    """Answer one point for all of the plan; False where it is of a person nothing is known of."""
    if point is Point.PERSON:
        return _says_of_person(turn, matters, say)
    if point is Point.HASTE:
        return _says_quicker(turn, say)
    if point is Point.FORM:
        _hand_forms(turn, say)
    else:
        _say_point(point, matters, say)
    return True


def _say_without(turn: Turn, journey: str, say: CollectingDispatcher) -> bool:
    """Say what follows who begins without the papers; False where the plan is of an end."""
    if journey == START:
        trade = str(turn.slots.get(TRADE) or "")
        near = [one.id for one in nearest_first(trade)] if ":" in trade else []
        planned = {one.id: one for one in planned_matters({**turn.slots, "journey": journey})}
        own = [planned[name] for name in near if name in planned]
        say_fines([*own[:1], *_founding(planned.values()), *own[1:]], say)
    elif journey == PROJECT:
        say_fines([app().catalogue.matter(one) for one in PERMITS], say)
    return journey in {START, PROJECT}


def _founding(matters: Iterable[Matter]) -> list[Matter]:
    """Return the registration of the business among the matters of a plan."""
    forms = {form.matter_id for form in app().catalogue.enterprise_types.values()}
    return [one for one in matters if one.id in forms]


def _hand_forms(turn: Turn, say: CollectingDispatcher) -> None:
    wanted = replace(turn, entities=(Entity("paper", "form", 0, 0),))
    action_named("action_take_papers").act(wanted, say)


def _says_quicker(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say which answers make a project quicker, else that no haste is recorded; False of a case."""
    if speaks_of_case(turn.text):
        return False
    is_project = read_focus(turn).journey == PROJECT
    found = project_what_ifs(turn.slots) if is_project else ()
    if found:
        say.utter_message(response="utter_plan_project_what_ifs", what_ifs=what_ifs_text(found))
    else:
        say.utter_message(response="utter_matters_haste")
    return True


def _say_point(point: Point, matters: Sequence[Matter], say: CollectingDispatcher) -> None:
    """Say what the matters have on a point of their own, else what all share, else the record."""
    licences = [one for one in matters if one.category != STARTUP]
    ordered = [*licences, *(one for one in matters if one not in licences)]
    own = [(one, faq) for one in ordered for faq in one.faqs if is_of_point(faq.question, point)]
    shared = _shared(point, matters)
    lines = [(one, [x for x in every_line(one) if line_is_of_point(x, point)]) for one in ordered]
    told = [(one, found) for one, found in lines if found]
    if shared:
        for faq in shared[:MOST]:
            utter(faq_answer(faq), say)
    elif own:
        for matter, faq in own[:MOST]:
            utter(faq_answer(faq, matter), say)
    elif told:
        for matter, found in told[:MOST]:
            utter(record_answer(matter, found[:MOST_LINES]), say)
    else:
        say.utter_message(response="utter_plan_point_missing")
    if point is Point.PROXY:
        say.utter_message(response="utter_plan_help")


def _shared(point: Point, matters: Sequence[Matter]) -> list[Faq]:
    """Return what holds on a point for all matters of the legal kinds of a plan, each once.

    Of several questions only the first answer to each: that of other kinds says nearly the same.
    """
    known = app().catalogue.shared_questions
    of_point = (one for one in known if is_shared_on(one.faq.question, point))
    found = [one.faq for one in of_point if any(map(one.holds_for, matters))]
    first = {faq.question: faq for faq in reversed(found)}
    return found if len(first) == 1 else [faq for faq in found if first[faq.question] is faq]


def _says_of_person(turn: Turn, matters: Sequence[Matter], say: CollectingDispatcher) -> bool:
    """Say whether such a person may register; False where no question of the catalogue is on it."""
    part = question_of_person(turn.text)
    own = _founding(matters)
    known = [(one, faq) for one in own for faq in one.faqs if re.search(part, faq.question)]
    asked = app().question_finder.among(turn.text, own, FITS) if own and not known else None
    if asked is not None:
        known = [(asked.matter, asked.faq)]
    for matter, faq in known[:1]:
        utter(faq_answer(faq, matter), say)
    return bool(known)


def _say_nearest(turn: Turn, matters: Sequence[Matter], say: CollectingDispatcher) -> bool:
    """Say, before a refusal, the question of the plan's matters that shares a rare word: 油烟.

    With the lines of the record that speak of it; False where none does.
    """
    if turn.intent not in REFUSED or not asks(turn.text):
        return False
    asked = app().question_finder.among(turn.text, matters, FITS)
    said = content(normalise(turn.text))
    is_near = asked is not None and shared_run(said, normalise(asked.faq.question)) >= SHARED
    if asked is None or not is_near:
        return False
    lines = lines_about(turn.text, asked.matter)
    if lines:
        utter(record_answer(asked.matter, lines), say)
    utter(faq_answer(asked.faq, asked.matter), say)
    return True
