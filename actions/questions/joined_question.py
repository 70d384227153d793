"""Finds the question that a text asks only together with what was said right before it.

"要卫生许可证不" says nothing of who asks; behind "准备开个只做美甲的小店" it is a question of the
catalogue. Of 60 short questions of other authors that fit so, and not by themselves, three were
about something else (28 November 2026, docs/nlu.md).
"""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.not_meant import not_meant
from actions.questions.faq_said import faqs_said
from actions.questions.found_question import best_of_all, clear_question
from actions.questions.matter_faqs import matter_told_of, say_question
from actions.questions.spoken_question import DOUBTS
from actions.questions.spoken_question import LEFT_ALONE as NO_QUESTIONS
from actions.steering.asides import PLAIN_TOPICS, aside_in
from actions.turns.focus import MATTER, PLAN, matter_in_focus, on_matter, read_focus
from actions.turns.history import typed_before
from actions.turns.names import ANOTHER, sure_matter
from actions.turns.turn import Turn
from bot.services.finding.matter_faqs import asks_validity
from bot.services.finding.question_finder import Asked
from bot.services.reading.wording import content, normalise
from bot.services.words.asked import points_at_one
from bot.services.words.follow_up import asks_renewal, asks_the_same
from bot.services.words.form_remarks import asks_what_is_known
from bot.services.words.matter_remarks import asks, asks_which_licences, hands_in_later
from bot.services.words.remarks import asks_meaning

LEAST, TOGETHER = 0.5, 0.8
"""How well the two together must fit a question, and it together with its matter."""

OF_TOPIC = 0.7
"""How well they must fit where one of the nine topics is asked for: 几天能换完."""

OF_TOPIC_ALONE = 0.65
"""The same of the question by itself where it fits the same one."""

FAR_BETTER = 0.4
"""By how much a question that the text fits alone must fit better to be the one that is meant."""

REPEATED, NEARLY_REPEATED = 0.6, 0.85
"""How well they must fit a question that what was said before fits already: where nothing else
answers, and before anything else does."""

LONGEST, LONGEST_BEFORE = 16, 40
"""Signs of a question that may need what was said before, and of that."""

SHORTEST, SHORT = 3, 5
"""Signs of a text that asks something, and of one that names nothing of its own: 会咋样."""

SHARED = 2
"""Signs in a row that a question shares with one that it asks about once more: 运输证."""

_POINTS = re.compile("[那这](个|种|样|样的)")

OWN = ("case_number", "company_name", "industry", "policy", "project_type", "service_mode")
"""Entities that bring up something else."""

LEFT_ALONE = NO_QUESTIONS | {"ask_privacy", DOUBTS}
"""Intents that ask nothing of a matter together with what was said before."""


def joined_question(turn: Turn, *, is_last: bool = False) -> Asked | None:
    """Return the question that a text asks behind the one before it; None for none.

    Args:
        turn: The message.
        is_last: Nothing else answers it, so that it may be what the text before asked already.
    """
    before = typed_before(turn)
    if before is None or not _may_join(turn, before):
        return None
    others = not_meant(turn)
    joined = f"{before}，{turn.text}"
    app().question_finder.read_ahead([joined, turn.text, before])
    both = best_of_all(joined, others, LEAST)
    if both is None or both[0] < TOGETHER:
        return None
    asked = both[1]
    if both[0] - asked.score < ANOTHER and _is_unspoken(turn, asked):
        return None  # 快到期了提前多少天去弄, after 这个证管几年
    named = sure_matter(turn.entity("matter"))
    if named is not None and named.id != asked.matter.id:
        return None  # 食品证有效期是几年
    if _takes_up_told(turn, asked):
        return None
    alone, earlier = (best_of_all(text, others, LEAST / 2) for text in (turn.text, before))
    is_topic = bool(app().dialogue_words.topics_in(turn.text)) or turn.intent in PLAIN_TOPICS
    if alone is not None and alone[1].faq is asked.faq:
        return asked if alone[1].score >= OF_TOPIC_ALONE or not is_topic else None
    if is_topic and asked.score < OF_TOPIC:
        return None
    if alone is not None and alone[1].score > asked.score + FAR_BETTER:
        return None
    is_same = earlier is not None and earlier[1].faq is asked.faq
    if not is_same and asked.faq not in faqs_said(turn, (asked.matter,)):
        return asked
    is_again = is_last or asked.score >= NEARLY_REPEATED
    is_again &= (not is_topic or asks_which_licences(turn.text)) and asked.score >= REPEATED
    is_again &= alone is None and _is_about(turn.text, asked)
    return asked if is_again else None


def _is_unspoken(turn: Turn, asked: Asked) -> bool:
    """Tell whether another matter is spoken of than the one whose question it is."""
    spoken = matter_in_focus(turn)
    return spoken is not None and spoken.id != asked.matter.id


def _takes_up_told(turn: Turn, asked: Asked) -> bool:
    """Tell whether a text takes up a word of what was just told of another matter.

    "调完要公示吗" after 调整信息20个工作日内公示 is not about the end of a company.
    """
    spoken = read_focus(turn).matter
    if spoken is None or not _is_unspoken(turn, asked):
        return False
    said = content(normalise(turn.text))
    told = (normalise(faq.answer) for faq in faqs_said(turn, (spoken,)))
    runs = (SequenceMatcher(None, said, one, autojunk=False).find_longest_match() for one in told)
    return any(run.size >= SHARED for run in runs)


def _is_of_spoken(turn: Turn) -> bool:
    """Tell whether the licence spoken of is asked for its term: 提前多少天申请延续."""
    is_asked = asks_validity(turn.text) or asks_renewal(turn.text)
    is_known = turn.loop is None and turn.slots.get("focus") == MATTER
    return is_asked and is_known and turn.entity("matter") is None


def answer_joined(
    turn: Turn, say: CollectingDispatcher, *, is_last: bool = False, least: float = LEAST
) -> list[EventType]:
    """Answer such a question; no events for none that fits so well."""
    if _is_of_spoken(turn):
        return []
    asked = joined_question(turn, is_last=is_last)
    if asked is None or asked.score < least:
        return []
    say_question(turn, replace(asked, close=None), say)
    told = matter_told_of(asked.faq, asked.matter)
    return on_matter(told, read_focus(turn).topic or "eligibility")


def answer_clear(
    turn: Turn, say: CollectingDispatcher, *, is_last: bool = False
) -> list[EventType]:
    """Answer what is asked beyond doubt, or behind the text before it; no events for neither.

    Args:
        turn: The message, between the questions of a plan.
        say: Where it is said.
        is_last: What was spoken of last answers it not, so that its matter need not fit so well.
    """
    if _is_of_form(turn.text):
        return []
    asked = clear_question(turn, is_inside=is_last)
    if asked is None:
        return [] if is_last else answer_joined(turn, say)
    say_question(turn, asked, say)
    told = matter_told_of(asked.faq, asked.matter)
    return on_matter(told, read_focus(turn).topic or "eligibility")


def _may_join(turn: Turn, before: str) -> bool:
    """Tell whether a text may be a question that goes on with the one before it."""
    if turn.slots.get("focus") not in {None, MATTER, PLAN}:  # 咋知道结果, of a complaint
        return False
    is_short = SHORTEST <= len(turn.text) <= LONGEST and len(before) <= LONGEST_BEFORE
    is_free = turn.choice is None and turn.intent not in LEFT_ALONE and asks(turn.text)
    if not is_short or not is_free or any(map(turn.entity, OWN)):
        return False
    is_else = turn.text.rstrip("?？").endswith("呢") and asks_the_same(turn.text)
    is_else |= hands_in_later(turn.text) or aside_in(turn) is not None or _is_of_form(turn.text)
    return not is_else and before != turn.text and clear_question(turn) is None


def _is_of_form(text: str) -> bool:
    """Tell whether it is asked what was noted, or what the open question means."""
    return asks_what_is_known(text) or asks_meaning(text)


def _is_about(text: str, asked: Asked) -> bool:
    """Tell whether a text says nothing new beside a question that was asked before."""
    if len(text) <= SHORT or points_at_one(text) or _POINTS.match(text):
        return True
    said, known = content(normalise(text)), normalise(asked.faq.question + asked.faq.answer)
    run = SequenceMatcher(None, said, known, autojunk=False).find_longest_match().size
    return run >= SHARED
