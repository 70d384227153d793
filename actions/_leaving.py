"""Reads a message that leaves a form and wants something else in the same breath."""

from dataclasses import replace

from actions._turn import Turn
from bot.services.form_remarks import leaves
from bot.services.remarks import clauses


def without_leaving(turn: Turn) -> Turn | None:
    """Return what a message wants beside leaving the open form ("不填了，把我的删掉").

    None when it says nothing else, or does not leave.
    """
    parts = clauses(turn.text)
    if turn.intent == "stop" or len(parts) < 2 or not leaves(parts[0]):  # noqa: PLR2004
        return None
    return replace(turn, loop=None, requested=None, clauses=turn.clauses[1:])
