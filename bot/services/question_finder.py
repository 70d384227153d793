"""Finds the question of the catalogue that somebody asks in words of their own.

It learns from the questions, from `data/matters/questions` (other wordings of each), and from
sentences that ask none of them: plain questions, situations and what is off topic.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services import linear_ranker
from bot.services.kept_ranker import kept_ranker
from bot.services.linear_ranker import VIEW_WEIGHTS, Example, Floats, LinearRanker
from bot.services.matter_features import LONGEST, FeatureReader
from bot.services.matter_words import MatterWords
from bot.services.wording import normalise

PENALTY = 0.6

NEAR_SCORE = 0.05
"""How well a question must fit to be meant; measured, see docs/nlu.md."""

OWN_WEIGHT = 0.5
"""What the model of one matter adds where its questions are told from each other; measured."""

CLOSE = 0.08
"""Two questions of a matter that fit this nearly as well are both answered; measured."""

REMEMBERED = 64
"""Texts whose scores are kept; within a turn the same ones are asked about again."""

EVERY = 3
"""One in so many situations is learnt as asking none of the questions; more only cost time."""

_FORMAT = 1
"""Raise it when the meaning of a stored model changes."""


@dataclass(frozen=True)
class Asked:
    """A question of the catalogue that was asked.

    Attributes:
        matter: Whose question it is.
        faq: The question with its answer.
        score: How well it fits; about 1 for a sure one, near 0 for a stranger.
        close: Another question of the matter that fits nearly as well; None for none.
    """

    matter: Matter
    faq: Faq
    score: float
    close: Faq | None = None


class QuestionFinder:
    """Knows which question of a matter a text asks; the model is read at first use.

    Args:
        catalogue: The matters with their questions.
        words: Wordings and ideas.
        cache: Folder that keeps the trained model between starts; None trains at each.
    """

    def __init__(self, catalogue: Catalogue, words: MatterWords, cache: Path | None = None) -> None:
        self._catalogue = catalogue
        self._words = words
        self._cache = cache
        self._asked = tuple((m, faq) for m in catalogue.matters.values() for faq in m.faqs)
        self._places: dict[str, list[int]] = {}
        for at, (matter, _) in enumerate(self._asked):
            self._places.setdefault(matter.id, []).append(at)
        self._reader = FeatureReader(words.ideas)
        self._scored = lru_cache(REMEMBERED)(self._scores)  # a turn asks of one text several times
        self._own = lru_cache(maxsize=None)(self._learn_own)

    def among(
        self, text: str, matters: Iterable[Matter], least: float = NEAR_SCORE
    ) -> Asked | None:
        """Return the question of these matters that a text asks, None for none.

        Args:
            text: What is said.
            matters: Those that may be meant.
            least: How well it must fit, 0 to about 1.

        Cost: O(features x questions).
        """
        places = [at for matter in matters for at in self._places.get(matter.id, ())]
        if not places or not normalise(text):
            return None
        scores = self._scored(text)
        best = max(places, key=lambda at: float(scores[at]))
        score = float(scores[best])
        return self._chosen(text, self._asked[best][0], scores, score) if score >= least else None

    def _chosen(self, text: str, matter: Matter, scores: Floats, score: float) -> Asked:
        """Return which question of one matter is meant, by what tells just these from each other.

        What all questions of a matter share ("搬家") weighs little among them.
        """
        places = self._places[matter.id]
        if len(places) == 1:
            return Asked(matter, matter.faqs[0], score)
        own = self._own(matter.id).scores(self._reader.read(text))
        fit = scores[places] + OWN_WEIGHT * own
        first, second = (int(at) for at in np.argsort(-fit)[:2])
        is_close = float(fit[first] - fit[second]) < CLOSE
        return Asked(matter, matter.faqs[first], score, matter.faqs[second] if is_close else None)

    def _scores(self, text: str) -> Floats:
        return self._model.scores(self._reader.read(text))

    def _learn_own(self, matter_id: str) -> LinearRanker:
        """Learn to tell the questions of one matter from each other; a moment at first use."""
        places = self._places[matter_id]
        lessons = [
            Example(self._reader.read(text), (number,))
            for number, at in enumerate(places)
            for text in self._wordings(at)
        ]
        return linear_ranker.train_few(lessons, len(places), PENALTY)

    def _wordings(self, at: int) -> Iterator[str]:
        matter, faq = self._asked[at]
        yield faq.question
        yield from self._words.questions.get(matter.id, {}).get(faq.question, ())

    def prepare(self) -> None:
        """Read or train the model now, so that the first question need not wait."""
        _ = self._model

    @cached_property
    def _model(self) -> LinearRanker:
        taught = list(self._lessons())
        digest = hashlib.sha256(repr((_FORMAT, PENALTY, VIEW_WEIGHTS, LONGEST)).encode())
        digest.update(repr(sorted((k, tuple(v)) for k, v in self._words.ideas.items())).encode())
        for text, labels in taught:
            digest.update(f"{text}\0{labels}\n".encode())
        return kept_ranker(
            self._cache, "questions", digest.hexdigest()[:16], lambda: self._trained(taught)
        )

    def _trained(self, taught: list[tuple[str, tuple[int, ...]]]) -> LinearRanker:
        examples = [Example(self._reader.read(text), labels) for text, labels in taught]
        return linear_ranker.train(examples, len(self._asked), PENALTY)

    def _lessons(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield every text that is learnt from with the questions that it asks, in fixed order."""
        for at in range(len(self._asked)):
            yield from ((text, (at,)) for text in self._wordings(at))
        yield from ((text, ()) for text in self._words.off_topic)
        yield from ((text, ()) for text in self._plain_questions())
        for situations in self._words.situations.values():
            yield from ((text, ()) for text in situations[::EVERY])

    def _plain_questions(self) -> Iterator[str]:
        """Yield the plain questions by themselves, and about each matter one of every topic."""
        topics = tuple(self._words.plain_questions.values())
        for said in topics:
            yield from said
        for at, matter in enumerate(self._catalogue.matters.values()):
            names = (matter.name, *matter.aliases)
            for turn, said in enumerate(topics):
                yield names[(at + turn) % len(names)] + said[at % len(said)]
