"""Finds the question about the procedure that a text asks: 能让我儿子替我去不, 缺啥不能一次说清吗.

Its answer is the same for all matters of a legal kind (`data/catalogue/shared_questions.yml`). One
small model learns from the wordings in `data/matters/shared_questions.yml`, against the questions
that single matters have of their own, plain ones, and what is off topic.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.meaning import Meanings, fingerprint
from bot.services import linear_ranker
from bot.services.kept_rankers import kept_rankers
from bot.services.linear_ranker import MEANING_WEIGHT, VIEW_WEIGHTS, Example, LinearRanker
from bot.services.matter_features import LONGEST, FeatureReader
from bot.services.matter_words import MatterWords

PENALTY = 1.0

EVERY_OWN, EVERY_OTHER = 9, 6
"""One in so many questions of single matters, and of texts off topic, is learnt from."""

REMEMBERED = 256

_FORMAT = 1
"""Raise it when the meaning of a stored model changes."""

_KEY = "shared"


@dataclass(frozen=True)
class SharedAsked:
    """A question about the procedure that was asked.

    Attributes:
        faq: The question with the answer for the matter.
        score: How well it fits; about 1 for a sure one, near 0 for a stranger.
    """

    faq: Faq
    score: float


class SharedQuestionFinder:
    """Knows which shared question a text asks; the model is read at first use.

    Args:
        catalogue: The questions.
        words: Their wordings.
        cache: Folder that keeps the trained model between starts; None trains it at first use.
    """

    def __init__(self, catalogue: Catalogue, words: MatterWords, cache: Path | None = None) -> None:
        self._catalogue = catalogue
        self._questions = tuple(dict.fromkeys(q.faq.question for q in catalogue.shared_questions))
        self._words = words
        self._cache = cache
        self._reader = FeatureReader(words.ideas)
        self._meanings = Meanings(cache)
        self._best = lru_cache(REMEMBERED)(self._rank)

    def asked(self, text: str, matter: Matter | None) -> SharedAsked | None:
        """Return the question that fits best with its answer for a matter, however badly it fits.

        Args:
            text: What is said.
            matter: What is talked about; None where nothing is, which gives the first answer.

        Returns:
            None where the catalogue has no answer for such a matter.
        """
        if not text or not self._questions:
            return None
        at, score = self._best(text)
        fitting = (
            one.faq
            for one in self._catalogue.shared_questions
            if one.faq.question == self._questions[at] and (not matter or one.holds_for(matter))
        )
        faq = next(fitting, None)
        return None if faq is None else SharedAsked(faq, score)

    def prepare(self) -> None:
        """Read or train the model now, so that the first question need not wait."""
        _ = self._model

    def _rank(self, text: str) -> tuple[int, float]:
        scores = self._model.scores(self._reader.read(text), self._meanings.of([text])[0])
        best = int(scores.argmax())
        return best, float(scores[best])

    @cached_property
    def _model(self) -> LinearRanker:
        settings = (_FORMAT, PENALTY, VIEW_WEIGHTS, MEANING_WEIGHT, LONGEST, fingerprint())
        ideas = sorted((name, tuple(words)) for name, words in self._words.ideas.items())
        learnt = repr((*settings, ideas, list(self._lessons())))
        digest = hashlib.sha256(learnt.encode()).hexdigest()[:16]
        return kept_rankers(self._cache, _KEY, digest, lambda: {_KEY: self._trained()})[_KEY]

    def _trained(self) -> LinearRanker:
        """Learn all wordings; about a second."""
        lessons = list(self._lessons())
        meanings = self._meanings.of([text for text, _ in lessons])
        examples = [
            Example(self._reader.read(text), labels, meaning=meaning)
            for (text, labels), meaning in zip(lessons, meanings, strict=True)
        ]
        return linear_ranker.train_few(examples, len(self._questions), PENALTY)

    def _lessons(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield what is learnt, each with the question that it asks, if any."""
        for at, question in enumerate(self._questions):
            worded = self._words.shared_questions.get(question, ())
            yield from ((text, (at,)) for text in (question, *worded))
        yield from ((text, ()) for text in self._strangers())

    def _strangers(self) -> Sequence[str]:
        """Return what asks no shared question."""
        own = [
            text
            for asked in self._words.questions.values()
            for said in asked.values()
            for text in said
        ]
        plain = [text for said in self._words.plain_questions.values() for text in said]
        return (*own[::EVERY_OWN], *plain, *self._words.off_topic[::EVERY_OTHER])
