"""Settle which entities a message has: numbers with a form first, the tagger decides the rest."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.borders import mended
from bot.nlu.spans import WHEN, Span, settle
from bot.nlu.tokenizer import spans_of

_TOKENS = "text_tokens"
SMALL_TALK = "chitchat"
"""Intent in which a day means nothing."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class KnownEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Merges the numbers that the tokenizer knows with what a tagger before it found."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._silent_intents = frozenset(config["silent_intents"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003 (Rasa's signature)
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> KnownEntityExtractor:
        """Build the component; it has nothing to load."""
        return cls(config)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults."""
        return {
            # intents in which a name means nothing to us; a day or a time of day is one anywhere
            "silent_intents": [],
        }

    @classmethod
    def required_components(cls) -> list[type]:
        """Return the components that must stand before this one."""
        return [Tokenizer]

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the entities of each message; `value` is the text as written."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            tagged = [
                Span(entity["start"], entity["end"], entity["entity"])
                for entity in message.get(ENTITIES, [])
            ]
            if (message.get(INTENT) or {}).get("name") in self._silent_intents:
                tagged = [span for span in tagged if span.entity in WHEN]
            entities = [
                {
                    "entity": span.entity,
                    "start": span.start,
                    "end": span.end,
                    "value": text[span.start : span.end],
                    "extractor": type(self).__name__,
                }
                for span in settle(spans_of(message.get(_TOKENS) or []), mended(text, tagged))
            ]
            if (message.get(INTENT) or {}).get("name") == SMALL_TALK:  # 今儿个可真冷
                entities = [one for one in entities if one["entity"] not in WHEN]
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
