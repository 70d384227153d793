"""Answers several questions of one message each by itself, where one alone would be heard.

"健康证还没体检完 能先收件不 另外啥时候得续证" asks two things, and a question of the catalogue that
fits one of them says nothing of the other.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import OFFER
from actions.questions.matter_faqs import say_question
from actions.turns.names import sure_matter
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.services.finding.question_finder import Asked
from bot.services.words.asked import asking_parts
from bot.services.words.matter_remarks import asks
from bot.services.words.story import is_long_trouble

ASKING = QUESTION_INTENTS | {"chitchat", "inform", "nlu_fallback", "out_of_scope"}
"""What the model takes such a message for."""

SHORTEST = 3
"""Signs of a question that says what it asks."""

_BRIEF = re.compile("^谁.$|几天|多久|归谁|哪办")
"""What asks something in two signs."""

_LEAD = re.compile(
    "^(?:顺便|顺带|捎带|另外|还有|对了|再就是|再)*(?:再)?(?:问|说|打听|请教)(?:一?下|一句|问|您)?(?=.{3})|"
    "^(?:(?:再一个|再有|还有|再)就是|然后|另外|和(?=[要得多几在去上怎咋找有啥什花带需]))(?=.{2})"
)
"""Leads up to one more question: 顺便说下."""

_IT = re.compile("(?:那|这)(?:个|证|本|张)|它|也")
"""Begins a question about what was named right before."""

TOLD, SHORTEST_TOLD = 0.6, 6
"""How well what is told besides must fit a question, and its signs."""

MOST = 3
LONGEST = 60

UNANSWERED = frozenset(
    {
        "utter_common_not_understood",
        "utter_common_out_of_scope",
        "utter_common_out_of_scope_again",
        "utter_matters_ask_name",
        "utter_matters_guessed",
        "utter_matters_guessed_only",
        "utter_matters_not_listed",
        "utter_matters_not_recorded",
        "utter_plan_not_recorded",
    }
)
"""Responses that answer nothing."""

PLAN_OFFERED = "utter_life_events_offer"
"""Offers the plan of a change or an end."""

Answer = Callable[[Turn, CollectingDispatcher], list[EventType]]


def answer_each(turn: Turn, say: CollectingDispatcher, answer: Answer) -> list[EventType]:
    """Answer each question of a message; no events where one of them needs more than an answer.

    Args:
        turn: The message.
        say: Where it is said.
        answer: Answers a turn with one question.
    """
    if turn.loop is not None:
        return []
    return _answer_all(turn, say, answer) or []


def answer_each_inside(
    turn: Turn, say: CollectingDispatcher, answer: Answer
) -> list[EventType] | None:
    """Do the same between the questions of a form; None where one of them is not answered."""
    return _answer_all(turn, say, answer)


def _answer_all(turn: Turn, say: CollectingDispatcher, answer: Answer) -> list[EventType] | None:
    asked = _questions(turn)
    if len(asked) == 1 and (besides := _told_besides(turn)) is not None:
        return _answer_with_told(turn, asked[0], besides, say, answer)
    if not 2 <= len(asked) <= MOST:  # noqa: PLR2004 - several
        return None
    return answer_in_turn(asked, partial(as_one, turn), say, answer)


def answer_in_turn(
    asked: Sequence[str],
    as_turn: Callable[[str, Sequence[EventType]], Turn],
    say: CollectingDispatcher,
    answer: Answer,
) -> list[EventType] | None:
    """Answer one thing after the other, all of them or none: None where one needs more.

    Args:
        asked: What is answered.
        as_turn: Makes the turn that asks one of them, once the slots of those before are set.
        say: Where it is said.
        answer: Answers such a turn.
    """
    events: list[EventType] = []
    said: list[CollectingDispatcher] = []
    for one in asked:
        answered = answer_alone(as_turn(one, events), answer)
        if answered is None:
            return None
        events += answered[0]
        said.append(answered[1])
    say.messages.extend(_offers_last(one for held in said for one in held.messages))
    return events


def _offers_last(said: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what was said with the offer of a plan once and last: the answers come before it."""
    offers: dict[str, dict[str, Any]] = {}
    answers: list[dict[str, Any]] = []
    for one in said:
        if one.get("response") == PLAN_OFFERED:
            offers[str(one.get("event"))] = one
        else:
            answers.append(one)
    return [*answers, *offers.values()]


def _told_besides(turn: Turn) -> Asked | None:
    """Return the question that what is told besides fits for sure, where a plain topic is asked.

    "公司注销得多长时间啊 我这公司没开过票" wants the time, and what holds for such a company.
    """
    parts = asking_parts(turn.text)
    first, *more = parts
    is_topic = turn.loop is None and bool(app().dialogue_words.topics_in(first))
    if not is_topic or turn.entity("matter") is None or len(more) != 1 or asks(more[0]):
        return None
    asked = app().question_finder.best_of_all(more[0])
    named = sure_matter(turn.entity("matter"))
    is_sure = asked is not None and asked.score >= TOLD and len(more[0]) >= SHORTEST_TOLD
    return asked if is_sure and named is not None else None


def _answer_with_told(
    turn: Turn, text: str, besides: Asked, say: CollectingDispatcher, answer: Answer
) -> list[EventType] | None:
    """Answer the topic that is asked, then the question that fits what is told besides."""
    answered = answer_alone(as_one(turn, text), answer)
    if answered is None:
        return None
    say.messages.extend(answered[1].messages)
    if not any(besides.faq.answer in str(one.get("answer") or "") for one in say.messages):
        say_question(turn, replace(besides, close=None), say)
    return answered[0]


def answer_alone(turn: Turn, answer: Answer) -> tuple[list[EventType], CollectingDispatcher] | None:
    """Return the slots that an answer sets and what it says; None where it answers nothing or more.

    More is what opens a form or leads elsewhere.
    """
    held = CollectingDispatcher()
    done = answer(turn, held)
    responses = {str(one.get("response")) for one in held.messages}
    is_open = any(event.get("event") != "slot" for event in done)
    return None if is_open or not held.messages or responses & UNANSWERED else (done, held)


def _questions(turn: Turn) -> list[str]:
    """Return the questions of a message, each with what is told before it; none for a story."""
    is_free = turn.choice is None and len(turn.text) <= LONGEST
    # 想弄个小充电站，用电报装要啥材料 only tells first what it is about
    intents = {turn.intent, *(clause.intent for clause in turn.clauses if asks(clause.text))}
    if not is_free or not intents <= ASKING or is_long_trouble(turn.text):
        return []
    found: list[str] = []
    told = ""
    parts = asking_parts(turn.text)
    for part, after in zip(parts, [*parts[1:], ""], strict=True):
        if asks(part) and not _only_names(part, after):
            found.append(f"{told}{_LEAD.sub('', part)}")
            told = ""
        else:
            told += f"{part}，"
    is_said = all(len(one) >= SHORTEST or _BRIEF.fullmatch(one) for one in found)
    return found if is_said else []


def _only_names(part: str, after: str) -> bool:
    """Tell whether a clause names what the next one asks about: 卫生许可证呢，那个管几年."""
    return part.endswith("呢") and _IT.match(after) is not None and asks(after)


def as_one(turn: Turn, text: str, events: Sequence[EventType] = ()) -> Turn:
    """Return the turn as if only this question were asked, once some slots are set."""
    slots = {event["name"]: event["value"] for event in events if event.get("event") == "slot"}
    if slots.get(OFFER):  # made in the same message: what follows is asked of the matter
        slots[OFFER] = None
    own = [one for one in turn.clauses if one.text in text or one.text.endswith(text)]
    last = own[-1] if own else None
    return replace(
        turn,
        text=text,
        intent=last.intent if last else turn.intent,
        confidence=last.confidence if last else turn.confidence,
        entities=tuple(entity for entity in turn.entities if entity.value in text),
        clauses=(),
        ranking=(),
        slots={**turn.slots, **slots},
    )
