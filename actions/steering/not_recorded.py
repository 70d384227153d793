"""A short question that fits nothing is about what was talked about: said honestly, with a way on.

"过了期罚不罚" after the food licence is neither out of scope nor a yes or no: it is about that
licence, and the catalogue may hold nothing on it.
"""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.evidence import is_weak
from actions.questions.faq_said import faq_echoed, faqs_said
from actions.questions.matter_faqs import (
    SHORTEST_STRONG,
    STRONG,
    asks_more,
    known_validity,
    matter_told_of,
    questions_among,
    say_question,
    utter,
)
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.history import was_told
from actions.turns.names import ANOTHER, sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import answer as matter_answer
from bot.documents.matter_text import faq_answer, record_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.matter_faqs import asks_validity
from bot.services.finding.question_finder import Asked
from bot.services.plans.company_names import name_in
from bot.services.reading.wording import content, normalise
from bot.services.words.any_matter import Point, is_of_point
from bot.services.words.asked import (
    asks_about_it,
    asks_also_needed,
    asks_who_may,
    counts_something,
    speaks_of_doing,
    tells_circumstance,
    wants_benefit,
)
from bot.services.words.matter_remarks import (
    asks,
    asks_consequence,
    asks_penalty,
    tells_consequence,
)
from bot.services.words.plan_remarks import asks_after_area
from bot.services.words.remarks import clauses, is_latin_noise, is_new_wish
from bot.services.words.request import goes_instead, is_of_deputy
from bot.topic_parts import asks_conditions

UNSURE = frozenset(
    {
        "affirm",
        "ask_why",
        "chitchat",
        "deny",
        "go_back",
        "inform",
        "nlu_fallback",
        "out_of_scope",
        "repeat",
        "skip",
    }
)
"""Intents that such a question is taken for."""

SURE_OUT = 0.7
"""From this confidence on it must speak of papers and offices not to be out of scope."""

SHORTEST = 5
"""Characters of what is told of a matter."""

STATED = 0.33
"""How well it must fit a question of the matter."""

DETAIL = frozenset({"inform", "nlu_fallback", "out_of_scope"})
"""What the model takes a few more words on what was answered for."""

AT_ALL = 0.0
"""How well some question of it must fit to say again what was just told."""

SHORTEST_DETAIL, LONGEST_DETAIL = 2, 12
"""Characters of such words."""

LONGEST_WORD = 4
"""Signs of the one word that a question asks after."""

SURE_TALK = 0.95
"""From this confidence on what is told of one's place is small talk."""

_SAYS_SO = re.compile(r"\d+(?:个月|[年日天])|有效|罚|责令|没收")
"""Stands in a line that says how long something holds, or what follows."""

BURDENS = ("税", "债", "工资", "社保", "抵押", "查封")
"""What a business may owe, or what may be held against it."""

NAMES = ("matter", "industry", "policy", "project_type", "case_number", "company_name")


def answer_not_recorded(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer such a question as well as the catalogue can; no events when it is none."""
    matter = matter_in_focus(turn)
    if matter is None or turn.loop is not None or is_weak(turn, matter):
        return []
    if _is_circumstance(turn):
        other = sure_matter(turn.text)  # 还想顺带卖烟 不过楼下就是小学
        return _say_conditions(turn, other or matter, say)
    told = _question_told(turn, matter)
    is_more = len(clauses(turn.text)) > 1 and not asks(turn.text)
    if told is not None and is_more and told.faq in faqs_said(turn, (matter,)):
        return _say_beyond(turn, matter, say)
    echoed = faq_echoed(turn, matter) if told is None and turn.intent in UNSURE else None
    if told is not None or echoed is not None:
        if told is not None:
            say_question(turn, told, say)
            matter = matter_told_of(told.faq, matter)
        elif echoed is not None:
            utter(faq_answer(echoed), say)
        return on_matter(matter, read_focus(turn).topic or "eligibility")
    if not _is_about_it(turn):
        return []
    if asks_also_needed(turn.text):
        _utter("eligibility", matter, say)
        return on_matter(matter, "eligibility")
    other = sure_matter(turn.text)
    is_named = other is not None and any(n in turn.text for n in (other.name, *other.aliases))
    if other is not None and other.id != matter.id and (is_named or not _is_area(turn)):
        return []  # 公章呢; but not 公安那边要备案吗
    return say_recorded(turn, matter, say)


def _say_beyond(turn: Turn, matter: Matter, say: CollectingDispatcher) -> list[EventType]:
    """Say what more than was just answered is judged by: 三百米，不过在居民楼底下."""
    if not matter.conditions:
        return say_recorded(turn, matter, say)
    _utter("eligibility", matter, say)
    return on_matter(matter, "eligibility")


def say_recorded(turn: Turn, matter: Matter, say: CollectingDispatcher) -> list[EventType]:
    """Say what the record of a matter holds on a point, else that it holds nothing."""
    if asks_consequence(turn.text) or asks_penalty(turn.text):
        told = [one for one in matter.faqs if tells_consequence(one.question)]
        without = (one for one in told if is_of_point(one.question, Point.WITHOUT))
        faq = next(without, next(iter(told), None))
        made = faq_answer(faq) if faq is not None else None
    else:
        made = known_validity(matter) if asks_validity(turn.text) else None
    lines = app().record_lines.about(turn.text, matter) if made is None else []
    if asks_validity(turn.text) or asks_penalty(turn.text):
        lines = [line for line in lines if _SAYS_SO.search(line)]
    if made is None and goes_instead(turn.text):  # 老板在外地回不来我替他去中不
        lines = [one.name for one in matter.materials if is_of_deputy(one.name)] or lines
    if lines:
        made = record_answer(matter, lines)
    if made is not None:
        say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
        return on_matter(matter)
    best = app().matter_resolver.rank(turn.text, 1)  # none for what holds no word: ":"
    is_told = len(turn.text) >= SHORTEST_STRONG
    meant = [app().catalogue.matter(x.matter_id) for x in best if is_told and x.score >= ANOTHER]
    asked = app().question_finder.among(turn.text, meant, STRONG)
    if asked is None:
        asked = app().question_finder.among(turn.text, [matter], STATED)
    faq = of_word(turn.text, matter) if asked is None else None
    if faq is not None:
        utter(faq_answer(faq), say)
        return on_matter(matter)
    if asked is not None:  # 注册资金写多少 while another matter was spoken of
        utter(faq_answer(asked.faq), say)
        return on_matter(asked.matter, "eligibility")
    told = faqs_said(turn, (matter,)) if turn.text.rstrip("?？").endswith("呢") else []
    is_near = app().question_finder.among(turn.text, [matter], AT_ALL) is not None
    if told and is_near:  # 一直没开也没申请呢: what was just told says it
        utter(faq_answer(told[-1]), say)
        return on_matter(matter)
    say.utter_message(response="utter_matters_not_recorded", matter=matter.name)
    return on_matter(matter)


def of_word(text: str, matter: Matter) -> Faq | None:
    """Return the question of a matter that holds the one word asked after: 要公示吗."""
    word = content(normalise(text))
    is_word = SHORTEST_DETAIL <= len(word) <= LONGEST_WORD and word not in matter.name
    return next((faq for faq in matter.faqs if is_word and word in faq.question), None)


def says_point(turn: Turn, matter: Matter, say: CollectingDispatcher) -> bool:
    """Read out what the record of a matter without conditions holds on a point; False for none.

    "大夫得干满几年" gets the line of the papers that says it. What a question of the catalogue
    answers, or what asks who may at all, does not.
    """
    is_topic = bool(app().dialogue_words.topics_in(turn.text)) or asks_conditions(turn.text)
    is_point = not (matter.conditions or is_topic) and asks_more(turn.text, (matter,))
    if not is_point or questions_among(turn.text, (matter,)):
        return False
    made = known_validity(matter) if asks_validity(turn.text) else None
    lines = app().record_lines.about(turn.text, matter) if made is None else []
    if made is None and goes_instead(turn.text):  # 老板在外地回不来我替他去中不
        lines = [one.name for one in matter.materials if is_of_deputy(one.name)] or lines
    made = record_answer(matter, lines) if lines else made
    if made is not None:
        utter(made, say)
    return made is not None


def is_other_point(turn: Turn, matter: Matter) -> bool:
    """Tell whether a question asks something else than who may, and nothing holds it: 要刷墙不."""
    if turn.loop is not None or turn.entity("matter") or asks_who_may(turn.text):
        return False
    is_known = bool(questions_among(turn.text, (matter,))) or bool(matter.conditions)
    return not is_known and asks_more(turn.text, (matter,))


def _question_told(turn: Turn, matter: Matter) -> Asked | None:
    """Return the question of the matter just spoken of that a text fits, asked or told; or None.

    "去年忘了报" and "要做生日蛋糕裱花的" want to know what holds then. One in a hundred other texts
    fits a question of a matter put to it at random as well as that (ADR 0037).
    """
    is_free = turn.intent in UNSURE and turn.choice is None
    if not is_free or len(turn.text) < SHORTEST or any(map(turn.entity, NAMES)):
        return None
    return app().question_finder.among(turn.text, [matter], STATED)


def _is_circumstance(turn: Turn) -> bool:
    """Tell whether a statement says how things stand where the matter spoken of is wanted."""
    if turn.intent not in UNSURE or turn.choice is not None or is_new_wish(turn.text):
        return False
    is_sure_out = turn.intent == "out_of_scope" and turn.confidence >= SURE_TALK
    is_named = any(turn.entity(name) for name in NAMES if name != "industry")
    is_told = (tells_circumstance(turn.text) or _is_detail(turn)) and not asks(turn.text)
    return is_told and not is_named and not is_sure_out


def _is_detail(turn: Turn) -> bool:
    """Tell whether a few words after an answer only add to it: "二十来个孩子", "两层", "180平".

    They name no trade to begin with, unless they count something, and no other matter.
    """
    counted = counts_something(turn.text)
    is_free = turn.intent in DETAIL and (counted or turn.entity("industry") is None)
    is_short = SHORTEST_DETAIL <= len(turn.text) <= LONGEST_DETAIL
    if not is_free or not is_short or turn.entity("district") or name_in(turn.text):
        return False
    if app().life_events.find(turn.text) is not None or is_latin_noise(turn.text):
        return False
    best = app().matter_resolver.rank(turn.text, 1)
    return counted or not best or best[0].score < ANOTHER


def _say_conditions(turn: Turn, matter: Matter, say: CollectingDispatcher) -> list[EventType]:
    """Say what the catalogue holds on such a circumstance, else the conditions it is judged by."""
    faqs = questions_among(turn.text, (matter,)) or _of_burden(turn.text, matter)
    for faq in faqs:
        utter(faq_answer(faq), say)
    lines = app().record_lines.about(turn.text, matter) if not faqs else []
    if lines:
        utter(record_answer(matter, lines), say)
    if not faqs and not lines:
        if _told_conditions(turn, matter):
            say.utter_message(response="utter_matters_detail", matter=matter.name)
            return on_matter(matter, "eligibility")
        say.utter_message(response="utter_matters_circumstance")
        _utter("eligibility", matter, say)
    return on_matter(matter, "eligibility")


def _told_conditions(turn: Turn, matter: Matter) -> bool:
    """Tell whether what such a circumstance is judged by was said already."""
    if read_focus(turn).topic != "eligibility":
        return False
    first = next(iter(matter.conditions), None)
    return first is None or was_told(turn, first)


def _of_burden(text: str, matter: Matter) -> tuple[Faq, ...]:
    """Return the question of a matter that speaks of what weighs on a business: 还欠着点税."""
    told = [sign for sign in BURDENS if sign in text]
    faqs = (faq for faq in matter.faqs if any(one in faq.question + faq.answer for one in told))
    return tuple(faqs)[:1]


def _is_about_it(turn: Turn) -> bool:
    if _is_area(turn) and not any(turn.entity(name) for name in NAMES):
        return True
    if turn.intent not in UNSURE or turn.choice is not None or not asks_about_it(turn.text):
        return False
    if any(turn.entity(name) for name in NAMES) or app().dialogue_words.topics_in(turn.text):
        return False
    is_out = turn.intent == "chitchat" or (
        turn.intent == "out_of_scope" and turn.confidence >= SURE_OUT
    )
    return not is_out or speaks_of_doing(turn.text) or asks_consequence(turn.text)


def _is_area(turn: Turn) -> bool:
    """Tell whether "税那边呢" asks about a field of work, and not for what it gives."""
    is_named = app().dialogue_words.area_in(turn.text) is not None
    return is_named and asks_after_area(turn.text) and not wants_benefit(turn.text)


def _utter(topic: str, matter: Matter, say: CollectingDispatcher) -> None:
    made = matter_answer(topic, matter)
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)


def tells_nothing_on(turn: Turn, matter: Matter) -> bool:
    """Tell whether who may apply is all that the record holds, and not what is asked.

    "两台釜换成一大一小，环评算不算重大变动" asks nothing of who applies.
    """
    is_asked = asks_who_may(turn.text)
    return not matter.conditions and not is_asked and len(turn.text) >= LONGEST_WORD * 2
