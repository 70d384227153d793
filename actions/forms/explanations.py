"""Explains the open question of a form: why it is asked, what a word means, where it stands."""

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.forms.question import Question, explain_question
from actions.forms.reading import is_left_out, may_ask_meaning
from actions.questions.faq_asked import answers_by_words
from actions.turns.history import last_bot_messages
from actions.turns.turn import CONTROL_INTENTS, Turn
from bot.services.words.remarks import (
    asks_how_many_people,
    asks_meaning,
    asks_where,
    asks_whether_must,
    asks_whether_one_counts,
    asks_why,
    compares,
    compares_forms,
)
from bot.services.words.steering import asks_why_number
from bot.services.words.term_asked import shares_words, term_asked


def _asks_where_it_stands(turn: Turn, opened: Question) -> bool:
    """Tell whether "号码在哪找啊" asks about the number that is asked for."""
    if opened.is_story or turn.entity("matter") is not None:
        return False
    return opened.is_called(turn.text) and asks_where(turn.text)


def explain_privacy(turn: Turn, questions: Sequence[Question], say: CollectingDispatcher) -> None:
    """Say what a telephone is wanted for, where one is asked, and what becomes of all told."""
    number = next((q for q in questions if q.entity == "phone"), None)
    if number is not None:
        explain_question(replace(number, explain=None), turn, say)
    say.utter_message(response="utter_common_privacy")


def _explain_why(question: Question, turn: Turn, say: CollectingDispatcher) -> None:
    """Say what an answer is wanted for, and that it must be given where that is asked."""
    explain_question(replace(question, explain=None), turn, say)
    if question.when_unknown is None and asks_whether_must(turn.text):
        say.utter_message(response="utter_common_must_be_told")


def _meant(turn: Turn, questions: Sequence[Question], named: Question | None) -> Question | None:
    """Return the question whose meaning is asked for by an answer or by its name; None for none."""
    asked = "enterprise_type" if asks_how_many_people(turn.text) else None
    return (
        next((q for q in questions if q.entity and turn.entity(q.entity)), None)
        or named
        or next((q for q in questions if asked and q.entity == asked), None)
    )


def explains(
    turn: Turn, questions: Sequence[Question], opened: Question | None, say: CollectingDispatcher
) -> bool:
    """Explain the question that is not understood: the one that is named, else the open one."""
    if opened is not None and _asks_where_it_stands(turn, opened):
        explain_question(replace(opened, explain=None), turn, say)
        return True
    if opened is not None and opened.entity == "phone" and asks_why_number(turn.text):
        explain_question(replace(opened, explain=None), turn, say)
        return True
    if not may_ask_meaning(turn) or (opened is not None and is_left_out(turn, opened)):
        return False
    called = [q for q in questions if q.is_called(turn.text)]
    named = opened if opened in called else next(iter(called), None)
    if named is not None and any(
        asks(turn.text) for asks in (asks_where, asks_why, asks_whether_must)
    ):
        _explain_why(named, turn, say)
        return True
    if opened is not None and not opened.is_story and asks_whether_must(turn.text):
        _explain_why(opened, turn, say)
        return True
    if named is not None and asks_whether_one_counts(turn.text):
        explain_question(named, turn, say)
        return True
    if asks_why(turn.text) and "问" in turn.text and opened is not None and not opened.free_text:
        explain_question(replace(opened, explain=None), turn, say)
        return True
    is_asked = asks_meaning(turn.text) or compares_forms(turn.text)
    return is_asked and _explains_meaning(turn, questions, opened, named, say)


def _asks_foreign_term(turn: Turn) -> bool:
    """Tell whether the term that is asked about is none of the open question: 招拍挂是啥意思."""
    term = term_asked(turn.text)
    if term is None:
        return False
    said = "".join(str(event) for event in last_bot_messages(turn))
    return not shares_words(term, said)


def _explains_meaning(
    turn: Turn,
    questions: Sequence[Question],
    opened: Question | None,
    named: Question | None,
    say: CollectingDispatcher,
) -> bool:
    """Explain the question that is meant; a rare word of the plan goes before the open one."""
    meant = _meant(turn, questions, named)
    if meant is None and answers_by_words(turn, say):
        return True
    if meant is None and opened is not None and not opened.free_text:
        is_control = turn.intent in CONTROL_INTENTS - {"repeat", "skip"} and "叫" not in turn.text
        is_else = is_control and not compares(turn.text)
        meant = None if is_else or _asks_foreign_term(turn) else opened  # 有啥区别
    if meant is None:
        return False
    explain_question(meant, turn, say)
    return True
