"""How much better another question of all that can be answered fits a text.

The small model of a matter knows no other matter's questions, so that a text that asks one of
these may fit it by a common word. One model of all questions tells them apart: those of matters,
those that may be asked of any matter or of our services, and those of policies.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.meaning import Meanings, fingerprint
from bot.services.finding.kept_rankers import kept_rankers
from bot.services.finding.linear_ranker import VIEW_WEIGHTS, Floats, LinearRanker
from bot.services.finding.matter_features import LONGEST, FeatureReader
from bot.services.finding.ranker_of_many import MEANING, RARE, ROUNDS, train_many
from bot.services.finding.small_model import Taught, examples_of
from bot.services.words.matter import MatterWords

PENALTY = 2.0

REMEMBERED = 256
"""Texts whose scores are kept; a turn asks of a text for several matters."""

NOTHING = "none"
"""Key of the sentences that ask nothing of those they stand with."""

_KIND = "all-questions"

_FORMAT = 1
"""Raise it when the meaning of a stored model changes."""


class AllQuestions:
    """Tells how far a question is behind the best of all; the model is read at first use.

    Args:
        catalogue: The matters with their questions.
        words: Wordings, and what asks nothing.
        of_policies: How policies are asked for, by their ids.
        strange: Texts that ask none of them.
        meanings: Of texts.
        cache: Folder that keeps the trained model between starts; None trains it at first use.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        words: MatterWords,
        of_policies: Mapping[str, Sequence[str]],
        strange: Sequence[str],
        *,
        meanings: Meanings,
        cache: Path | None,
    ) -> None:
        self._catalogue = catalogue
        self._words = words
        self._of_policies = of_policies
        self._strange = strange
        self._meanings = meanings
        self._cache = cache
        self._reader = FeatureReader(words.ideas)
        self._scores = lru_cache(REMEMBERED)(self._score)

    def behind(self, text: str, matter_id: str) -> Floats:
        """Return how far each question of a matter is behind the best of all, (n_faqs,), >= 0.

        Cost: O(features x questions) for a new text.
        """
        scores = self._scores(text)
        first, end = self._places[matter_id]
        behind: Floats = scores.max() - scores[first:end]
        return behind

    def best(self, text: str) -> tuple[str, int] | None:
        """Return the matter whose question fits best of all, and which of its questions it is.

        None where a question of all matters, of our services or of a policy fits better.
        """
        at = int(self._scores(text).argmax())
        owners = ((name, at - first) for name, (first, end) in self._places.items() if at < end)
        return next(owners, None)

    def prepare(self) -> None:
        """Read or train the model now, so that the first question need not wait."""
        _ = self._model

    def _score(self, text: str) -> Floats:
        return self._model.scores(self._reader.read(text), self._meanings.of([text])[0])

    @cached_property
    def _places(self) -> Mapping[str, tuple[int, int]]:
        """Return where the questions of each matter begin and end among all."""
        found, at = {}, 0
        for matter in self._catalogue.matters.values():
            found[matter.id] = (at, at + len(matter.faqs))
            at += len(matter.faqs)
        return found

    @cached_property
    def _model(self) -> LinearRanker:
        lessons = list(self._lessons())
        settings = (_FORMAT, PENALTY, MEANING, RARE, ROUNDS, VIEW_WEIGHTS, LONGEST, fingerprint())
        ideas = sorted((name, tuple(said)) for name, said in self._words.ideas.items())
        digest = hashlib.sha256(repr((*settings, ideas)).encode())
        for text, at in lessons:
            digest.update(f"{text}\0{at}\n".encode())
        kept = kept_rankers(
            self._cache, _KIND, digest.hexdigest()[:16], lambda: {_KIND: self._trained(lessons)}
        )
        return kept[_KIND]

    def _trained(self, lessons: Sequence[tuple[str, int | None]]) -> LinearRanker:
        taught = (Taught(text, () if at is None else (at,)) for text, at in lessons)
        examples = examples_of(taught, self._reader, self._meanings)
        return train_many(examples, 1 + max(at for _, at in lessons if at is not None), PENALTY)

    def _lessons(self) -> Iterator[tuple[str, int | None]]:
        """Yield each text with the number of the question that it asks, if any."""
        at = 0
        for matter in self._catalogue.matters.values():
            worded = self._words.questions.get(matter.id, {})
            for faq in matter.faqs:
                yield f"{matter.name}{faq.question}", at
                yield from ((text, at) for text in worded.get(faq.question, ()))
                at += 1
        groups = (self._words.shared_questions, self._words.service_questions, self._of_policies)
        for group in groups:
            for key, said in group.items():
                yield from ((text, None if key == NOTHING else at) for text in said)
                at += 1
        for topics in self._words.beside.values():
            yield from ((text, None) for said in topics.values() for text in said)
        yield from ((text, None) for text in self._strange)
