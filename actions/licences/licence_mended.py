"""Answers what was just asked for the licence that one has, where another was named by mistake.

"说错了 我那个是小餐饮登记证 不是食品经营许可" doubts no answer and asks the same again.
"""

import re
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.questions.each_question import Answer
from actions.questions.faq_said import faqs_said
from actions.questions.matter_faqs import AMONG_FEW, say_question
from actions.turns.beside import without_denied
from actions.turns.focus import on_matter, read_focus
from actions.turns.history import (
    entities_before,
    intents_before,
    last_responses,
    texts_before,
    typed_before,
)
from actions.turns.names import afterwards, sure_matter
from actions.turns.turn import Entity, Turn
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import is_correction

ANSWERED = "utter_matters_answer"
"""Response by which a matter was answered for."""

_FOR = re.compile(
    "不是(?P<wrong>[^，,。 ]{2,10})[，, ]+(?:而|应该|我说的)?"
    "是(?P<right>[^，,。 ]{2,12}?)[的啊哈呀]*$"
)
"""Puts one word in the place of another."""


def answer_mended(turn: Turn, say: CollectingDispatcher, answer_one: Answer) -> list[EventType]:
    """Answer the question just answered for the licence named now; no events for no slip.

    Args:
        turn: The message.
        say: Where it is said.
        answer_one: Answers a question as if it were the whole message.
    """
    mended = _word_mended(turn) if turn.loop is None and turn.choice is None else None
    if mended is not None and (done := answer_one(mended, say)):
        return done
    is_free = turn.loop is None and turn.choice is None and ANSWERED in last_responses(turn)
    if not is_free or asks(turn.text) or not is_correction(turn.text):
        return []
    kept = without_denied(turn)
    names = [one.value for one in kept.entities if one.name == "matter"]
    meant = sure_matter(names[0]) if len(names) == 1 else None
    spoken, typed = read_focus(turn), typed_before(turn) or ""
    again = _asked_again(turn, typed, names[0]) if names else None
    if meant is None or (spoken.matter is None and again is None):
        return []
    if later := afterwards(names[0], f"{turn.text} {typed}"):  # 丢的是食品证 不是营业执照
        if again is not None and (done := answer_one(again, say)):  # 执照丢了补办多少钱
            return done
        say_answer("procedure", later, say)
        return on_matter(later, "procedure")
    before = (spoken.matter,) if spoken.matter is not None else ()
    said = [faq.question for faq in faqs_said(turn, (*before, meant))]
    for text in filter(None, (typed, *said)):
        asked = app().question_finder.among(text, (meant,), AMONG_FEW)
        if asked is not None:
            say_question(turn, asked, say)
            return on_matter(meant, spoken.topic or "eligibility")
    if again is not None and (done := answer_one(again, say)):
        return done
    say_answer(spoken.topic or "eligibility", meant, say)
    return on_matter(meant, spoken.topic or "eligibility")


def _word_mended(turn: Turn) -> Turn | None:
    """Return an earlier question with the word that is put right; None where none had it.

    "写岔了，不是企业负责人，是质量负责人" behind "零售药店变更企业负责人，走哪个系统".
    """
    found = _FOR.search(turn.text)
    if found is None:
        return None
    before = zip(texts_before(turn), intents_before(turn), strict=False)
    had = [(text, intent) for text, intent in before if found["wrong"] in text][-1:]
    if not had or not asks(had[0][0]):
        return None
    text, intent = had[0][0].replace(found["wrong"], found["right"]), had[0][1]
    said = replace(turn, text=text, typed=text, intent=intent, entities=(), clauses=())
    return replace(said, confidence=1.0, ranking=((intent, 1.0),))


def _asked_again(turn: Turn, typed: str, name: str) -> Turn | None:
    """Return the question before as if it had named this licence; None where it named none."""
    named_now = [one.value for one in turn.entities if one.name == "matter"]
    wrong = [*named_now, *entities_before(turn, "matter")[:1]]
    wrong = sorted((one for one in wrong if one != name and one in typed), key=len)
    intents = intents_before(turn)
    if not wrong or not intents or not asks(typed):
        return None
    text = typed.replace(wrong[-1], name).replace("证证", "证")
    at = text.find(name)
    named = (Entity("matter", name, at, at + len(name)),)
    ranking = ((intents[-1], 1.0),)
    again = replace(turn, text=text, typed=text, intent=intents[-1], entities=named)
    return replace(again, confidence=1.0, ranking=ranking, clauses=())
