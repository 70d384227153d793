"""Puts a question of the matter spoken of last before readings of a few words that are unsure.

"有人要退出来呢" behind how many a cooperative needs asks for nobody of ours and leaves no plan, and
"那年底挣了钱咋分" is about no partnership.
"""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.not_meant import not_meant
from actions.licences.paper_asked import lines_asked_of
from actions.questions.matter_faqs import (
    asks_plain_topic,
    is_held_by_record,
    matter_told_of,
    say_question,
)
from actions.steering.asides import aside_in
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.history import slot_values, was_said
from actions.turns.intent_groups import JOURNEYS, SERVICE_INTENTS, STORIES
from actions.turns.turn import CONTROL_INTENTS, QUESTION_INTENTS, Turn
from bot.domain.matters import Matter
from bot.services.finding.question_finder import Asked
from bot.services.words.asked import tells_circumstance
from bot.services.words.follow_up import asks_of_one, asks_the_same
from bot.services.words.form_remarks import leaves
from bot.services.words.matter_remarks import asks, asks_consequence, hands_in_later
from bot.services.words.remarks import asks_the_same_of, clauses, is_correction

FITS, TOLD, PLAIN, OUT = 0.4, 0.6, 0.6, 0.55
"""How well a question of the matter must fit what asks, what only tells, what sounds for sure like
one of the nine topics, and what is as surely none of ours.

Of all messages of our dialogues that fit the matter spoken of so well, nearly all were answered
with that question (30 November 2026).
"""

BEST_TOO = 0.33
"""The same of what asks where no question of all fits better."""

BLAMES_NOBODY = 0.2
"""The same of what sounds only a little like a complaint, and asks: 剩下归谁填."""

RECENT = 3
"""Matters spoken of last that may be meant too where the question fits best of all."""

SHORTEST, LONGEST = 6, 24
"""Signs of what says enough, and of what still goes on with the last answer."""

NAMES = ("case_number", "company_name", "industry", "matter", "policy", "project_type")
"""What such words do not name."""

DONE = CONTROL_INTENTS | {"follow_case", "query_case", "urge_case"}
"""What is done and not asked, unless the words ask something."""

SERVICES = (SERVICE_INTENTS | STORIES) - DONE
"""What is wanted of us where the model is sure of it."""

LEFT_ALONE = JOURNEYS | {
    "abuse",
    "affirm",
    "dispute_answer",
    "emergency",
    "goodbye",
    "greet",
    "thank",
}
"""What goes on with no matter, whatever it fits: 那注册公司吧."""

_APART = re.compile(
    "再就是|再一个|另外|顺便|还有就是|^(?:那|要是|如果|换成?)*[\\d一二两三四五六七八九十百点]+"
    "[米平吨个]?[\\d一二两三四五六七八九十]*呢$"
)
"""Joins two questions, or asks of another size: 要是四米二呢."""

SURE, WEAK = 0.6, 0.4
"""From this confidence on the model is believed in a topic, a story or a service; below the second
in no story."""


def answer_spoken_first(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer such a question; no events for another text."""
    asked = spoken_first(turn)
    if asked is None:
        return []
    say_question(turn, asked, say)
    told = matter_told_of(asked.faq, asked.matter)
    return on_matter(told, read_focus(turn).topic or "eligibility")


def spoken_first(turn: Turn) -> Asked | None:
    """Return the question of the matter spoken of last that a few words ask; None for none."""
    spoken = matter_in_focus(turn)
    is_short = SHORTEST <= len(turn.text) <= LONGEST
    if spoken is None or turn.choice is not None or not is_short or _is_else(turn):
        return None
    asked = app().question_finder.among(turn.text, (spoken,), _least(turn)) or _best_too(
        turn, spoken
    )
    if asked is None:
        asked = _of_before(turn)
    elif is_held_by_record(turn.text, spoken, asked) or _fits_another(turn, asked):
        return None
    return None if asked is None or was_said(turn, asked.faq.answer) else asked


def _best_too(turn: Turn, spoken: Matter) -> Asked | None:
    """Return the question that fits best of all where it is one of the matter spoken of; or None.

    It need not fit so well: 要是都归我 光杆一个股东行不 有啥坏处.
    """
    asked = app().question_finder.best_of_all(turn.text)
    is_own = asked is not None and asked.matter.id == spoken.id and _least(turn) <= FITS
    return asked if is_own and asked is not None and asked.score >= BEST_TOO else None


def _of_before(turn: Turn) -> Asked | None:
    """Return the question of a matter spoken of before the last that no other fits better; or None.

    "非得叫人都看见我卖了多少钱吗" behind a fine for the yearly report, then who clears one's name.
    """
    known = app().catalogue.matters
    names = set(slot_values(turn, "matter_id")[-RECENT:]) - not_meant(turn)
    before = [known[name] for name in names if name in known] if turn.loop is None else []
    asked = app().question_finder.among(turn.text, before, max(FITS, _least(turn)))
    other = app().question_finder.best_of_all(turn.text)
    is_behind = asked is not None and other is not None and other.score > asked.score
    return None if is_behind else asked


def _least(turn: Turn) -> float:
    is_sure = turn.confidence >= SURE
    if turn.intent in STORIES and turn.confidence < WEAK and asks(clauses(turn.text)[-1]):
        return BLAMES_NOBODY
    if is_sure and turn.intent in QUESTION_INTENTS and asks_plain_topic(turn):
        return PLAIN
    if is_sure and turn.intent == "out_of_scope":
        return OUT
    is_asked = _asks(turn) or turn.intent in QUESTION_INTENTS or tells_circumstance(turn.text)
    return FITS if is_asked else TOLD


def _asks(turn: Turn) -> bool:
    return asks(turn.text) or turn.text.endswith("呢")


def _is_else(turn: Turn) -> bool:
    """Tell whether a text names something of its own, or wants something done."""
    if turn.intent == "ask_deferral" and turn.entity("material"):
        return True  # 验资报告没有
    is_paper = turn.entity("material") is not None and read_focus(turn).topic == "materials"
    if is_paper or lines_asked_of(turn) or is_correction(turn.text) or _APART.search(turn.text):
        return True  # 健康证得交不; 不对不对，卖血压计的; 交钱吗再就是 …
    tests = (asks_the_same_of, asks_the_same, asks_of_one)  # 带散称的那个呢
    if any(map(asks_consequence, clauses(turn.text)[1:])):
        return True  # 都是一家人 还得办啊 不办能咋 asks two things
    is_of_one = turn.intent not in DONE and any(test(turn.text) for test in tests)
    is_named = any(map(turn.entity, NAMES)) or hands_in_later(turn.text)
    return is_of_one or is_named or aside_in(turn) is not None or _is_done(turn)


def _is_done(turn: Turn) -> bool:
    """Tell whether a text wants something done, however well it fits: 先不弄了."""
    is_service = turn.intent in SERVICES and turn.confidence >= SURE
    is_done = turn.intent in LEFT_ALONE or is_service or (turn.intent in DONE and not _asks(turn))
    return is_done or any(map(leaves, clauses(turn.text)))


def _fits_another(turn: Turn, asked: Asked) -> bool:
    """Tell whether a question of another matter fits better that may be meant."""
    other = app().question_finder.best_of_all(turn.text)
    if other is None or other.matter.id == asked.matter.id or other.score <= asked.score:
        return False
    return other.matter.id not in not_meant(turn) | _other_forms(asked.matter)


def _other_forms(spoken: Matter) -> frozenset[str]:
    """Return the registrations of other forms of business where that of one is spoken of."""
    forms = {form.matter_id for form in app().catalogue.enterprise_types.values()}
    return frozenset(forms - {spoken.id}) if spoken.id in forms else frozenset()
