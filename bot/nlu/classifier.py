"""Classify intents by a linear model over n-grams, with confidences that mean what they say."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import LinearSVC

from bot.meaning import Meanings, fingerprint
from bot.nlu.calibration import fit_sharpness, softmax
from bot.nlu.concepts import Concepts, read_concepts
from bot.nlu.ngrams import Vocabulary, count_ngrams, learn_vocabulary
from bot.nlu.text import normalise
from bot.nlu.tokenizer import REPAIRED, spans_of
from bot.sentence_layers import Floats

_TOKENS = "text_tokens"
_RANKING = "intent_ranking"
_WEIGHTS_FILE = "weights.npz"
_NAMES_FILE = "names.json"
_CALIBRATION_SHARE = 0.2
"""Share of the examples that a first fit does not see, to learn how sure its scores may be."""

_CALIBRATION_NUMBERS = 128
"""So many numbers of meaning are enough for the first fit: its one result is the same within 1 %.

They are nine in ten columns of a row otherwise, and with them half of the time of a training.
"""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    """Linear support vectors on characters, entity signs, concepts, syllables and meaning.

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
        self._concepts = Concepts({})
        folder = config["meaning_folder"]
        self._meanings = Meanings(Path(folder)) if folder else None
        self._meaning_weights = np.zeros((0, 0), dtype=np.float32)  # (n_numbers, n_intents)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults."""
        return {
            # inverse strength of regularisation
            "inverse_regularisation": 0.5,
            # n-grams in fewer training messages are not learnt
            "min_messages": 2,
            # file of concepts, one a line
            "concepts_path": None,
            # views of the message that count (see `bot.nlu.ngrams`); fewer only to compare
            "views": ["c", "e", "k", "p"],
            # where the sentence encoder keeps its weights unpacked; None leaves meaning out
            "meaning_folder": None,
            # weight of this classifier, 0..1, in the mean with the one before it
            "blend": 1.0,
            "random_seed": 7,
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
        if self._config["concepts_path"]:
            self._concepts = read_concepts(Path(self._config["concepts_path"]))
        counted = [self._counts(example) for example in examples]
        self._vocabulary = learn_vocabulary(counted, self._config["min_messages"])
        rows = rough = self._vocabulary.matrix(counted)
        if self._meanings:
            meanings = self._meanings.of(list(map(_said, examples)))
            rough = sp.hstack([rows, _main_numbers(meanings)], format="csr")
            rows = sp.hstack([rows, meanings], format="csr")
        labels = np.asarray([example.get(INTENT) for example in examples])
        sharpness = self._sharpness(rough, labels)
        model = self._untrained().fit(rows, labels)
        self._intents = [str(name) for name in model.classes_]
        weights = np.ascontiguousarray(sharpness * model.coef_.T, dtype=np.float32)
        n_grams = len(self._vocabulary.rarity)
        # half the memory of float32; the sums are made in float32
        self._weights = weights[:n_grams].astype(np.float16)
        self._meaning_weights = weights[n_grams:]
        self._bias = (sharpness * model.intercept_).astype(np.float32)
        self._persist()
        return self._resource

    def _untrained(self) -> LinearSVC:
        return LinearSVC(
            C=self._config["inverse_regularisation"], random_state=self._config["random_seed"]
        )

    def _sharpness(self, rows: sp.csr_matrix, labels: np.ndarray) -> float:
        """Return how sure scores may be, by a fit that does not see some of the examples."""
        split = StratifiedShuffleSplit(
            1, test_size=_CALIBRATION_SHARE, random_state=self._config["random_seed"]
        )
        seen, unseen = next(split.split(rows, labels))
        model = self._untrained().fit(rows[seen], labels[seen])
        answers = np.searchsorted(model.classes_, labels[unseen])
        return fit_sharpness(model.decision_function(rows[unseen]), answers)

    def _counts(self, message: Message) -> dict[str, Any]:
        spans = spans_of(message.get(_TOKENS) or [])
        counted = count_ngrams(_text(message), spans, self._concepts)
        return {view: counted[view] for view in self._config["views"]}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a digest of concepts and encoder: when one changes, it must train again."""
        digest = hashlib.sha256()
        if path := config.get("concepts_path"):
            digest.update(Path(path).read_bytes())
        if config.get("meaning_folder"):
            digest.update(fingerprint().encode())
        return digest.hexdigest()

    def _persist(self) -> None:
        names = {
            "intents": self._intents,
            "grams": list(self._vocabulary.column_by_gram),
            "concepts": dict(self._concepts.concept_by_wording),
        }
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _NAMES_FILE).write_text(
                json.dumps(names, ensure_ascii=False), encoding="utf-8"
            )
            np.savez_compressed(
                folder / _WEIGHTS_FILE,
                weights=self._weights,
                meaning_weights=self._meaning_weights,
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
                component._meaning_weights = arrays["meaning_weights"]  # noqa: SLF001
                component._bias = arrays["bias"]  # noqa: SLF001
                rarity = arrays["rarity"]
        component._intents = names["intents"]  # noqa: SLF001
        component._concepts = Concepts(names["concepts"])  # noqa: SLF001
        columns = {gram: column for column, gram in enumerate(names["grams"])}
        component._vocabulary = Vocabulary(columns, rarity)  # noqa: SLF001
        return component

    def probabilities(self, message: Message, meaning: Floats | None = None) -> np.ndarray:
        """Return the probability of each intent, (n_intents,), sum 1.

        A message without a letter, sign or digit says nothing: all intents are equally likely.

        Args:
            message: With its tokens.
            meaning: Of what it says, (n_numbers,); None where meaning is left out.
        """
        if not any(map(str.isalnum, message.get(TEXT) or "")):
            return np.full(len(self._intents), 1 / len(self._intents))
        columns, weights = self._vocabulary.vector(self._counts(message))
        scores = self._bias + weights @ self._weights[columns].astype(np.float32)
        if meaning is not None:
            scores = scores + meaning @ self._meaning_weights
        return softmax(scores)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message, an empty one too: the fallback reads them."""
        # a message and its clauses are encoded together: the weights are read once
        meanings = self._meanings.of(list(map(_said, messages))) if self._meanings else None
        for at, message in enumerate(messages):
            meaning = None if meanings is None else meanings[at]
            own = zip(self._intents, map(float, self.probabilities(message, meaning)), strict=True)
            share = self._config["blend"]
            before = {i["name"]: i["confidence"] for i in message.get(_RANKING) or []}
            scores = {name: share * p + (1 - share) * before.get(name, 0.0) for name, p in own}
            ranking = [
                {"name": name, "confidence": score}
                for name, score in sorted(scores.items(), key=lambda item: -item[1])
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(_RANKING, ranking[:10], add_to_output=True)
        return messages


def _main_numbers(meanings: Floats) -> Floats:
    """Return the meanings along the directions in which they differ most, fewer numbers each."""
    _, directions = np.linalg.eigh(meanings.T @ meanings)  # the least first
    return np.asarray(meanings @ directions[:, -_CALIBRATION_NUMBERS:], dtype=np.float32)


def _text(message: Message) -> str:
    """Return the text of a message, its names repaired."""
    return str(message.get(REPAIRED) or message.get(TEXT) or "")


def _said(message: Message) -> str:
    """Return what is encoded of a message."""
    return normalise(_text(message))
