"""Answers each point that may be asked of any matter, from its record or its own questions."""

import re
from collections.abc import Callable, Mapping

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.questions.faq_said import faqs_said
from actions.questions.matter_faqs import STRONG, known_validity, need_question, to_be_named, utter
from actions.questions.shared_rules import says_shared
from actions.turns.buttons import ITEM_MARK
from actions.turns.history import was_said
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer, paper_answer, record_answer, result_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.record_lines import every_line
from bot.services.words.any_matter import (
    Point,
    is_of_point,
    line_is_of_point,
)
from bot.services.words.renewal import tells_when_to_renew

FITS = 0.3
"""How well a question of the matter must fit where the point has several."""


HALLS = ("大厅", "窗口", "专窗", "专区")
"""Parts of the name of a place that keeps the hours of the halls."""


YEARLY_REPORT = "annual-report"
"""Matter by which a business reports each year, which took the place of its inspection."""


LICENCE, REPLACEMENT = "营业执照", "lic-reissue"
"""Result of a registration, and the matter by which a lost one is replaced."""


_GIVES = re.compile("(?:发|给|领)[^，。；]{0,6}(?:证|卡|牌|凭证|文书|批文)")
"""Tells what is given: 发公示卡."""


MOST_LINES = 4


NOT_RECORDED = "utter_matters_not_recorded"


Answer = Callable[[Turn, Matter, CollectingDispatcher], None]


def own_question(turn: Turn, matter: Matter, point: Point) -> Faq | None:
    """Return the question of a matter on a point, of several the one that fits; None for none."""
    known = [faq for faq in matter.faqs if is_of_point(faq.question, point)]
    if len(known) > 1:
        asked = app().question_finder.among(turn.text, [matter], FITS)
        known = [asked.faq] if asked is not None and asked.faq in known else known
    return known[0] if known else None


def _of_any_founding(turn: Turn, matter: Matter, point: Point) -> Faq | None:
    """Return a question on a point that a business of any form has; None for no such."""
    known = app().catalogue
    forms = [known.matter(form.matter_id) for form in known.enterprise_types.values()]
    found = (own_question(turn, one, point) for one in forms if matter in forms)
    return next(filter(None, found), None)


def _say_missing(response: str) -> Answer:
    """Return what says that a point is not recorded, by a response with a way on."""

    def answer(_: Turn, matter: Matter, say: CollectingDispatcher) -> None:
        say.utter_message(
            response=response,
            matter=matter.name,
            department=matter.department,
            channels=ITEM_MARK.join(matter.channels),
        )

    return answer


def _say_lines(point: Point, response: str) -> Answer:
    """Return what reads out the lines of a record on a point, else says that there are none."""
    missing = _say_missing(response)

    def answer(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
        lines = [line for line in every_line(matter) if line_is_of_point(line, point)]
        if lines:
            utter(record_answer(matter, lines[:MOST_LINES]), say)
        else:
            missing(turn, matter, say)

    return answer


def _say_topic(topic: str) -> Answer:
    """Return what answers a point with one of the plain topics."""

    def answer(_: Turn, matter: Matter, say: CollectingDispatcher) -> None:
        say_answer(topic, matter, say)

    return answer


def _say_electronic(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say what one gets, and that nothing is recorded of where its electronic form is."""
    if LICENCE in matter.result:
        say_answer("place", app().catalogue.matter(REPLACEMENT), say)
        return
    _say_result(turn, matter, say)
    _say_missing("utter_matters_electronic")(turn, matter, say)


def _say_form(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say which application the list of papers has, and where a matter is done."""
    forms = [one for one in matter.materials if "申请" in one.name]
    if forms:
        utter(paper_answer(matter, "申请表", forms), say)
    _say_missing("utter_matters_form")(turn, matter, say)


def _say_person(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Answer the question on such a person that the catalogue holds, else say who may."""
    asked = app().question_finder.among(turn.text, [matter], STRONG)
    if asked is not None:
        utter(faq_answer(asked.faq, to_be_named(turn, matter)), say)
    else:
        say_answer("eligibility", matter, say)


def _say_together(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say what can be done at the same time; else that nothing is recorded."""
    known = app().catalogue.matters
    beside = [known[name].name for name in matter.parallel_with if name in known]
    if beside:
        names = ITEM_MARK.join(beside)
        say.utter_message(response="utter_matters_together", matter=matter.name, beside=names)
    else:
        _say_missing(NOT_RECORDED)(turn, matter, say)


def _say_haste(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    say_answer("time_limit", matter, say)
    _say_missing("utter_matters_haste")(turn, matter, say)


def _say_hours(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    if any(part in channel for part in HALLS for channel in matter.channels):
        action_named("action_answer_office_hours").act(turn, say)
    else:
        _say_missing("utter_matters_hours_elsewhere")(turn, matter, say)


def _say_lapsed(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    held = known_validity(matter)
    if held is not None:
        utter(held, say)
    is_told = held is not None and tells_when_to_renew(held.text)  # 届满90日前: its own term goes
    if is_told or not says_shared(matter, Point.LAPSED, say):
        _say_missing("utter_matters_lapsed_not_recorded")(turn, matter, say)


def _say_lost(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say how a business licence is replaced; of others that nothing is recorded."""
    if LICENCE in matter.result or matter.id == REPLACEMENT:
        say_answer("procedure", app().catalogue.matter(REPLACEMENT), say)
    else:
        _say_missing("utter_matters_held_not_recorded")(turn, matter, say)


def _say_lent(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say of any business licence what holds of one; of others what the record has."""
    whole = app().catalogue.matter(REPLACEMENT)
    faq = own_question(turn, whole, Point.LENT) if LICENCE in matter.result else None
    if faq is not None:
        utter(faq_answer(faq, to_be_named(turn, whole)), say)
    else:
        _say_lines(Point.LENT, NOT_RECORDED)(turn, matter, say)


def _say_yearly(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say that a business reports instead, where its registration is meant; else the record."""
    forms = {form.matter_id for form in app().catalogue.enterprise_types.values()}
    if matter.id in forms:
        report = app().catalogue.matter(YEARLY_REPORT)
        own = own_question(turn, report, Point.YEARLY)
        if own is not None:
            utter(faq_answer(own), say)
            return
    held = known_validity(matter)
    if held is not None:
        utter(held, say)
    _say_lines(Point.YEARLY, "utter_matters_yearly_not_recorded")(turn, matter, say)


def _say_display(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say where the licence of a business of any form hangs, or what the record says of one."""
    own = _of_any_founding(turn, matter, Point.DISPLAY)
    if own is None:
        _say_lines(Point.DISPLAY, NOT_RECORDED)(turn, matter, say)
    else:
        utter(faq_answer(own), say)


def _say_why(_: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    purpose = app().matter_resolver.purpose(matter)
    say.utter_message(response="utter_matters_what_it_is", matter=matter.name, purpose=purpose)
    say_answer("legal_basis", matter, say)


def _say_who(_: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    faq = need_question(matter)
    if faq is not None:
        utter(faq_answer(faq, matter), say)
    say_answer("eligibility", matter, say)


def _say_without(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say who needs it and what follows without it; else by which law it is wanted."""
    then = own_question(turn, matter, Point.WITHOUT) or _of_any_founding(
        turn, matter, Point.WITHOUT
    )
    told = then or (need_question(matter) if "先" not in turn.text else None)  # 没下来能先开不
    told = told if told is None or told is then or not was_said(turn, told.answer) else None
    if told is not None:
        about = matter if told in matter.faqs else None
        utter(faq_answer(told, to_be_named(turn, matter) if about else None), say)
    if then is not None:
        return
    if not says_shared(matter, Point.WITHOUT, say):
        say.utter_message(response="utter_matters_without", matter=matter.name)
    say_answer("legal_basis", matter, say)


def _say_result(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say what one gets: by the answer that was just given, where it tells, or the record."""
    said = [faq for faq in faqs_said(turn, (matter,)) if _GIVES.search(faq.answer)]
    utter(faq_answer(said[-1]) if said else result_answer(matter), say)


ANSWERS: Mapping[Point, Answer] = {
    Point.CLOSED: _say_missing("utter_matters_closed_not_recorded"),
    Point.DISPLAY: _say_display,
    Point.EASY: _say_topic("procedure"),
    Point.ELECTRONIC: _say_electronic,
    Point.ELSEWHERE: _say_missing(NOT_RECORDED),
    Point.EXAM: _say_lines(Point.EXAM, NOT_RECORDED),
    Point.FORM: _say_form,
    Point.HASTE: _say_haste,
    Point.HOURS: _say_hours,
    Point.LAPSED: _say_lapsed,
    Point.LENT: _say_lent,
    Point.LICENCE_FIRST: _say_lines(Point.LICENCE_FIRST, NOT_RECORDED),
    Point.LOST: _say_lost,
    Point.MAIL: _say_missing("utter_matters_mail"),
    Point.MISPRINT: _say_lost,
    Point.ORIGINAL: _say_topic("materials"),
    Point.PERSON: _say_person,
    Point.PROXY: _say_lines(Point.PROXY, "utter_matters_proxy_not_recorded"),
    Point.QUEUE: _say_missing("utter_matters_queue"),
    Point.RECEIPT: _say_missing(NOT_RECORDED),
    Point.RESULT: _say_result,
    Point.REVOKED: _say_missing(NOT_RECORDED),
    Point.SENT_BACK: _say_missing("utter_matters_sent_back_not_recorded"),
    Point.TERMS: _say_topic("eligibility"),
    Point.TOGETHER: _say_together,
    Point.TRIPS: _say_missing("utter_matters_trips"),
    Point.VISIT: _say_lines(Point.VISIT, "utter_matters_visit_not_recorded"),
    Point.WHO: _say_who,
    Point.WHY: _say_why,
    Point.WITHDRAWN: _say_missing(NOT_RECORDED),
    Point.WITHOUT: _say_without,
    Point.YEARLY: _say_yearly,
}
