"""Reads an answer that stands beside a question in one message: "120平，一共要多少钱"."""

from dataclasses import replace
from inspect import isabstract

from actions._skill import SkillAction
from actions._turn import Turn


def clause_turn(turn: Turn, part: str) -> Turn:
    """Return the turn as if only this part of the text had been said."""
    entities = tuple(found for found in turn.entities if found.value in part)
    return replace(turn, text=part, entities=entities, intent="inform")


def answer_of(intent: str) -> SkillAction | None:
    """Return the action that answers a question intent, None when there is none."""
    wanted = "action_answer_" + intent.removeprefix("ask_")
    waiting = list(SkillAction.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if not isabstract(kind):
            action = kind()
            if action.name() == wanted:
                return action
    return None
