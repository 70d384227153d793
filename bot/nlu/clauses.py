"""Classify the clauses of a message beside the message itself, in the same pass.

`ClauseSplitter` stands first in the pipeline and appends each clause as a message of its own, so
that every component between the two works on it; `ClauseCollector` stands last and puts what they
found into the property `clauses` of the message that people sent. No component need know of it.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

CLAUSES = "clauses"
_OWNER = "clause_of"
_MAX_TEXT = 300
_MAX_CLAUSES = 6
_SHORTEST = 2
_JOINTS = re.compile(
    r"[，,。；;！!？?\n、…]+|\s+|"
    r"(?=另外|顺便|对了(?!吗|没)|然后|完了(?=再|帮|给|我|你)|还有(?=就是|我|那|个)|同时|再帮|再给|再问)"
)
_LEADING = re.compile(
    r"^(另外|顺便|对了|然后|完了|还有|就是|同时|那个|嗯|呃|先|再|也|还想|还要|请问|再就是|以及)+"
)


def split_clauses(text: str) -> list[str]:
    """Return the clauses of a text without their joints; fewer than two: an empty list.

    A text with many parts is a story, whose clauses are no requests of their own: empty as well.
    """
    if len(text) > _MAX_TEXT or text.startswith("/"):
        return []
    parts = [_LEADING.sub("", part.strip()) for part in _JOINTS.split(text)]
    found = [part for part in parts if sum(map(str.isalnum, part)) >= _SHORTEST]
    return found if 1 < len(found) <= _MAX_CLAUSES else []


class _ClauseComponent(GraphComponent):
    """What both components share: nothing to learn, nothing to load."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003 (Rasa's signature)
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> _ClauseComponent:
        """Build the component."""
        return cls()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ClauseSplitter(_ClauseComponent):
    """Appends each clause of a message as a message."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Return the messages and, behind them, their clauses."""
        clauses = [
            Message({TEXT: clause, _OWNER: index})
            for index, message in enumerate(messages)
            for clause in split_clauses(message.get(TEXT) or "")
        ]
        return [*messages, *clauses]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ClauseCollector(_ClauseComponent):
    """Puts what was found in the clauses into the message they come from."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Return the messages without their clauses; each has the property `clauses`."""
        whole = [message for message in messages if message.get(_OWNER) is None]
        found: list[list[dict[str, Any]]] = [[] for _ in whole]
        for message in messages:
            owner = message.get(_OWNER)
            if owner is not None:
                found[owner].append(_reading(message))
        for message, clauses in zip(whole, found, strict=True):
            message.set(CLAUSES, clauses, add_to_output=True)
        return whole


def _reading(message: Message) -> dict[str, Any]:
    intent = message.get(INTENT) or {}
    kept = ("entity", "start", "end", "value")
    return {
        "text": message.get(TEXT),
        "intent": {"name": intent.get("name"), "confidence": intent.get("confidence")},
        "entities": [
            {key: entity.get(key) for key in kept} for entity in message.get(ENTITIES) or []
        ],
    }
