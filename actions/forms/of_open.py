"""Tells what a text wants with the open question itself, and answers what stands apart from it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.forms.patience import say_examples
from actions.forms.question import Question
from actions.forms.reading import is_left_out
from actions.questions.each_question import answer_alone, as_one
from actions.steering.steer import answer_one
from actions.turns.focus import PLANNING
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import asks_meaning, is_correction
from bot.services.words.steering import asks_what_to_say

_APART = re.compile(
    "(?:我|俺|先|再|另外|顺便|对了|还|等等|等会儿?|[，, ])*(?:"
    "(?:再|先|另外|顺便|对了，?|还|我|俺)(?:再)?(?:问|打听)(?:一?[句下个]|您)?|"
    "(?:插|打听|问)(?:一|个|句|一?[嘴句个])+(?:话|事儿?)?)[，, ]*"
)
"""Begins a question that is no part of a story: 我先问一句 食品证多少钱."""

_ASKED = re.compile("[吗么?？啥咋]|什么|怎么|多少")

_UNKNOWN = "不知道"

OWN_WORDS = PLANNING | {"apply_form"}
"""Forms that explain what is to be said in their own words."""


def says_what_to_say(turn: Turn, opened: Question | None, say: CollectingDispatcher) -> bool:
    """Give examples to who asks what is to be said: 这是要我写啥呀; False for anything else."""
    is_asked = turn.choice is None and turn.loop not in OWN_WORDS and turn.entity("matter") is None
    if opened is None or not is_asked or not asks_what_to_say(turn.text):
        return False
    if opened.is_optional and _UNKNOWN in turn.text:
        return False  # 不知道说啥 leaves a reason out
    say_examples(opened, say)
    return True


def mends_answer(turn: Turn, questions: Sequence[Question], opened: Question | None) -> bool:
    """Tell whether an answer is put in the place of another, or the open one is to stay out.

    "还是视频吧 别跑了", "我的号不留中不".
    """
    if opened is not None and is_left_out(turn, opened):
        return True
    if not is_correction(turn.text) or _ASKED.search(turn.text) is not None:
        return False
    known = [one for one in questions if turn.slots.get(one.slot) is not None]
    return any(one.entity is not None and one.is_named(turn) for one in known)


def is_about_open(turn: Turn, opened: Question | None) -> bool:
    """Tell whether it is asked what the open question means, by its name: 信用代码是个啥."""
    is_named = opened is not None and not opened.is_story and opened.is_called(turn.text)
    return is_named and turn.entity("matter") is None and asks_meaning(turn.text)


def answers_apart(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer, where any text is an answer, one that begins as a question: 再问句，谁去办."""
    found = _APART.match(turn.text) if turn.choice is None else None
    asked = turn.text[found.end() :] if found is not None else ""
    if not asks(asked) or sure_matter(asked) is None:
        return False
    alone = replace(as_one(turn, asked), loop=None, requested=None)
    answered = answer_alone(alone, answer_one)
    if answered is not None:
        say.messages.extend(answered[1].messages)
    return answered is not None
