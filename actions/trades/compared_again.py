"""Answers what is asked on about forms of enterprise that were just put side by side.

"赔了咋算", "税呢" and "几天能办好" after 合伙企业跟公司有啥不一样 are about both of them.
"""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.questions.matter_faqs import utter
from actions.trades.forms_compared import forms_named
from actions.turns.history import last_responses, lately_responded, texts_before
from actions.turns.turn import Turn
from bot.documents.form_advice_text import trait_answer
from bot.domain.places import EnterpriseType
from bot.services.words.matter_remarks import asks

COMPARED = "utter_start_business_enterprise_types"
"""Response that puts forms side by side."""

LONGEST = 14
"""Signs of what is asked on about them."""

SEVERAL = 2
MOST_BEFORE = 4
"""Messages back in which the forms were named."""

_ASPECTS = (
    ("责任", re.compile("赔|亏|债|责任|连累|欠[了的]?钱")),
    ("税", re.compile("税")),
    ("人数", re.compile("几个人|多少人|人数|最少几|最多几|一个人")),
    ("出资", re.compile("出资|注册资[本金]|实缴|认缴|掏多少钱")),
)
"""Aspect of the forms, and the words that ask after it."""

_NAMES = ("industry", "matter", "policy", "project_type", "case_number", "company_name")


def answer_compared_again(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer one aspect, or how long it takes, of each form just compared; no events for else."""
    is_free = turn.loop is None and turn.choice is None and len(turn.text) <= LONGEST
    is_free &= not any(map(turn.entity, _NAMES))
    is_after = COMPARED in last_responses(turn)
    is_after |= turn.slots.get("focus") is None and COMPARED in lately_responded(turn, MOST_BEFORE)
    if not is_free or not is_after:
        return []
    kinds = _compared(turn)
    is_asked = asks(turn.text) or turn.text.rstrip("?？").endswith("呢")
    if len(kinds) < SEVERAL or not is_asked:
        return []
    aspect = next((name for name, words in _ASPECTS if words.search(turn.text)), None)
    kept: list[EventType] = [SlotSet("focus", turn.slots.get("focus"))]
    if aspect is not None:
        for kind in kinds:
            for trait in (one for one in kind.traits if one.aspect == aspect):
                utter(trait_answer(kind, trait), say)
        return kept
    topic = next(iter(app().dialogue_words.topics_in(turn.text)), None)
    if topic is None:
        return []
    for kind in kinds:
        say_answer(topic, app().catalogue.matter(kind.matter_id), say)
    return kept


def _compared(turn: Turn) -> list[EnterpriseType]:
    """Return the forms that were weighed last, of the messages before this one."""
    named = (forms_named(text) for text in reversed(texts_before(turn)[-MOST_BEFORE:]))
    return next((kinds for kinds in named if len(kinds) >= SEVERAL), [])
