"""Answers what follows when what was spoken of has changed since: 中途装机容量变大了嘞.

Of the matter spoken of last the question of the catalogue on a change is meant, however little the
words share.
"""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import offered_plan
from actions.questions.faq_asked import talked_about
from actions.questions.matter_faqs import to_be_named, utter
from actions.turns.focus import CASE, POLICY, TICKET, matter_in_focus, on_matter, read_focus
from actions.turns.history import typed_before, was_said
from actions.turns.names import is_founding, sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.question_finder import Asked
from bot.services.words.change import thing_beside
from bot.services.words.remarks import asks_the_same_of, clauses, thing_asked_of

CHANGES, LICENCE = "change", "营业执照"
"""Category of what is changed, and what one gets when a registration is."""

LONGEST = 18
"""Signs of a text that only tells of a change."""

_CHANGED = re.compile(
    "(?:变[大小多少高低]?|改|扩[大容建]?|增[加大]|加[大高]|缩[小减]|涨)了"
    "(?:嘞|呢|咋|怎么|[，, 。]|$)|"
    "(?:有|要是|万一|中途|后来|以后)[^，,。]{0,8}(?:变动|变化|调整)"
)
"""Tells that something has changed."""

_OF_CHANGE = re.compile("变了|变更|变化|改了|调整|扩大")
"""Stands in a question of the catalogue on a change."""

ELSEWHERE = frozenset({CASE, POLICY, TICKET})
BEGINNINGS = frozenset({"plan_project", "start_business"})
"""What is talked about, and planned, when the plan of a change that was offered is left."""

IF_CHANGED = "要变更吗"
"""Asks of a thing if it changes too."""

BESIDE = 0.5
"""How well a question on what else changes must fit."""

_CHANGES = re.compile("[改变换]")
"""Stands in a question on what changes with something."""

_ELSE = ("matter", "policy", "case_number", "company_name")


def answer_change_told(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what a change means for the matter spoken of last; no events for none."""
    licence = _licence_to_change(turn)
    if licence is not None:
        say_answer("procedure", licence, say)
        return on_matter(licence, "procedure")
    told = _change_meant(turn)
    if told is None:
        return _beside_change(turn, say)
    matter, faq = told
    utter(faq_answer(faq, to_be_named(turn, matter)), say)
    return on_matter(matter, read_focus(turn).topic or "eligibility")


def _beside_change(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what the change spoken of last means for something else of the business; or no events.

    "银行户头上的呢" after a new legal representative asks the bank's own question.
    """
    thing = thing_beside(turn.text)
    spoken = change_spoken_of(turn) if thing is not None and turn.loop is None else None
    if spoken is None or thing is None or turn.choice is not None:
        return []
    label = re.split("[、（]", app().matter_resolver.label(spoken))[0]
    text = f"{label} {thing}{IF_CHANGED}"
    asked, general = app().question_finder.best_of_all(text), app().service_finder.asked(text)
    own = (one for one in spoken.faqs if thing in one.answer and _CHANGES.search(one.question))
    if asked is not None and asked.score >= BESIDE and _is_on(thing, asked):
        utter(faq_answer(asked.faq, to_be_named(turn, asked.matter)), say)
    elif general is not None and general.faq is not None and thing in general.name:
        utter(faq_answer(general.faq), say)
    elif (faq := next(own, None)) is not None:
        utter(faq_answer(faq), say)
    else:
        say.utter_message(response="utter_matters_beside_change", change=label, thing=thing)
    return on_matter(spoken, read_focus(turn).topic or "eligibility")


def change_spoken_of(turn: Turn) -> Matter | None:
    """Return the change of a business that was spoken of last, or whose plan was offered."""
    spoken = matter_in_focus(turn)
    if spoken is not None and _changes_licence(spoken):
        return spoken
    is_left = turn.slots.get("focus") in ELSEWHERE or read_focus(turn).journey in BEGINNINGS
    event = app().catalogue.life_events.get("" if is_left else offered_plan(turn) or "")
    steps, known = () if event is None else event.steps, app().catalogue.matters
    offered = (known[str(one.matter_id)] for one in steps if one.matter_id in known)
    return next(filter(_changes_licence, offered), None)


def _changes_licence(matter: Matter) -> bool:
    return matter.category == CHANGES and LICENCE in matter.result


def _is_on(thing: str, asked: Asked) -> bool:
    """Tell whether a question is about what is named, and not only about the same change."""
    said = f"{asked.faq.question}{asked.matter.name}"
    return thing in said or app().matter_resolver.is_pointed_at(asked.matter, thing)


def _licence_to_change(turn: Turn) -> Matter | None:
    """Return what changes on the business licence where a change was told of another one.

    "那营业执照呢 也得动" after "店要挪地方 食品证咋弄" asks for no first licence.
    """
    first = next(iter(clauses(turn.text)), "")
    before, thing = typed_before(turn), thing_asked_of(first)
    is_asked = asks_the_same_of(first) and is_founding(thing) and turn.loop is None
    if not is_asked or turn.choice is not None or before is None:
        return None
    found = filter(None, (sure_matter(f"{thing}{part}") for part in clauses(before)))
    changed = (one for one in found if one.category == CHANGES and LICENCE in one.result)
    return next(changed, None)


def _change_meant(turn: Turn) -> tuple[Matter, Faq] | None:
    is_free = turn.choice is None and len(turn.text) <= LONGEST
    matter = talked_about(turn)[0] if is_free else None
    if matter is None or _CHANGED.search(turn.text) is None or any(map(turn.entity, _ELSE)):
        return None
    if app().dialogue_words.topics_in(turn.text):
        return None
    faq = next((one for one in matter.faqs if _OF_CHANGE.search(one.question)), None)
    return None if faq is None or was_said(turn, faq.answer) else (matter, faq)
