"""Classify intents by a linear model over n-grams, alone or beside another classifier."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from bot.nlu.ngrams import Vocabulary, count_ngrams, learn_vocabulary
from bot.nlu.tokenizer import spans_of

_TOKENS = "text_tokens"
_RANKING = "intent_ranking"
_WEIGHTS_FILE = "weights.npz"
_NAMES_FILE = "names.json"


def _counts(message: Message) -> dict[str, Any]:
    return dict(count_ngrams(message.get(TEXT), spans_of(message.get(_TOKENS) or [])))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    """Multinomial logistic regression on characters, entity signs and syllables.

    With `blend` below 1 the probabilities are averaged with those of the classifier before it.
    """

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._intents: list[str] = []
        self._vocabulary = Vocabulary({}, np.zeros(0, dtype=np.float32))
        self._weights = np.zeros((0, 0), dtype=np.float32)  # (n_columns, n_intents)
        self._bias = np.zeros(0, dtype=np.float32)  # (n_intents,)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults."""
        return {
            # inverse strength of regularisation
            "inverse_regularisation": 10.0,
            "max_iterations": 60,
            # n-grams in fewer training messages are not learnt
            "min_messages": 2,
            # share of this classifier in the mean with the one before it
            "blend": 1.0,
        }

    @classmethod
    def required_components(cls) -> list[type]:
        """Return the components that must stand before this one."""
        return [Tokenizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 (Rasa's signature)
    ) -> NgramIntentClassifier:
        """Build an untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have a text and an intent; store the result."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        counted = [_counts(example) for example in examples]
        self._vocabulary = learn_vocabulary(counted, self._config["min_messages"])
        model = LogisticRegression(
            C=self._config["inverse_regularisation"], max_iter=self._config["max_iterations"]
        )
        model.fit(self._vocabulary.matrix(counted), [example.get(INTENT) for example in examples])
        self._intents = [str(name) for name in model.classes_]
        self._weights = np.ascontiguousarray(model.coef_.T, dtype=np.float32)
        self._bias = model.intercept_.astype(np.float32)
        self._persist()
        return self._resource

    def _persist(self) -> None:
        names = {"intents": self._intents, "grams": list(self._vocabulary.column_by_gram)}
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _NAMES_FILE).write_text(
                json.dumps(names, ensure_ascii=False), encoding="utf-8"
            )
            np.savez_compressed(
                folder / _WEIGHTS_FILE,
                weights=self._weights,
                bias=self._bias,
                rarity=self._vocabulary.rarity,
            )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> NgramIntentClassifier:
        """Build the classifier from a trained model."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            names = json.loads((folder / _NAMES_FILE).read_text(encoding="utf-8"))
            with np.load(folder / _WEIGHTS_FILE) as arrays:
                component._weights = arrays["weights"]  # noqa: SLF001 (its own class)
                component._bias = arrays["bias"]  # noqa: SLF001
                rarity = arrays["rarity"]
        component._intents = names["intents"]  # noqa: SLF001
        columns = {gram: column for column, gram in enumerate(names["grams"])}
        component._vocabulary = Vocabulary(columns, rarity)  # noqa: SLF001
        return component

    def probabilities(self, message: Message) -> np.ndarray:
        """Return the probability of each intent, (n_intents,) float32, sum 1."""
        columns, weights = self._vocabulary.vector(_counts(message))
        scores = self._bias + weights @ self._weights[columns]
        exponents = np.exp(scores - scores.max())
        return np.asarray(exponents / exponents.sum(), dtype=np.float32)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message that has a text."""
        for message in messages:
            if not message.get(TEXT):
                continue
            scores = dict(zip(self._intents, map(float, self.probabilities(message)), strict=True))
            share = self._config["blend"]
            if share < 1:
                before = {i["name"]: i["confidence"] for i in message.get(_RANKING, [])}
                scores = {
                    name: share * score + (1 - share) * before.get(name, 0.0)
                    for name, score in scores.items()
                }
            ranking = [
                {"name": name, "confidence": score}
                for name, score in sorted(scores.items(), key=lambda item: -item[1])
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(_RANKING, ranking[:10], add_to_output=True)
        return messages
