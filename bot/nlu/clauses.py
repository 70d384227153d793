"""Classify the clauses of a message beside the message itself, in the same pass.

So is what is left of it without address and thanks ("闺女，那多少钱"), under `plain`; its intent is
that of the message. `ClauseSplitter` stands first in the pipeline and appends each clause as a
message of its own, so that every component between the two works on it; `ClauseCollector` stands
last and puts what they found into the property `clauses` of the message that people sent. No
component need know of it.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.clause_text import only_thanks, plain, split_clauses
from bot.nlu.tokenizer import REPAIRED

CLAUSES = "clauses"
PLAIN = "plain"
_OWNER = "clause_of"
_IS_PLAIN = "is_plain"
_RANKING = "intent_ranking"
_THANK = "thank"


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
            for clause in split_clauses(plain(message.get(TEXT) or ""))
        ]
        cores = [
            Message({TEXT: core, _OWNER: index, _IS_PLAIN: True})
            for index, message in enumerate(messages)
            if (core := plain(text := message.get(TEXT) or "")) != text
        ]
        return [*messages, *clauses, *cores]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ClauseCollector(_ClauseComponent):
    """Puts what was found in the clauses into the message they come from."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Return the messages without their clauses; each has the property `clauses`."""
        whole = [message for message in messages if message.get(_OWNER) is None]
        found: list[list[dict[str, Any]]] = [[] for _ in whole]
        for message in messages:
            owner = message.get(_OWNER)
            if owner is None:
                continue
            if message.get(_IS_PLAIN):
                _take_over(whole[owner], message)
            else:
                found[owner].append(_reading(message))
        for message, clauses in zip(whole, found, strict=True):
            message.set(CLAUSES, clauses, add_to_output=True)
        return whole


def _take_over(message: Message, core: Message) -> None:
    """Let a message mean what is left of it without address and thanks."""
    message.set(PLAIN, core.get(REPAIRED) or core.get(TEXT), add_to_output=True)
    if only_thanks(message.get(TEXT)):
        message.set(INTENT, {"name": _THANK, "confidence": 1.0}, add_to_output=True)
        return
    for found in (INTENT, _RANKING):
        if core.get(found) is not None:
            message.set(found, core.get(found), add_to_output=True)


def _reading(message: Message) -> dict[str, Any]:
    intent = message.get(INTENT) or {}
    kept = ("entity", "start", "end", "value")
    repaired = message.get(REPAIRED)
    return {
        "text": repaired or message.get(TEXT),
        **({"repaired": repaired} if repaired else {}),
        "intent": {"name": intent.get("name"), "confidence": intent.get("confidence")},
        "entities": [
            {key: entity.get(key) for key in kept} for entity in message.get(ENTITIES) or []
        ],
    }
