"""Meets a doubt in what was answered: says again what the catalogue holds, and offers a check.

"不对吧，隔壁三个人就办下来了" is hearsay against a source. Only who asks for it has it checked.
"""

import re
from collections.abc import Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_before import planned_one
from actions.finding.matter_named import answer_or_offer
from actions.funding.meant import policy_in, policy_named_shortly
from actions.funding.said import say_policy
from actions.plans.planned import planned_matters
from actions.questions.faq_said import faqs_said
from actions.questions.found_question import whole_fit
from actions.questions.matter_faqs import (
    AMONG_FEW,
    BY_ITSELF,
    STRONG,
    questions_among,
    say_question,
    utter,
)
from actions.steering.best_of_all import OWN
from actions.steering.doubt_checked import was_offered
from actions.turns.focus import POLICY, on_matter, read_focus
from actions.turns.history import was_said
from actions.turns.names import find_matters, sure_matter
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.documents.matter_text import MatterAnswer, faq_answer
from bot.documents.matter_text import answer as matter_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.question_finder import NEAR_SCORE
from bot.services.words.doubt import doubted_topic, speaks_of_another_talk
from bot.services.words.matter_remarks import asks

_DOUBTED = re.compile(
    "^(?:不对|不是吧|错|瞎|胡|骗|乱说|不可能|怎么可能|哪有|咋可能|你|您|恁)|"
    "(?:你|您|恁)们?(?:说|答|讲|刚|搞|弄)|[搞弄说讲]错"
)
"""Says in so many words that an answer was wrong."""

LIKELY = 0.4
"""How well a matter must fit what is told first of all, to be spoken of."""


def stands_by(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say again what was doubted, with its source, and that it can be checked."""
    if was_offered(turn):
        say.utter_message(response="utter_feedback_doubted_again")
        return []
    if turn.slots.get("focus") == POLICY and turn.entity("matter") is None:
        say.utter_message(response="utter_feedback_stand_by")
        done = action_named("action_apply_policy").act(turn, say)
        say.utter_message(response="utter_feedback_offer_check")
        return [event for event in done if event.get("event") == "slot"]
    matter, made = _doubted(turn)
    if made is None:
        say.utter_message(response="utter_feedback_doubted_in_general")
        return []
    if speaks_of_another_talk(turn.text):
        say.utter_message(response="utter_feedback_said_earlier")
    else:
        say.utter_message(response="utter_feedback_stand_by")
    utter(made, say)
    say.utter_message(response="utter_feedback_offer_check")
    if matter is None or turn.loop is not None:
        return []
    return on_matter(matter, doubted_topic(turn.text) or read_focus(turn).topic)


def answer_first(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer hearsay that comes first of all; None where it doubts what was said.

    "三十来个工人 残保金让我交 我看网上说不用交" is about a policy, "注册资金当时瞎写了500万
    我想降成50万" about a matter.
    """
    is_free = turn.loop is None and turn.intent == "dispute_answer"
    if not is_free or read_focus(turn).matter is not None or turn.slots.get("focus"):
        return answer_asked_in_doubt(turn, say) or None
    policy = policy_in(turn.text) or policy_named_shortly(turn.text)
    if policy is not None:
        return say_policy(turn, policy, say)
    asked = whole_fit(turn.text)
    if asked is not None:
        say_question(turn, asked, say)
        return on_matter(asked.matter, "eligibility")
    best = next(iter(app().matter_resolver.rank(turn.text, 1)), None)
    matter = sure_matter(turn.text)
    if matter is None and best is not None and best.score >= LIKELY and not asks(turn.text):
        matter = app().catalogue.matter(best.matter_id)
    if matter is None:
        return None
    return answer_or_offer(turn, matter, say, is_told=True)


def answer_asked_in_doubt(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question of the matter spoken of that was not answered yet; no events for a doubt.

    "装修的时候住建验过了 这个是不是就免了" behind a fine asks whether the one stands for the other.
    """
    spoken = read_focus(turn).matter
    if turn.loop is not None or spoken is None or _DOUBTED.search(turn.text) is not None:
        return []
    is_asked = asks(turn.text) or turn.text.rstrip("?？").endswith("吧")  # 这个就不用查了吧
    asked = app().question_finder.among(turn.text, (spoken,), OWN) if is_asked else None
    if asked is None or was_said(turn, asked.faq.answer):
        return []
    say_question(turn, asked, say)
    return on_matter(asked.matter, "eligibility")


def _doubted(turn: Turn) -> tuple[Matter | None, MatterAnswer | None]:
    """Return the matter that is spoken of, and what was or would be answered; None for none."""
    focus = read_focus(turn)
    named = sure_matter(turn.entity("matter")) if turn.entity("matter") else None
    spoken = None if focus.is_plan else focus.matter
    matter = named or planned_one(turn.entity("matter"), turn.slots)
    matter = matter or _named_instead(turn.text, spoken) or spoken
    if matter is None:
        planned = planned_matters({**turn.slots, "journey": focus.journey})
        faq = _said(turn, planned) or _asked(turn.text, planned, BY_ITSELF)
        faq = faq or _fits(turn.text) or _asked(turn.text, find_matters(turn.text), BY_ITSELF)
        return None, faq_answer(faq) if faq is not None else None
    topic = doubted_topic(turn.text)
    if topic is not None and (matter, topic) == (focus.matter, focus.topic):
        return matter, matter_answer(topic, matter)  # just what was answered
    is_new = named is not None and named != spoken  # 不对吧，以前都让先拿环评
    said = None if is_new else _said(turn, [matter])
    # what was answered is doubted, and nothing else that one may ask of the same matter
    is_answered = matter == focus.matter and focus.topic is not None
    faq = said or _asked(turn.text, [matter], STRONG if is_answered else AMONG_FEW)
    faq = faq or (None if topic or is_answered else _asked(turn.text, [matter], NEAR_SCORE))
    if faq is not None:
        return matter, faq_answer(faq)
    is_spoken_of = matter == focus.matter
    topic = topic or (focus.topic if is_spoken_of else None) or "eligibility"
    return matter, matter_answer(topic, matter)


def _asked(text: str, matters: Sequence[Matter], least: float) -> Faq | None:
    """Return the question of some matters that a doubt is about, None when none fits so well."""
    return next(iter(questions_among(text, matters, least)), None)


def _fits(text: str) -> Faq | None:
    """Return the question that a doubt is about together with its matter, None for none."""
    asked = whole_fit(text)
    return asked.faq if asked is not None else None


def _said(turn: Turn, matters: list[Matter]) -> Faq | None:
    """Return the question of the catalogue that was answered last, None when none was."""
    return next(iter(faqs_said(turn, matters)), None)


def _named_instead(text: str, spoken: Matter | None) -> Matter | None:
    """Return the matter that a doubt is about; another than was spoken of only by its name.

    "俺同学前年开的明明是许可" sounds like a school, and doubts what was said on a bookshop.
    """
    found = sure_matter(text)
    if found is None or spoken is None:
        return found
    return found if any(name in text for name in (found.name, *found.aliases)) else None
