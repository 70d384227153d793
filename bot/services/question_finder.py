"""Finds the question of the catalogue that somebody asks in words of their own.

It learns from the questions, from `data/matters/questions` (other wordings of each), and from
sentences that ask none of them: plain questions, situations and what is off topic.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

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

NEAR_SCORE = 0.1
"""How well a question must fit to be meant; measured, see docs/nlu.md."""

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
    """

    matter: Matter
    faq: Faq
    score: float


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
        found = Asked(*self._asked[best], float(scores[best]))
        return found if found.score >= least else None

    def _scores(self, text: str) -> Floats:
        return self._model.scores(self._reader.read(text))

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
        for at, (matter, faq) in enumerate(self._asked):
            said = self._words.questions.get(matter.id, {}).get(faq.question, ())
            yield from ((text, (at,)) for text in (faq.question, *said))
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
