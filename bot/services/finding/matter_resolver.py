"""From what somebody tells to the matter that it needs, by several signals together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from bot.domain.catalogue import Catalogue
from bot.domain.matters import Matter
from bot.services.finding.full_text import FullText
from bot.services.finding.linear_ranker import Floats, LinearRanker
from bot.services.finding.matter_features import FeatureReader
from bot.services.finding.matter_model import cached_model
from bot.services.finding.matter_names import SAME_SOUND, NameIndex
from bot.services.reading.wording import core, is_slip_of, normalise
from bot.services.words.bystanders import without_bystanders
from bot.services.words.landmarks import without_landmarks
from bot.services.words.matter import MatterWords
from bot.services.words.matter_remarks import licence_name
from bot.services.words.request import thing_wanted

NAME_WEIGHT = 0.3
FULL_TEXT_WEIGHT = 0.06
"""How much these two signals add to the linear model's score; measured, see docs/nlu.md."""

_TEXT_DAMPING = 8.0
_SHARPNESS = 14.0
"""Turns differences of scores into shares; fitted on unseen folds."""

_KIND = re.compile("(许可|资格|合格|准运|登记|备案|经营|证书|证)+$")
"""What a name of a licence ends with."""

SURE_SCORE = 0.3
SURE_MARGIN = 0.3
"""A matter that fits this well, and by this much better than the next, is answered at once."""

POSSIBLE_SCORE = 0.2
"""Where the best fits worse than this, nothing fits."""

REMEMBERED = 64
"""Texts whose scores are kept; within a turn the same ones are asked about again."""

CHOICE_MARGIN = 0.3
MOST_CHOICES = 3
TOLD, APART = 0.5, 0.3
"""How well a matter must fit a text that does not name it, and how much better than the next."""

SHORTEST_TOLD = 7
"""Signs of such a text."""

SHORTEST_STORY = 3
"""Characters from which a text that is no name can mean one matter for sure."""

SHORTEST_KIND = 2
"""Signs of the name of a licence, its kind left aside, that tell it from others: 印刷许可证."""


class Outcome(Enum):
    """How sure a resolution is."""

    SURE = "sure"
    CHOICE = "choice"
    NONE = "none"


@dataclass(frozen=True)
class Candidate:
    """One matter that may be meant.

    Attributes:
        matter_id: Which.
        share: 0 to 1, how likely beside all other matters; the shares of all sum to 1.
        score: How well it fits by itself; about 1 for a sure one, near 0 for a stranger.
    """

    matter_id: str
    share: float
    score: float


@dataclass(frozen=True)
class Resolution:
    """What a text means.

    Attributes:
        outcome: Answer, ask, or say that nothing fits.
        candidates: Best first; one when sure, two or three to choose from, none when none fits.
    """

    outcome: Outcome
    candidates: tuple[Candidate, ...]


class MatterResolver:
    """Ranks matters for a name, a question or a situation; the model is read at first use.

    Args:
        catalogue: The matters.
        words: Situations, cues, plain labels and ideas.
        cache: Folder that keeps the trained model between starts; None trains at each.
    """

    def __init__(self, catalogue: Catalogue, words: MatterWords, cache: Path | None = None) -> None:
        self._catalogue = catalogue
        self._words = words
        self._cache = cache
        self._ids = tuple(catalogue.matters)
        self._number = {matter_id: at for at, matter_id in enumerate(self._ids)}
        self._judged = lru_cache(REMEMBERED)(self._judge)  # a turn asks of one text several times

    def rank_matters(self, text: str, limit: int = 3) -> list[tuple[str, float]]:
        """Return at most `limit` matter ids with their shares, 0 to 1, best first."""
        return [(found.matter_id, found.share) for found in self.rank(text, limit)]

    def rank(self, text: str, limit: int = 3) -> list[Candidate]:
        """Return the `limit` best candidates, also of a text that means nothing; [] for ""."""
        if not normalise(text):
            return []
        scores, shares = self._judged(text)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Candidate(self._ids[at], float(shares[at]), float(scores[at])) for at in best]

    def resolve(self, text: str) -> Resolution:
        """Tell whether a text means one matter for sure, one of a few, or none.

        A name as it stands in the catalogue is sure, unless several matters bear it.
        """
        ranked = self.rank(text, MOST_CHOICES)
        if not ranked or ranked[0].score < POSSIBLE_SCORE:
            return Resolution(Outcome.NONE, ())
        first, second = ranked[0], ranked[1]
        is_clear = first.score >= SURE_SCORE and first.score - second.score >= SURE_MARGIN
        is_word = len(core(normalise(text))) < SHORTEST_STORY and not self.is_name(text)
        matter = self._catalogue.matter(first.matter_id)
        thing = thing_wanted(text)  # 帮俺申请个卖农药的证 is the name of none
        name = licence_name(thing) or thing
        if is_clear and not is_word and not self.is_foreign(name, matter):
            return Resolution(Outcome.SURE, (first,))
        close = [found for found in ranked[2:] if first.score - found.score <= CHOICE_MARGIN]
        return Resolution(Outcome.CHOICE, (first, second, *close))

    def is_name(self, text: str) -> bool:
        """Tell whether a text as a whole is the name of a matter, as written or by its sound."""
        return max(self._names.scores(text).values(), default=0.0) >= SAME_SOUND

    def is_foreign(self, name: str, matter: Matter) -> bool:
        """Tell whether a name of a licence is none that is kept here, however near one sounds.

        That is when two signs of it that stand together are in nothing people say of the matter:
        动物防疫证 is not 动物诊疗许可.
        """
        inner = core(_KIND.sub("", normalise(name)))
        if licence_name(name) != name or len(inner) < SHORTEST_KIND or self.is_name(name):
            return False
        if any(found.core in inner or inner in found.core for found in self._names.of(matter.id)):
            return False
        if any(is_slip_of(inner, _KIND.sub("", found.core)) for found in self._names.of(matter.id)):
            return False  # 烟草传卖零售许可
        said = "\n".join(self._said_of(matter))
        return any(inner[at : at + 2] not in said for at in range(len(inner) - 1))

    def told(self, text: str) -> str | None:
        """Return the id of the matter that a text fits far better than any other; or None.

        "那减到200万，要公告多长时间" is about less capital, whatever was talked about before.
        """
        first, *others = self.rank(text, 2) or (None,)
        if first is None or first.score < TOLD or len(text) < SHORTEST_TOLD:
            return None
        return first.matter_id if all(first.score - one.score >= APART for one in others) else None

    def is_pointed_at(self, matter: Matter, text: str) -> bool:
        """Tell whether a name of a matter, or a word that points to it, stands in a text."""
        cues = self._words.cues.get(matter.id, ())
        words = (matter.name, *matter.aliases, *cues)
        return any(word in text for word in words if len(word) >= SHORTEST_STORY)

    def _said_of(self, matter: Matter) -> Iterator[str]:
        yield from (matter.name, *matter.aliases, self.label(matter), self.purpose(matter))
        yield from self._words.situations.get(matter.id, ())
        yield from self._words.cues.get(matter.id, ())

    def label(self, matter: Matter) -> str:
        """Return what tells a matter from its neighbours in plain words, for a button."""
        plain = self._words.plain.get(matter.id)
        return matter.name if plain is None else plain.label

    def purpose(self, matter: Matter) -> str:
        """Return what a matter is for in plain words, one clause."""
        plain = self._words.plain.get(matter.id)
        return matter.result if plain is None else plain.purpose

    def prepare(self) -> None:
        """Read or train the model now, so that the first question need not wait."""
        self._judge("执照")

    def _judge(self, text: str) -> tuple[Floats, Floats]:
        """Return the scores and shares of all matters, (n_matters,) each."""
        text = without_bystanders(without_landmarks(text))
        scores = self._model.scores(self._reader.read(text)).copy()
        named = self._names.scores(text)
        for matter_id, score in named.items():
            # a whole text that is a name leaves no doubt
            weight = 1.0 if score >= SAME_SOUND else NAME_WEIGHT
            scores[self._number[matter_id]] += weight * score
        found = self._full_text.scores(text)
        damped = max(found.values(), default=0.0) + _TEXT_DAMPING
        for matter_id, score in found.items():
            scores[self._number[matter_id]] += FULL_TEXT_WEIGHT * score / damped
        raised = np.exp(_SHARPNESS * (scores - scores.max()))
        return scores, raised / raised.sum()

    @cached_property
    def _reader(self) -> FeatureReader:
        return FeatureReader(self._words.ideas)

    @cached_property
    def _model(self) -> LinearRanker:
        return cached_model(self._catalogue, self._words, self._reader, self._cache)

    @cached_property
    def _names(self) -> NameIndex:
        matters = self._catalogue.matters.values()
        return NameIndex((x.id, name) for x in matters for name in (x.name, *x.aliases))

    @cached_property
    def _full_text(self) -> FullText:
        matters = self._catalogue.matters.values()
        return FullText({matter.id: "\n".join(self._texts(matter)) for matter in matters})

    def _texts(self, matter: Matter) -> Iterator[str]:
        yield from (matter.name, *matter.aliases, matter.result, *matter.applicants)
        yield from (material.name for material in matter.materials)
        yield from (f"{faq.question}{faq.answer}" for faq in matter.faqs)
        yield from (*matter.conditions, *matter.notes)
        plain = self._words.plain.get(matter.id)
        if plain is not None:
            yield plain.purpose
