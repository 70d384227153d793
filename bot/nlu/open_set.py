"""Refuse what a guess about this field does not cover: words it was never asked about.

A linear model has no class for what nobody thought of: "鼻炎要不要动刀" ends like a question
of eligibility, so it takes it for one. Where it is not sure, the message names nothing of the
field, and a word in it never stood in an example of the field, the message is out of scope.

Neither is a guess believed that names nothing of the field and that `out_of_scope` comes near to:
of what is not ours the model has seen least, so that the border it draws is too far out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import jieba
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_FILE = "words.json"
_RANKING = "intent_ranking"
_TOKENS = "text_tokens"
_OUT_OF_SCOPE = "out_of_scope"
_SHORTEST_WORD = 2
_WHEN = frozenset({"date", "time"})
"""Entities that any talk may hold; they say nothing about its field."""

_ANYBODY = _WHEN | {"district", "industry", "rating"}
"""Entities of any business, also where it wants nothing of the authorities."""

_EVEN = 0.5
"""How sure a refusal is whose guess was the likelier one; a sure matter still overrules it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class OpenSetClassifier(GraphComponent, IntentClassifier):
    """Overrules an unsure guess about a message with words that its field never saw."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        words: frozenset[str] = frozenset(),
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._words = words

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: nothing is overruled."""
        return {
            # guesses at least this sure stand
            "sure": 0.9,
            # intents whose wording any field shares
            "intents": [],
            # a guess up to so many times as likely as `out_of_scope` is out of scope; 0: none is
            "near": 0.0,
            # intents of talk, which are in scope whatever they are about
            "talk": [],
            # words that, beside a trade, are of the field: 洗浴中心要办哪些证
            "with_a_trade": [],
            # words of the field by themselves
            "ours": [],
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 (Rasa's signature)
    ) -> OpenSetClassifier:
        """Build the component without words."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of all examples that are in scope."""
        examples = (e for e in training_data.intent_examples if e.get(INTENT) != _OUT_OF_SCOPE)
        words = {word for e in examples for word in _words(e.get(_TOKENS) or [])}
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(
                json.dumps(sorted(words), ensure_ascii=False), encoding="utf-8"
            )
        self._words = frozenset(words)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 (Rasa's signature)
        **_: Any,
    ) -> OpenSetClassifier:
        """Build the component from a trained model."""
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, frozenset(words))

    def process(self, messages: list[Message]) -> list[Message]:
        """Put `out_of_scope` in front where a guess is overruled.

        Over strange words it is as sure as the guess was; over a guess that it comes near to, even.
        """
        for message in messages:
            ranking = message.get(_RANKING) or []
            if not ranking:
                continue
            if self._is_strange(message, ranking[0]):
                _refuse(message, ranking, ranking[0]["confidence"])
            elif self._is_near(message, ranking):
                _refuse(message, ranking, _EVEN)
        return messages

    def _is_near(self, message: Message, ranking: list[dict[str, Any]]) -> bool:
        """Tell whether `out_of_scope` comes near to a guess about nothing of the field."""
        guess = ranking[0]
        if guess["name"] in {_OUT_OF_SCOPE, *self._config["talk"]}:
            return False
        named = {entity["entity"] for entity in message.get(ENTITIES) or []}
        text = str(message.get(TEXT) or "")
        is_wanted = any(word in text for word in self._config["with_a_trade"])
        is_ours = any(word in text for word in self._config["ours"])
        if named - _ANYBODY or is_ours or ("industry" in named and is_wanted):
            return False
        refusal = next((i["confidence"] for i in ranking if i["name"] == _OUT_OF_SCOPE), 0.0)
        return bool(guess["confidence"] <= self._config["near"] * refusal)

    def _is_strange(self, message: Message, guess: dict[str, Any]) -> bool:
        if guess["name"] not in self._config["intents"]:
            return False
        if guess["confidence"] >= self._config["sure"]:
            return False
        if any(entity["entity"] not in _WHEN for entity in message.get(ENTITIES) or []):
            return False
        return any(self._is_new(word) for word in _words(message.get(_TOKENS) or []))

    def _is_new(self, word: str) -> bool:
        """Tell whether a word of the language never stood in an example of the field."""
        jieba.dt.check_initialized()
        is_word = word.isascii() or bool(jieba.get_FREQ(word))
        return is_word and not any(part in self._words for part in _parts(word))


def _refuse(message: Message, ranking: list[dict[str, Any]], confidence: float) -> None:
    """Put `out_of_scope` in front of the guess."""
    others = [i for i in ranking if i["name"] != _OUT_OF_SCOPE]
    first = {"name": _OUT_OF_SCOPE, "confidence": confidence}
    message.set(INTENT, first, add_to_output=True)
    message.set(_RANKING, [first, *_silenced(others)], add_to_output=True)


def _parts(word: str) -> Iterable[str]:
    """Yield a word and the shorter words that it may be put together of: 执照 in 执照正本."""
    if word.isascii():
        return (word,)
    ends = range(_SHORTEST_WORD, len(word) + 1)
    return (word[start:end] for end in ends for start in range(end - _SHORTEST_WORD + 1))


def _silenced(ranking: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**guess, "confidence": 0.0} for guess in ranking]


def _words(tokens: Iterable[Token]) -> Iterable[str]:
    """Yield the words of a message that can tell its field: two letters or signs and more."""
    for token in tokens:
        if len(token.text) >= _SHORTEST_WORD and token.text.isalpha():
            yield token.text
