"""Takes every answer that a message puts right: 面积不是80是120，地方也不是高唐，是茌平."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from actions.forms.question import Question
from actions.turns.beside import clause_turn
from actions.turns.turn import Turn
from bot.services.words.remarks import clauses


class Correcting(Protocol):
    """A form, as far as answers are put right in it."""

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the answered questions and those still open."""

    def corrections(self, turn: Turn) -> Mapping[str, Any]:
        """Return the answers that a text puts in the place of earlier ones, by slot."""


def each_corrected(
    turn: Turn, form: Correcting, first: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what the whole message puts right, and what each of its clauses does besides.

    A clause adds only what was answered before, is told in another way now, and fits no text at all
    as a name or a story does.

    Args:
        turn: The message.
        form: Whose answers are put right.
        first: What the whole message was found to put right; by `corrections` where it is None.
    """
    found = dict(form.corrections(turn) if first is None else first)
    parts = clauses(turn.text) if turn.choice is None else []
    asked = form.questions(turn, turn.slots)
    known = {q.slot: turn.slots.get(q.slot) for q in asked if not q.free_text}
    for part in parts if len(parts) > 1 else ():
        said = replace(clause_turn(turn, part), intent=turn.intent)
        for slot, value in form.corrections(said).items():
            if slot not in found and known.get(slot) not in {None, value}:
                found[slot] = value
    return found
