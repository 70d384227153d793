"""Tells a question from a wish of another kind in the same message, so that neither is lost.

"窗口让我跑了三趟，我要投诉。另外食品证到底几天下来" asks something that no department need answer;
"公章丢了重刻要带什么，另外给我约个后天上午的帮办" wants a booking as well.
"""

import re
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.each_question import Answer, answer_alone, as_one
from actions.steering.asides import aside_in
from actions.turns.context import BOOKS
from actions.turns.names import sure_matter
from actions.turns.requests import requests_in
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.services.words.matter_remarks import asks_something
from bot.services.words.story import tells_trouble

TOLD = frozenset({"blow_whistle", "complain", "suggest"})
"""Intents of what is written down, behind which something else may be asked."""

SURE = 0.6
"""From this confidence on the model is believed that the part behind asks something."""

_BEHIND = re.compile(
    "[，,。；;！!？? ]"
    "(?P<asked>(?:另外|还有|对了|顺便|顺带|捎带|再就是|再一个|再问|你?先(?:告诉我|跟我说|问|说))"
    "[^。；;！!]+?)[？?。]*$"
)
_BLAMES = re.compile("凭|为啥|为什么|咋就|咋回事|态度|推|刁难|投诉|举报|处理|受理不")
"""Asks of somebody's conduct, and not of a matter."""


def question_behind_story(turn: Turn) -> tuple[Turn, Turn] | None:
    """Return a story alone, and the question that stands behind it; None for no such message.

    A booking counts as one: "想约个帮办上门，顺便问下执照丢了还用登报不".
    """
    is_told = turn.intent in TOLD | {BOOKS} and turn.choice is None and turn.loop is None
    if not is_told or app().dialogue_words.danger.are_in(turn.text):
        return None
    found = _BEHIND.search(turn.text)
    asked = found["asked"] if found is not None else ""
    is_more = _BLAMES.search(asked) is not None or tells_trouble(asked)
    if found is None or not asks_something(asked) or (is_more and turn.intent != BOOKS):
        return None
    topics = app().dialogue_words.topics_in(asked)
    question = as_one(turn, asked)
    is_question = question.intent in QUESTION_INTENTS and question.confidence >= SURE
    told = turn.text[: found.start("asked")].rstrip("，,。；; ")
    is_ours = is_question or topics or sure_matter(asked) or aside_in(question) is not None
    if not told or not (is_ours or turn.intent == BOOKS):
        return None
    kept = tuple(one for one in turn.entities if one.value in told)
    story = replace(turn, text=told, typed=told, entities=kept, clauses=())
    if question.intent not in QUESTION_INTENTS:
        question = replace(question, intent=f"ask_{topics[0] if topics else 'eligibility'}")
    return story, question


def books_behind_question(turn: Turn) -> bool:
    """Tell whether a booking is wanted behind a question, so that the question is not all of it."""
    last = turn.clauses[-1] if turn.clauses else None
    is_asked = turn.intent in QUESTION_INTENTS | {BOOKS}
    is_free = turn.choice is None and turn.loop is None and is_asked
    if last is None or not is_free or app().dialogue_words.danger.are_in(turn.text):
        return False
    is_booking = last.intent == BOOKS and last.confidence >= SURE
    return is_booking and len(requests_in(turn)) > 1


def answer_question_beside(
    turn: Turn, say: CollectingDispatcher, answer: Answer
) -> tuple[Turn, list[EventType]]:
    """Answer the question behind a story; returns the story alone with the slots that it set.

    A message without one, or whose question finds no answer, stays whole.
    """
    both = question_behind_story(turn)
    if both is None:
        return turn, []
    story, question = both
    answered = answer_alone(question, answer)
    if answered is None:
        return turn, []
    events, held = answered
    say.messages.extend(held.messages)
    slots = {event["name"]: event["value"] for event in events}
    return replace(story, slots={**turn.slots, **slots}), events
