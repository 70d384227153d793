"""What the linear model of matters learns from, and where a trained one is kept."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.services.finding import linear_ranker
from bot.services.finding.kept_ranker import kept_ranker
from bot.services.finding.linear_ranker import VIEW_WEIGHTS, Example, LinearRanker
from bot.services.finding.matter_features import LONGEST, FeatureReader
from bot.services.words.matter import MatterWords

PENALTY = 0.6
WEIGHTS = {"situation": 1.0, "name": 1.0, "plain": 1.0, "question": 0.5, "cue": 0.6, "none": 1.0}
"""How much an example counts by its kind; measured, see docs/nlu.md."""

CUES_TOGETHER = 2
"""Cues of one matter that make one example; more would train faster, and find less."""

_FORMAT = 1
"""Raise it when the meaning of a stored model changes."""


@dataclass(frozen=True)
class Lesson:
    """What one example is made of.

    Attributes:
        kind: A key of `WEIGHTS`.
        texts: As people or the catalogue say it; several short ones may make one example.
        matter_ids: What it points to; none when it points to nothing.
    """

    kind: str
    texts: tuple[str, ...]
    matter_ids: tuple[str, ...]


def lessons(catalogue: Catalogue, words: MatterWords) -> Iterator[Lesson]:
    """Yield every text that the model learns from, in a fixed order."""
    for matter_id, situations in words.situations.items():
        yield from (Lesson("situation", (text,), (matter_id,)) for text in situations)
    for matter in catalogue.matters.values():
        own = (matter.id,)
        yield from (Lesson("name", (name,), own) for name in (matter.name, *matter.aliases))
        yield from (Lesson("question", (faq.question,), own) for faq in matter.faqs)
        plain = words.plain.get(matter.id)
        if plain is not None:
            yield from (Lesson("plain", (text,), own) for text in (plain.label, plain.purpose))
    yield from _cues(words)
    yield from (Lesson("none", (text,), ()) for text in words.off_topic)


def _cues(words: MatterWords) -> Iterator[Lesson]:
    """Yield the cues: those of one matter two by two, shared ones by themselves."""
    owners: dict[str, tuple[str, ...]] = {}
    for matter_id, cues in words.cues.items():
        for cue in dict.fromkeys(cues):
            owners[cue] = (*owners.get(cue, ()), matter_id)
    for matter_id, cues in words.cues.items():
        own = [cue for cue in dict.fromkeys(cues) if len(owners[cue]) == 1]
        for at in range(0, len(own), CUES_TOGETHER):
            yield Lesson("cue", tuple(own[at : at + CUES_TOGETHER]), (matter_id,))
    yield from (Lesson("cue", (cue,), ids) for cue, ids in owners.items() if len(ids) > 1)


def train_model(
    taught: list[Lesson], reader: FeatureReader, matter_ids: tuple[str, ...]
) -> LinearRanker:
    """Train on lessons; class i of the model is `matter_ids[i]`."""
    number = {matter_id: at for at, matter_id in enumerate(matter_ids)}
    examples = [
        Example(
            reader.read_together(lesson.texts),
            tuple(number[matter_id] for matter_id in lesson.matter_ids),
            WEIGHTS[lesson.kind],
        )
        for lesson in taught
    ]
    return linear_ranker.train(examples, len(matter_ids), PENALTY)


def cached_model(
    catalogue: Catalogue, words: MatterWords, reader: FeatureReader, folder: Path | None
) -> LinearRanker:
    """Return the model that fits the data: the stored one, or a new one that is then stored.

    Args:
        catalogue: The matters.
        words: Their wording.
        reader: Of the features.
        folder: Where models are kept; None keeps none.
    """
    taught = list(lessons(catalogue, words))
    matter_ids = tuple(catalogue.matters)
    fingerprint = _fingerprint(taught, words, matter_ids)
    return kept_ranker(
        folder, "matters", fingerprint, lambda: train_model(taught, reader, matter_ids)
    )


def _fingerprint(taught: list[Lesson], words: MatterWords, matter_ids: tuple[str, ...]) -> str:
    ideas = sorted((name, tuple(said)) for name, said in words.ideas.items())
    settings = (_FORMAT, PENALTY, WEIGHTS, VIEW_WEIGHTS, LONGEST, matter_ids, ideas)
    digest = hashlib.sha256(repr(settings).encode())
    for lesson in taught:
        digest.update(f"{lesson.kind}\0{lesson.texts}\0{lesson.matter_ids}\n".encode())
    return digest.hexdigest()[:16]
