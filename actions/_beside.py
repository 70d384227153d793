"""Reads an answer that stands beside a question in one message: "120平，一共要多少钱"."""

from dataclasses import replace

from actions._turn import Turn


def clause_turn(turn: Turn, part: str) -> Turn:
    """Return the turn as if only this part of the text had been said."""
    entities = tuple(found for found in turn.entities if found.value in part)
    return replace(turn, text=part, entities=entities, intent="inform")
