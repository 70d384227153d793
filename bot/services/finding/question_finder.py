"""Finds the question of the catalogue that somebody asks in words of their own.

Each matter has a small model of its own questions: it learns from the signs and the meaning
(`bot/meaning.py`) of these, of `data/matters/questions` (other wordings of each), and of sentences
that ask none of them: those of `data/matters/beside`, plain questions and what is off topic. What
all questions of a matter share weighs little in it. What it says counts together with how near the
nearest wording lies (`near_wordings.py`): it can be sure of a text that is like none of them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import starmap
from pathlib import Path

import numpy as np

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.meaning import Meanings, fingerprint
from bot.services.finding import linear_ranker
from bot.services.finding.all_questions import AllQuestions
from bot.services.finding.kept_rankers import kept_rankers
from bot.services.finding.linear_ranker import MEANING_WEIGHT, VIEW_WEIGHTS, Example, LinearRanker
from bot.services.finding.matter_faqs import misfits
from bot.services.finding.matter_features import LONGEST, FeatureReader
from bot.services.finding.near_wordings import NearWordings, Wordings
from bot.services.finding.small_model import Taught, examples_of
from bot.services.reading.plain_sentences import PlainSentences
from bot.services.reading.wording import normalise
from bot.services.words.matter import MatterWords
from bot.services.words.trades_named import TradesNamed

PENALTY = 1.67

NEAR_SCORE = 0.24
"""How well a question must fit to be meant; measured, see docs/nlu.md."""

LEARNT, NEAREST, BESIDE, OFFSET = 0.77, 0.73, -0.29, -0.205
"""What the linear model, the nearest wording of a question and the nearest sentence beside all
questions count together. At the same share of questions found a fifth fewer sentences beside them
are taken for one, and a third fewer about something else; measured, see docs/nlu.md."""

BEHIND = 1.1
"""How much it counts against a question that another one of all that can be answered fits better
(`all_questions.py`); measured, see docs/nlu.md."""

CLOSE = 0.08
"""Two questions of a matter that fit this nearly as well are both answered; measured."""

MISFIT = 0.25
"""How much less one fits whose answer says nothing of what is asked: a fine, no time; or that is
about other trades."""

REMEMBERED = 256
"""Texts that are kept read, and scores of a text for a matter; a turn asks of one several times."""

EVERY = 3
"""One in so many sentences that are off topic is learnt from; more only cost time."""

NAMED_EACH = 3
"""Plain questions of each topic that are learnt with the name of the matter before them."""

_LEAD = re.compile(
    "^(?:对了|哎对了?|诶|欸|那啥|顺便问(?:一?下|一?句)?|先?问一?句|上一?个问题接着问哈?)"
    "[，, ]*(?=.{4})"
)
"""Begins a text with what asks nothing."""

_FORMAT = 3
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
    """Knows which question of a matter a text asks; the models are read at first use.

    Args:
        catalogue: The matters with their questions.
        words: Wordings and ideas.
        cache: Folder that keeps the trained models between starts; None trains each at first use.
        of_policies: How policies are asked for, by their ids.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        words: MatterWords,
        cache: Path | None,
        of_policies: Mapping[str, Sequence[str]],
    ) -> None:
        self._matters = {m.id: m for m in catalogue.matters.values() if m.faqs}
        self._words = words
        self._cache = cache
        self._reader = FeatureReader(words.ideas)
        self._meanings = Meanings(cache)
        self._trades = TradesNamed(catalogue)
        self._read = lru_cache(REMEMBERED)(self._reader.read)
        self._own = lru_cache(maxsize=None)(self._model_of)
        self._worded = lru_cache(maxsize=None)(self._wordings_of)
        self._fits = lru_cache(REMEMBERED)(self._fit)
        self._all = AllQuestions(
            catalogue, words, of_policies, self._strange, meanings=self._meanings, cache=cache
        )

    def trades_in(self, text: str) -> list[str]:
        """Return the names of trades that stand in a text, in its order."""
        return self._trades.names_in(text)

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
        known = [matter for matter in matters if matter.id in self._matters]
        said = normalise(text)
        if not known or not said or self._is_plain(said, known):
            return None
        asked = max((self._fits(text, matter.id) for matter in known), key=lambda a: a.score)
        return asked if asked.score >= least else None

    def best_of_all(self, text: str) -> Asked | None:
        """Return the question that fits best of all that can be answered, whatever its score.

        None where a policy, a service or what may be asked of any matter fits better, or where the
        model of its matter prefers another of its questions.
        """
        text = _LEAD.sub("", text)  # 对了 消防检查不做会咋罚
        best = self._all.best(text)
        if best is None:
            return None
        asked = self._fits(text, best[0])
        return asked if asked.faq is asked.matter.faqs[best[1]] else None

    def beside(
        self, text: str, scores: Mapping[str, float], least: float
    ) -> tuple[float, Asked] | None:
        """Return the question that fits best together with its matter, and what both add up to.

        Args:
            text: What is said.
            scores: How well each matter that may be meant fits by itself, by id.
            least: How well the question itself must fit.
        """
        known = (self._matters[name] for name in scores if name in self._matters)
        found = (self.among(text, (matter,), least) for matter in known)
        fitting = [(scores[one.matter.id] + one.score, one) for one in found if one]
        return max(fitting, key=lambda both: both[0], default=None)

    def read_ahead(self, texts: Iterable[str]) -> None:
        """Encode texts that are asked about next together, which takes a third of one by one."""
        self._meanings.of(list(texts))

    def _fit(self, text: str, matter_id: str) -> Asked:
        matter = self._matters[matter_id]
        meaning = self._meanings.of([text])[0]
        near = self._nearness.near(matter_id, meaning)
        scores = LEARNT * self._own(matter_id).scores(self._read(text), meaning) + OFFSET
        scores += NEAREST * near.asking + BESIDE * near.beside
        scores -= BEHIND * self._all.behind(text, matter_id)
        said = normalise(text)
        scores[[at for at, faq in enumerate(matter.faqs) if self._misfits(said, faq)]] -= MISFIT
        worded = self._worded(matter_id).get(said)
        if worded is not None:
            scores[worded] = max(float(scores[worded]), 1.0)
        first, second = [int(at) for at in np.argsort(-scores)[:2]] if len(scores) > 1 else (0, 0)
        is_close = first != second and float(scores[first] - scores[second]) < CLOSE
        close = matter.faqs[second] if is_close else None
        return Asked(matter, matter.faqs[first], float(scores[first]), close)

    def _misfits(self, said: str, faq: Faq) -> bool:
        return misfits(said, faq) or self._trades.is_of_others(said, faq.question)

    def _wordings_of(self, matter_id: str) -> Mapping[str, int]:
        """Return the place of each question of a matter by its wordings: one so asked is meant."""
        found: dict[str, int] = {}
        for text, labels in self._lessons(matter_id):
            if labels:
                found.setdefault(normalise(text), labels[0])
        return found

    def prepare(self) -> None:
        """Read or train the models now, so that the first question need not wait."""
        _ = self._stored
        self._nearness.prepare()
        self._all.prepare()
        self._meanings.prepare()

    def _model_of(self, matter_id: str) -> LinearRanker:
        return self._stored[matter_id] if self._cache else self._trained(matter_id)

    @cached_property
    def _stored(self) -> Mapping[str, LinearRanker]:
        return kept_rankers(self._cache, "questions", self._fingerprint, self._train_all)

    @cached_property
    def _nearness(self) -> NearWordings:
        taught = {name: self._taught(name) for name in self._matters}
        return NearWordings(taught, self._cache, self._fingerprint)

    def _taught(self, matter_id: str) -> Wordings:
        asking = [(text, labels[0]) for text, labels in self._lessons(matter_id) if labels]
        told = self._words.beside.get(matter_id, {}).values()
        return Wordings(asking, [text for texts in told for text in texts])

    @cached_property
    def _fingerprint(self) -> str:
        """Return what changes with all that is learnt from."""
        settings = (_FORMAT, PENALTY, VIEW_WEIGHTS, MEANING_WEIGHT, LONGEST, EVERY, NAMED_EACH)
        digest = hashlib.sha256(repr((*settings, fingerprint())).encode())
        digest.update(repr(sorted((k, tuple(v)) for k, v in self._words.ideas.items())).encode())
        for text in self._strange:
            digest.update(f"{text}\n".encode())
        for matter_id in self._matters:
            for text, labels in self._lessons(matter_id):
                digest.update(f"{matter_id}\0{text}\0{labels}\n".encode())
        return digest.hexdigest()[:16]

    def _train_all(self) -> Mapping[str, LinearRanker]:
        return {matter_id: self._trained(matter_id) for matter_id in self._matters}

    def _trained(self, matter_id: str) -> LinearRanker:
        """Learn the questions of one matter; a moment."""
        lessons = self._examples(list(self._lessons(matter_id)))
        n_questions = len(self._matters[matter_id].faqs)
        return linear_ranker.train_few([*lessons, *self._strangers], n_questions, PENALTY)

    def _examples(self, lessons: Sequence[tuple[str, tuple[int, ...]]]) -> list[Example]:
        return examples_of(starmap(Taught, lessons), self._reader, self._meanings)

    def _lessons(self, matter_id: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield what is learnt about one matter, each with the question that it asks, if any."""
        matter = self._matters[matter_id]
        worded = self._words.questions.get(matter_id, {})
        for at, faq in enumerate(matter.faqs):
            yield from ((text, (at,)) for text in (faq.question, *worded.get(faq.question, ())))
        for told in self._words.beside.get(matter_id, {}).values():
            yield from ((text, ()) for text in told)
        names = (matter.name, *matter.aliases)
        for turn, said in enumerate(self._words.plain_questions.values()):
            for each in range(NAMED_EACH):
                plain = said[(each * NAMED_EACH + turn) % len(said)]
                yield names[(turn + each) % len(names)] + plain, ()

    def _is_plain(self, said: str, matters: Sequence[Matter]) -> bool:
        """Tell whether a text asks only what is asked of any matter: no question of one is meant.

        Of a single matter its own wordings may be as plain.
        """
        is_own = len(matters) == 1 and said in self._worded(matters[0].id)
        return not is_own and self._plain.holds(said)

    @cached_property
    def _plain(self) -> PlainSentences:
        topics = self._words.plain_questions.values()
        return PlainSentences(text for said in topics for text in said)

    @cached_property
    def _strange(self) -> tuple[str, ...]:
        """What asks no question of any matter: plain ones without a name, and other things."""
        plain = [text for said in self._words.plain_questions.values() for text in said]
        return (*plain, *self._words.off_topic[::EVERY])

    @cached_property
    def _strangers(self) -> list[Example]:
        return self._examples([(text, ()) for text in self._strange])
