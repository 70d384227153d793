"""Explains a word of the field between the questions of a form; the open question follows again."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.finding.terms import say_terms, term_asked
from actions.forms.question import Question, Value
from actions.turns.beside import clause_turn
from actions.turns.focus import read_focus
from actions.turns.turn import Turn
from bot.services.words.remarks import clauses


def explains_term(turn: Turn, opened: Question | None, say: CollectingDispatcher) -> bool:
    """Say what a word of the field means; False where none is asked, or an answer stands beside it.

    What the open question explains in its own words stays its own.
    """
    asked = term_asked(turn)
    if asked is None or (opened is not None and _explains_itself(turn, opened)):
        return False
    if not asked.is_whole and (opened is None or _is_answered(turn, opened)):
        return False
    say_terms(asked, say)
    return True


def answer_term_inside(
    turn: Turn, opened: Question | None, say: CollectingDispatcher
) -> list[EventType]:
    """Say what a word of the field means, as `explains_term`; no events where none is asked."""
    is_said = explains_term(turn, opened, say)
    return [SlotSet("focus_topic", read_focus(turn).topic)] if is_said else []


def _explains_itself(turn: Turn, opened: Question) -> bool:
    """Tell whether the open question has words of its own for what is asked: 简易低风险是啥."""
    is_own = opened.is_called(turn.text) or opened.is_named(turn)
    return opened.explain is not None and not opened.free_text and is_own


def _is_answered(turn: Turn, opened: Question) -> bool:
    """Tell whether a part of the text answers the open question, or goes on with a story."""
    parts = (clause_turn(turn, part) for part in clauses(turn.text))
    return opened.free_text or any(isinstance(opened.parse(one), Value) for one in parts)
