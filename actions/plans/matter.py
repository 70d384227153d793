"""What is asked about one matter between the questions of a plan, and not about the plan."""

import re
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import likely_topic, say_answer
from actions.finding.matter_before import planned_one
from actions.forms.reading import SURE, SURE_WISH
from actions.questions.matter_faqs import AMONG_FEW, says_question_among, utter
from actions.questions.shared_question import shared_question
from actions.turns.focus import read_focus
from actions.turns.intent_groups import SERVICE_INTENTS
from actions.turns.names import meant_matter
from actions.turns.registry import action_named
from actions.turns.turn import CONTROL_INTENTS, QUESTION_INTENTS, Turn
from bot.documents.matter_text import faq_answer, validity_answer
from bot.domain.matters import Matter
from bot.services.finding.matter_faqs import asks_validity
from bot.services.words.asked import points_at_one
from bot.services.words.follow_up import is_bare_thing
from bot.services.words.matter_remarks import (
    asks,
    asks_what_it_is,
    asks_whether_needed,
    asks_who_approves,
)
from bot.services.words.remarks import asks_meaning, is_correction

LONGEST_BARE = 8
"""Signs of a question that names nothing: 这个谁来批."""

OF_THING = 0.5
"""How well a matter must fit the bare name of a thing: 电梯呢."""

_MAY = re.compile("能|可以|行不|让")
"""Asks if something may be, not if it is needed: 能用吗."""


def matter_asked(turn: Turn) -> Matter | None:
    """Return the matter that a text asks about by name, or points at; None for none.

    "临清那张食品证能拿到这边用吗" moves no business to 临清, and "盖到什么份上能拿预售证" tells of
    no building. What the model knows for sure to ask for is answered by its own rule.
    """
    if turn.choice is not None or not asks(turn.text) or is_correction(turn.text):
        return None
    spoken = read_focus(turn).matter
    is_sure = turn.intent in QUESTION_INTENTS and turn.confidence >= SURE
    is_pointed_at = spoken is not None and points_at_one(turn.text)
    if is_pointed_at and (asks_validity(turn.text) or not is_sure):
        return spoken
    word = turn.entity("matter")
    if spoken is not None and word is None and _asks_who(turn.text):
        return spoken
    is_wish = turn.intent in SERVICE_INTENTS | CONTROL_INTENTS and turn.confidence >= SURE_WISH
    is_needed = asks_whether_needed(turn.text) and not _MAY.search(turn.text)
    if word is None or is_sure or is_wish or is_needed or asks_what_it_is(turn.text):
        return None
    if asks_meaning(turn.text):  # 标准地是啥意思 俺们是招拍挂拍来的
        return None
    words = app().dialogue_words
    if word in words.broad or words.topics_in(turn.text):
        return None
    return named_in_question(turn)


def say_asked(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Answer with the question of the catalogue that is asked of the matter, else its topic."""
    if _asks_who(turn.text):
        say_answer("place", matter, say)
        return
    topics = app().dialogue_words.topics_in(turn.text)
    if len(topics) > 1 and turn.entity("matter") is None:  # 这个往哪交 谁批 得多少天
        for one in topics:
            say_answer(one, matter, say)
        return
    made = validity_answer(matter) if asks_validity(turn.text) else None
    shared = shared_question(turn) if made is None else None
    if shared is not None:  # 菏泽办的食品证来聊城好使不
        made = faq_answer(shared.faq)
    if made is not None:
        utter(made, say)
    elif says_question_among(turn.text, [matter], say, AMONG_FEW):
        pass
    elif asks_validity(turn.text) or not _has_topic(turn):
        say.utter_message(response="utter_matters_not_recorded", matter=matter.name)
    else:
        topic = likely_topic(turn) if turn.intent in QUESTION_INTENTS else None
        say_answer(topic or "eligibility", matter, say)


def _has_topic(turn: Turn) -> bool:
    """Tell whether a matter is named, or something is asked that all matters have."""
    is_topic = turn.intent in QUESTION_INTENTS or bool(app().dialogue_words.topics_in(turn.text))
    return is_topic or turn.entity("matter") is not None


def named_in_question(turn: Turn) -> Matter | None:
    """Return the one matter that a question in a plan names, so that what follows is about it."""
    word = turn.entity("matter")
    if turn.choice is not None or word is None or word in app().dialogue_words.broad:
        return None
    planned = {**turn.slots, "journey": read_focus(turn).journey}
    return meant_matter(word, turn.text) or planned_one(word, planned)


def says_who_approves(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say who permits what is talked about ("这个得谁来批"); no events where that is not asked."""
    is_known = turn.intent in QUESTION_INTENTS and turn.confidence >= SURE
    if turn.choice is not None or is_known or not asks_who_approves(turn.text):
        return []
    asked = replace(turn, intent="ask_place", confidence=1.0)
    heard = CollectingDispatcher()
    done = action_named("action_answer_place").act(asked, heard)
    if any(event.get("event") != "slot" for event in done):
        return []  # it would ask which matter is meant
    say.messages += heard.messages
    return done


def thing_asked_after(turn: Turn) -> Matter | None:
    """Return the matter of a bare thing that is asked after: 电梯呢; None for none that is near."""
    if turn.entities or turn.choice is not None or not is_bare_thing(turn.text):
        return None
    best = app().matter_resolver.rank(turn.text, 1)[0]
    return app().catalogue.matter(best.matter_id) if best.score >= OF_THING else None


def points_at_spoken(turn: Turn) -> bool:
    """Tell whether "这个审查得多少天" is about the matter spoken of last, whatever is planned."""
    return read_focus(turn).matter is not None and points_at_one(turn.text)


def _asks_who(text: str) -> bool:
    """Tell whether 这个谁来批 asks who decides and names nothing."""
    return len(text) <= LONGEST_BARE and asks_who_approves(text)
