"""Read messages that say all in one sign, one word or one number: 👌, 人工, a case number.

A statistical model has nothing to go by in them; a list that people keep has.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.text import normalise

_RANKING = "intent_ranking"
_FILE = "short.json"
_UNSEEN = re.compile("[\\s\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
"""Blanks, joiners, and what only gives a sign a colour or a style."""

_STOPS = re.compile(r"[\s,.!;:~、。…]+")
"""Punctuation that changes nothing; a question mark does (人工？ asks what one talks to)."""


_CODE_TEXT = re.compile(r"[!-~]+")
"""An address or another text for machines: no blank, no Chinese."""


@dataclass(frozen=True)
class ShortMessages:
    """What short messages mean.

    Attributes:
        intent_by_sign: Single signs.
        intent_by_word: Normalised words.
        intent_by_number: Entities of which a message consists.
        fillers: Words beside a number that mean nothing, the longest first.
        intent_by_pattern: Expressions that a whole message, without punctuation, may match.
    """

    intent_by_sign: Mapping[str, str]
    intent_by_word: Mapping[str, str]
    intent_by_number: Mapping[str, str]
    fillers: tuple[str, ...]
    intent_by_pattern: Mapping[str, str] = field(default_factory=dict)

    def intent(self, text: str, entities: list[dict[str, Any]]) -> str | None:
        """Return the intent of a message; None when it says more than these lists know.

        Args:
            text: The message as written.
            entities: What was found in it, each with `entity`, `start` and `end`.
        """
        folded = _STOPS.sub("", normalise(text))
        return (
            self._of_signs(_UNSEEN.sub("", folded))
            or self.intent_by_word.get(folded)
            or self._of_pattern(folded)
            or self._of_number(text, entities)
        )

    def _of_signs(self, signs: str) -> str | None:
        meant = [self.intent_by_sign.get(sign) for sign in signs]
        return meant[0] if meant and all(meant) else None

    def _of_pattern(self, folded: str) -> str | None:
        meant = (i for form, i in self.intent_by_pattern.items() if re.fullmatch(form, folded))
        return next(meant, None)

    def _of_number(self, text: str, entities: list[dict[str, Any]]) -> str | None:
        if _CODE_TEXT.fullmatch(normalise(text)):  # what a scanned code says around its number
            entities = [one for one in entities if one["entity"] in self.intent_by_number]
            return self.intent_by_number[entities[0]["entity"]] if len(entities) == 1 else None
        if len(entities) != 1 or entities[0]["entity"] not in self.intent_by_number:
            return None
        only = entities[0]
        beside = _STOPS.sub("", normalise(text[: only["start"]] + text[only["end"] :]))
        for filler in self.fillers:
            beside = beside.replace(filler, "")
        return None if beside else self.intent_by_number[only["entity"]]


def read_short_messages(path: Path) -> ShortMessages:
    """Read the lists of a file."""
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    return ShortMessages(
        {_UNSEEN.sub("", s): intent for intent, signs in lists["signs"].items() for s in signs},
        {normalise(w): intent for intent, words in lists["words"].items() for w in words},
        dict(lists["numbers"]),
        tuple(sorted(lists["fillers"], key=lambda word: -len(word))),
        {form: intent for intent, forms in lists["patterns"].items() for form in forms},
    )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ShortMessageClassifier(GraphComponent, IntentClassifier):
    """Overrules the classifier before it where a message is on the lists."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        lists: ShortMessages | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._lists = lists or ShortMessages({}, {}, {}, ())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: no lists."""
        return {"path": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 (Rasa's signature)
    ) -> ShortMessageClassifier:
        """Build the component without lists."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:  # noqa: ARG002 (Rasa's signature)
        """Take the lists into the model."""
        if self._config["path"]:
            self._lists = read_short_messages(Path(self._config["path"]))
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(
                json.dumps(asdict(self._lists), ensure_ascii=False), encoding="utf-8"
            )
        return self._resource

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a digest of the lists: changed lists mean training again."""
        path = config.get("path")
        return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else None

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 (Rasa's signature)
        **_: Any,
    ) -> ShortMessageClassifier:
        """Build the component from a trained model."""
        with model_storage.read_from(resource) as folder:
            lists = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        known = ShortMessages(**{**lists, "fillers": tuple(lists["fillers"])})
        return cls(config, model_storage, resource, known)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message that is on the lists, as sure as can be."""
        for message in messages:
            intent = self._lists.intent(message.get(TEXT) or "", message.get(ENTITIES) or [])
            if intent is None:
                continue
            others = [i for i in message.get(_RANKING) or [] if i["name"] != intent]
            ranking = [{"name": intent, "confidence": 1.0}]
            ranking += [{**other, "confidence": 0.0} for other in others]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(_RANKING, ranking, add_to_output=True)
        return messages
