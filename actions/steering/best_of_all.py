"""Answers the question that fits best of all that can be answered, whatever the model hears.

One model of all questions tells them apart (`bot/services/finding/all_questions.py`). Of 1,026
messages of strict dialogues some sixty that fitted a question so well were answered with something
else. Most meant it, unless the matter fitted badly too: "管几年啊" fits the warranty of a building.
"""

import re
from collections.abc import Collection

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_named import answer_beyond_doubt
from actions.finding.not_meant import not_meant
from actions.questions.evidence import is_unfounded
from actions.questions.faq_asked import talked_about
from actions.questions.found_question import SURE_BEGINNING
from actions.questions.matter_faqs import (
    asks_plain_topic,
    is_held_by_record,
    matter_told_of,
    say_question,
    utter,
)
from actions.questions.spoken_question import DEFERS
from actions.turns.focus import on_matter, read_focus
from actions.turns.history import last_bot_messages, slot_values, was_said
from actions.turns.intent_groups import JOURNEYS
from actions.turns.names import PAUSE, afterwards, sure_matter
from actions.turns.turn import CONTROL_INTENTS, QUESTION_INTENTS, Turn
from bot.documents.matter_text import record_answer
from bot.domain.matters import Matter
from bot.services.finding.question_finder import Asked
from bot.services.finding.record_lines import is_of_row
from bot.services.plans.open_already import is_running
from bot.services.policies.sums import told_sums
from bot.services.words.any_matter import Point, point_asked
from bot.services.words.asked import leaves_choice, tells_circumstance
from bot.services.words.business import begins_new, is_built, pauses
from bot.services.words.follow_up import asks_renewal, things_compared
from bot.services.words.matter_remarks import (
    asks,
    asks_whether_needed,
    asks_which_licences,
    hands_in_later,
)
from bot.services.words.policy_remarks import speaks_of_benefit
from bot.services.words.remarks import asks_the_same_of, compares_forms
from bot.services.words.story import tells_hearsay

OWN, MATTER, TOGETHER = 0.54, 0.15, 0.8
"""How well the question, its matter, and both together must fit."""

MATTER_ASKED, TOGETHER_ASKED = 0.05, 0.65
"""The same of a question that would begin a journey otherwise, of which it names nothing."""

TOLD = 0.8
"""From this score on what is told is a question, where the model hears one."""

IN_ITS_WORDS, SHORTEST_ITS = 0.9, 6
"""From this score on, and with so many signs, a question is asked as the catalogue has it."""

UNHEARD = frozenset({"goodbye", "nlu_fallback", "out_of_scope"})
"""What the model takes for it that it understands nothing: 他把章拿走了."""

NEAR = 0.3
"""How much it counts for the matter that it is talked about."""

SPOKEN = 0.45
"""How well a question of the matter spoken of must fit to go before one that fits best of all."""

RECENT = 4
"""Matters spoken of last that are as near."""

ELSE, WHOLE = 0.3, 8
"""How well the matter must fit where others are talked about, and signs that say so much."""

INSTEAD_OF_REFUSAL, INSTEAD_ALONE = 0.42, 0.58
"""From this score on a question is answered rather than the message refused; where its matter fits
badly, from the second on."""

BARE, BAREST = 0.6, 2
"""How well one or two words must fit a question of the matter spoken of, and their signs."""

POINTED = 0.1
"""How well the matter must fit for the first."""

SURE_OWN, SURE_MATTER = 0.7, 0.3
"""How well a question must fit that is asked by the whole text, whatever its parts ask."""

OF_MATTER = 0.3
"""The same of a question of the matter that a text is about."""

SHORTEST = 4

TWO = 2
"""Matters that are compared."""

_POINTING = re.compile("那?(?:它|这[些种个]?|那[些种个])")
"""Begins what points at something that was said."""

_UNSURE = re.compile("吧[?？]*$")
"""Ends what wants to be confirmed: 就行了吧."""

STRAY, SURE_STRAY = frozenset({"go_back", "skip", "stop"}), 0.6
"""Controls without an open question to control, and the confidence of a meant one."""

DONE = CONTROL_INTENTS | {
    "follow_case",
    "query_case",
    "request_agent",
    "urge_case",
}
"""What is done and not asked: a question of a matter is not meant."""


def clear_of_all(turn: Turn, near: Collection[Matter] | None = None) -> Asked | None:
    """Return the question that is meant beyond doubt, however the text was taken; None for none.

    Args:
        turn: The message.
        near: Matters that are talked about; None for those of the conversation.
    """
    is_stop = turn.intent == "stop" and turn.loop is None and asks(turn.text)  # 停了 用报告不
    is_stray = turn.loop is None and turn.intent in STRAY and turn.confidence < SURE_STRAY
    is_done = turn.intent in DONE and not (is_stop or is_stray)
    is_free = turn.choice is None and len(turn.text) >= SHORTEST and not is_done
    is_said = asks(turn.text) or tells_hearsay(turn.text) or tells_circumstance(turn.text)
    is_said |= _UNSURE.search(turn.text) is not None
    if not is_free or _asks_else(turn):
        return None
    asked = app().question_finder.best_of_all(turn.text)
    is_heard = turn.loop is None and (turn.intent in QUESTION_INTENTS | UNHEARD or is_stray)
    if not is_said and not (is_heard and asked is not None and asked.score >= TOLD):
        return None  # 中间那堵承重墙想敲了 asks in its way
    least = SURE_OWN if is_stop or turn.intent == DEFERS else OWN  # 有百十块钱税没交 能先给销了不
    if asked is None or asked.score < least or asked.matter.id in _excluded(turn):
        return None
    if is_held_by_record(turn.text, read_focus(turn).matter, asked):
        return None
    known = talked_about(turn)[1] if near is None else near
    is_near = any(one.id == asked.matter.id for one in known)
    is_near |= near is None and asked.matter.id in slot_values(turn, "matter_id")[-RECENT:]
    is_near |= near is None and (_is_in_row(turn, asked.matter) or _was_named(turn, asked.matter))
    if not is_near and (own := _of_spoken(turn)) is not None:
        return own
    fits = _fit_of(turn.text, asked.matter) + (NEAR if is_near else 0.0)
    is_far = fits < ELSE and asked.score < TOLD
    is_else = bool(known) and not is_near and (is_far or len(turn.text) < WHOLE)
    if known and not is_near and asks_renewal(turn.text):
        return None  # 提前多少天申请延续, of the licence spoken of
    is_vague = _only_asks(turn)
    if (is_else and not is_vague) or _names_another(turn, asked.matter):
        return None  # 有效期几年 is about the licence spoken of
    least, together = (MATTER_ASKED, TOGETHER_ASKED) if is_vague else (MATTER, TOGETHER)
    is_meant = fits >= least and asked.score + fits >= together
    is_meant |= asked.score >= IN_ITS_WORDS and fits >= POINTED and len(turn.text) >= SHORTEST_ITS
    return asked if is_meant and not was_said(turn, asked.faq.answer) else None


def _is_in_row(turn: Turn, asked: Matter) -> bool:
    """Tell whether a matter is of one row with the one spoken of: 消防设计审查, 消防验收备案."""
    spoken = read_focus(turn).matter
    return spoken is not None and is_of_row(spoken.name, asked.name)


def _was_named(turn: Turn, matter: Matter) -> bool:
    """Tell whether a text points at what was said, which names a matter: 它拿到网上卖 另办不."""
    if _POINTING.match(turn.text) is None:
        return False
    said = "".join(str(event.get("text") or "") for event in last_bot_messages(turn))
    return any(name in said for name in (matter.name.partition("（")[0], *matter.aliases))


def _of_spoken(turn: Turn) -> Asked | None:
    """Return a question of the matter spoken of that fits well too; None where another is named.

    "注册资本最低要多少" behind the licence for labour dispatch is about no company at large.
    """
    spoken = read_focus(turn).matter
    if spoken is None or turn.entity("matter") is not None or turn.entity("industry") is not None:
        return None
    asked = app().question_finder.among(turn.text, (spoken,), SPOKEN)
    return asked if asked is not None and not was_said(turn, asked.faq.answer) else None


def answer_without_doubt(
    turn: Turn, say: CollectingDispatcher, *, is_whole: bool = False
) -> list[EventType]:
    """Answer, outside forms, for a matter or a question that leaves no doubt; else no events.

    Args:
        turn: The message.
        say: Where it is said.
        is_whole: Its parts were not read yet: only what the whole asks for sure.
    """
    if not is_whole and (done := answer_beyond_doubt(turn, say)):
        return done
    asked = None if turn.loop is not None or _begins(turn) else clear_of_all(turn)
    is_sure = asked is not None and asked.score >= SURE_OWN
    is_fit = asked is not None and _fit_of(turn.text, asked.matter) >= SURE_MATTER
    is_sure = is_sure and (is_fit or leaves_choice(turn.text))  # 完工找哪 消防验收还是备案
    if asked is None or (is_whole and not is_sure):
        return []
    say_question(turn, asked, say)
    later = afterwards(turn.entity("matter"), turn.text)  # 食品证快到期了咋续, 要啥材料
    told = later or matter_told_of(asked.faq, asked.matter)
    return on_matter(told, read_focus(turn).topic or "eligibility")


def _only_asks(turn: Turn) -> bool:
    """Tell whether a text that sounds like an opening names none and asks: 成立啥组来着."""
    is_named = bool(turn.entities) or begins_new(turn.text)
    return turn.intent in JOURNEYS and not is_named and asks(turn.text)


def _begins(turn: Turn) -> bool:
    """Tell whether a text begins with a business or a project: what it asks is answered there."""
    is_new = not is_built(turn.text) and not is_running(turn.text) and not _only_asks(turn)
    return is_new and turn.intent in JOURNEYS and turn.confidence >= SURE_BEGINNING


def question_of(turn: Turn, matter: Matter) -> Asked | None:
    """Return the question of a matter that fits best of all where one of it is asked; or None."""
    asked = app().question_finder.best_of_all(turn.text) if asks(turn.text) else None
    is_meant = asked is not None and asked.matter.id == matter.id and asked.score >= OF_MATTER
    return asked if is_meant else None


def says_instead_of_refusal(turn: Turn, say: CollectingDispatcher) -> Matter | None:
    """Answer the question that fits best where a message would be refused; None for none."""
    is_told = turn.loop is None and turn.intent == "out_of_scope"  # 有家长说让顺带给补补数学
    is_said = is_told or asks(turn.text)
    if turn.choice is not None or not is_said:
        return None
    if len(turn.text) < SHORTEST:
        return _says_bare(turn, say)
    asked = app().question_finder.best_of_all(turn.text)
    if asked is None or asked.score < INSTEAD_OF_REFUSAL or asked.matter.id in _excluded(turn):
        return None
    is_alone = _fit_of(turn.text, asked.matter) < POINTED
    if is_other_loss(turn.text, asked.matter):
        return None
    if is_alone and asked.score < INSTEAD_ALONE:
        return None  # 公司老板跑了 工资不发 去哪告
    if is_unfounded(turn, asked, talked_about(turn)[1]):
        return _says_line_of_spoken(turn, say)
    say_question(turn, asked, say)
    return asked.matter


def _says_line_of_spoken(turn: Turn, say: CollectingDispatcher) -> Matter | None:
    """Read out the lines on it of the matter spoken of, or that there are none: 车辆去哪检测."""
    spoken = read_focus(turn).matter
    if spoken is None or turn.loop is not None or not asks(turn.text):
        return None
    lines = app().record_lines.about(turn.text, spoken)
    if lines:
        utter(record_answer(spoken, lines), say)
    else:
        say.utter_message(response="utter_matters_point_not_recorded", matter=spoken.name)
    return spoken


def _says_bare(turn: Turn, say: CollectingDispatcher) -> Matter | None:
    """Answer a word that a question of the matter spoken of is about: 报税, behind a pause."""
    spoken = read_focus(turn).matter
    asked = app().question_finder.among(turn.text, [spoken], BARE) if spoken is not None else None
    if asked is None or len(turn.text) < BAREST:
        return None
    say_question(turn, asked, say)
    return asked.matter


def _asks_else(turn: Turn) -> bool:
    """Tell whether a text asks for a topic, for all licences, or weighs forms of business."""
    is_plain = asks_plain_topic(turn) and not leaves_choice(turn.text)  # 找谁 验收还是备案
    is_else = is_plain or asks_which_licences(turn.text)
    is_else |= asks_the_same_of(turn.text)  # 要是做报告书呢
    # 利润二百四十万 企业所得税有优惠没
    is_else |= bool(told_sums(turn.text)) and speaks_of_benefit(turn.text)
    is_two = sum(one.name == "matter" for one in turn.entities) == TWO
    is_else |= is_two and things_compared(turn.text) is not None  # 排水证跟环评是一回事不
    return is_else or compares_forms(turn.text) or hands_in_later(turn.text)


def is_other_loss(text: str, asked: Matter) -> bool:
    """Tell whether a text tells of a lost thing that nothing says of a matter: 手机丢了咋办."""
    lost = point_asked(text)
    is_named = lost is not None and lost.point is Point.LOST and bool(lost.named)
    return is_named and lost is not None and not _points_at(asked, lost.named)


def _points_at(asked: Matter, name: str) -> bool:
    return app().matter_resolver.is_pointed_at(asked, name)


def _names_another(turn: Turn, asked: Matter) -> bool:
    """Tell whether a text names a matter for sure that is not the one whose question it fits."""
    if is_other_loss(turn.text, asked):
        return True
    is_whether = asks_whether_needed(turn.text)  # 开业前那个消防检查要不要做
    named = sure_matter(turn.text if is_whether else turn.entity("matter"))
    return named is not None and named.id != asked.id and not leaves_choice(turn.text)


def _excluded(turn: Turn) -> Collection[str]:
    """Return the ids of matters that cannot be meant: of another form, or of a pause."""
    others = not_meant(turn)
    return others if not pauses(turn.text) else others - {PAUSE}


def _fit_of(text: str, matter: Matter) -> float:
    ranked = app().matter_resolver.rank(text, len(app().catalogue.matters))
    return next((one.score for one in ranked if one.matter_id == matter.id), 0.0)
