"""Finds what a text asks about a service of ours: 打热线是哪个号, 帮办要收我钱不, 忘了打分还能补不.

One small model learns from the wordings in `data/matters/service_questions.yml`, of the asides of
`data/common/asides.yml` by their names, of the questions of
`data/catalogue/service_questions.yml` and of those of trades (`one_things/`), against what single
matters are asked and what is off topic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Faq
from bot.services.finding.few_finder import FewFinder
from bot.services.finding.shared_finder import other_questions
from bot.services.words.matter import MatterWords

NONE = "none"
"""Key of the wordings that ask about no service, however near they sound."""


@dataclass(frozen=True)
class ServiceAsked:
    """A question about a service that was asked.

    Attributes:
        name: Name of the aside, or the question of the catalogue.
        faq: The question of the catalogue with its answer; None for an aside.
        score: How well it fits; about 1 for a sure one, near 0 for a stranger.
    """

    name: str
    faq: Faq | None
    score: float


class ServiceFinder:
    """Knows which question about a service a text asks; the model is read at first use.

    Args:
        catalogue: The questions that have a source.
        words: All wordings.
        cache: Folder that keeps the trained model between starts; None trains it at first use.
    """

    def __init__(self, catalogue: Catalogue, words: MatterWords, cache: Path | None = None) -> None:
        trades = (faq for trade in catalogue.one_things.values() for faq in trade.faqs)
        self._faqs: Mapping[str, Faq] = {
            faq.question: faq for faq in (*catalogue.service_questions, *trades)
        }
        asked = {name: said for name, said in words.service_questions.items() if name != NONE}
        wordings = {
            name: (*((name,) if name in self._faqs else ()), *said) for name, said in asked.items()
        }
        strangers = (*words.service_questions.get(NONE, ()), *other_questions(words))
        self._finder = FewFinder("service", wordings, strangers, words.ideas, cache)

    def asked(self, text: str) -> ServiceAsked | None:
        """Return the question that fits best, however badly it fits; None for no text."""
        best = self._finder.best(text)
        if best is None:
            return None
        name, score = best
        return ServiceAsked(name, self._faqs.get(name), score)

    def prepare(self) -> None:
        """Read or train the model now, so that the first question need not wait."""
        self._finder.prepare()
