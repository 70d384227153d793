"""Takes back a service that a text gives no ground to open: 城管给了张单子 looks up no ticket."""

from dataclasses import replace

from actions.turns.turn import Clause, Turn
from bot.services.words.groundless import is_groundless, plans_only
from bot.services.words.matter_remarks import asks

ASKED, UNHEARD, BEGINS = "ask_eligibility", "nlu_fallback", "start_business"

LEAST = 0.04
"""From this probability on the next guess of the model is taken instead."""


def without_groundless(turn: Turn) -> Turn:
    """Return the turn without a service, of it or of a clause, that its words do not speak for.

    "那个啥影响评价 小打小闹也要吗" rates nothing, "平台让我上传执照了" applies for nothing.
    """
    if turn.choice is not None or not turn.text:
        return turn
    parts = tuple(map(_grounded, turn.clauses))
    turn = turn if parts == turn.clauses else replace(turn, clauses=parts)
    if not is_groundless(turn.intent, turn.text):
        return turn
    intent = _instead(turn)
    return replace(turn, intent=intent, confidence=LEAST, ranking=((intent, LEAST),), clauses=())


def _grounded(part: Clause) -> Clause:
    if not is_groundless(part.intent, part.text):
        return part
    return replace(part, intent=ASKED if asks(part.text) else "inform")


def _instead(turn: Turn) -> str:
    """Return what is taken instead: a business that is planned, a question, else the next guess."""
    begins = dict(turn.ranking).get(BEGINS, 0.0)
    if turn.loop is None and begins >= LEAST and plans_only(turn.text):
        return BEGINS
    if asks(turn.text):
        return next((one for one, sure in turn.ranking if _is_question(one, sure)), ASKED)
    return UNHEARD if turn.loop is None else "inform"


def _is_question(intent: str, sure: float) -> bool:
    return sure >= LEAST and intent.startswith("ask_") and intent not in {"ask_privacy", "ask_why"}
