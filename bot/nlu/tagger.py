"""Tag the signs of a message that belong to an entity, by their neighbours and the known names.

A conditional random field over single signs. What the lexicon and the fixed forms know comes in as
features, and so does what the message is about, so the context decides whether a name means what
it usually means (a 车间 on fire is no project) and where a name that no list holds ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pycrfsuite
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.lexicon import BROAD
from bot.nlu.spans import Span
from bot.nlu.substitution import Row, Substitution, read_pools
from bot.nlu.text import normalise
from bot.nlu.tokenizer import spans_of

_TOKENS = "text_tokens"
_FILE = "tagger.crfsuite"
_OUTSIDE, _BEGIN, _INSIDE = "O", "B-", "I-"
_LEFT_EDGE, _RIGHT_EDGE = "^", "$"
_NEAR = (-2, -1, 1, 2)
_RUNS = {"t-2": (-2, 1), "b-1": (-1, 1), "b-2": (-2, 0), "b0": (0, 2), "b1": (1, 3), "t0": (0, 3)}
"""Runs of signs around the one in hand, as offsets of first and last + 1."""


def features(
    text: str, words: list[tuple[int, int]], known: list[Span], intent: str = ""
) -> list[dict[str, str]]:
    """Return the features of each sign of a message.

    Args:
        text: The message as written.
        words: Start and end of each word.
        known: Entities of lexicon and fixed forms, not overlapping.
        intent: What the message is about; empty when that is not known.
    """
    folded = normalise(text)
    names = _marks(len(folded), [(s.start, s.end) for s in known], [s.entity for s in known])
    parts = _marks(len(folded), words, ["w"] * len(words))
    framed = _LEFT_EDGE * 2 + folded + _RIGHT_EDGE * 2
    found = []
    for at in range(len(folded)):
        sign = {"c": folded[at], "n": names[at], "w": parts[at], "nw": names[at] + parts[at]}
        sign |= {"i": intent, "in": intent + names[at]}
        for step in _NEAR:
            sign[f"c{step}"] = framed[at + 2 + step]
            inside = 0 <= at + step < len(folded)
            sign[f"n{step}"] = names[at + step] if inside else _RIGHT_EDGE
        for name, (first, last) in _RUNS.items():
            sign[name] = framed[at + 2 + first : at + 2 + last]
        found.append(sign)
    return found


def _marks(length: int, places: list[tuple[int, int]], names: list[str]) -> list[str]:
    """Return for each sign whether it begins, ends or lies inside a place."""
    marks = [_OUTSIDE] * length
    for (start, end), name in zip(places, names, strict=True):
        for at in range(start, min(end, length)):
            side = _BEGIN if at == start else "E-" if at == end - 1 else _INSIDE
            marks[at] = side + name
    return marks


def labels(length: int, spans: list[Span]) -> list[str]:
    """Return the label of each sign: begins, lies inside, or lies outside of an entity."""
    found = [_OUTSIDE] * length
    for span in spans:
        for at in range(span.start, span.end):
            found[at] = (_BEGIN if at == span.start else _INSIDE) + span.entity
    return found


def spans_of_labels(said: list[str]) -> list[Span]:
    """Return the entities that labels stand for, in order, not overlapping."""
    found: list[Span] = []
    for at, label in enumerate(said):
        if label == _OUTSIDE:
            continue
        entity, last = label[2:], found[-1] if found else None
        if last and label.startswith(_INSIDE) and last.end == at and last.entity == entity:
            found[-1] = Span(last.start, at + 1, entity)
        else:
            found.append(Span(at, at + 1, entity))
    return found


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SignTagger(GraphComponent, EntityExtractorMixin):
    """Finds entities sign by sign; a later component settles them with the fixed forms."""

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._content = b""  # the tagger reads it in place: it must live as long
        self._tagger: pycrfsuite.Tagger | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults."""
        return {
            # passes over the training data; passive aggressive updates, so no rate to tune
            "passes": 15,
            # folder with names to put into the examples; nothing is put in without
            "lexicon_path": None,
            # how often an example is repeated with other names
            "copies": 2,
            # share of them in which the new name is none that the lexicon knows, 0..1
            "hidden_share": 0.8,
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
    ) -> SignTagger:
        """Build an untrained tagger, which finds nothing."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples with a text; store the result."""
        trainer = pycrfsuite.Trainer(algorithm="pa", verbose=False)
        trainer.set("max_iterations", self._config["passes"])
        for row, intent in self._rows(training_data):
            found = features(row.text, row.words, row.known, intent)
            trainer.append(found, labels(len(row.text), row.marked))
        with TemporaryDirectory() as folder:
            path = Path(folder) / _FILE
            trainer.train(str(path))
            content = path.read_bytes()
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_bytes(content)
        self._open(content)
        return self._resource

    def _rows(self, training_data: TrainingData) -> Iterator[tuple[Row, str]]:
        """Yield every example with a text and its intent, followed by its repetitions."""
        examples = [
            (_row(example), example.get(INTENT) or "")
            for example in training_data.nlu_examples
            if example.get(TEXT)
        ]
        path = self._config["lexicon_path"]
        pools = read_pools(Path(path), [row for row, _ in examples]) if path else {}
        others = Substitution(pools, self._config["copies"], self._config["hidden_share"])
        for row, intent in examples:
            yield row, intent
            for other in others.repeated(row):
                yield other, intent

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a digest of the names to put in: other names mean training again."""
        folder = config.get("lexicon_path")
        if not folder:
            return None
        digest = hashlib.sha256()
        for path in sorted((Path(folder) / BROAD).iterdir()):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _open(self, content: bytes) -> None:
        self._content = content
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._content)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> SignTagger:
        """Build the tagger from a trained model."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component._open((folder / _FILE).read_bytes())  # noqa: SLF001 (its own class)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the entities of each message as far as its signs tell."""
        for message in messages:
            text = message.get(TEXT)
            if not text or self._tagger is None:
                continue
            found = [
                {
                    "entity": span.entity,
                    "start": span.start,
                    "end": span.end,
                    "value": text[span.start : span.end],
                    "extractor": type(self).__name__,
                }
                for span in spans_of_labels(self._tagger.tag(_features_of(message)))
            ]
            message.set(ENTITIES, found, add_to_output=True)
        return messages


def _features_of(message: Message) -> list[dict[str, str]]:
    row = _row(message)
    return features(row.text, row.words, row.known, (message.get(INTENT) or {}).get("name") or "")


def _row(message: Message) -> Row:
    tokens: list[Token] = message.get(_TOKENS) or []
    marked = [Span(e["start"], e["end"], e["entity"]) for e in message.get(ENTITIES, [])]
    words = [(token.start, token.end) for token in tokens]
    return Row(message.get(TEXT), words, spans_of(tokens), marked)
