"""Finds the question about the procedure that a text asks: 能让我儿子替我去不, 缺啥不能一次说清吗.

Its answer is the same for all matters of a legal kind (`data/catalogue/shared_questions.yml`). One
small model learns from the wordings in `data/matters/shared_questions.yml`, against the questions
that single matters have of their own, plain ones, and what is off topic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.few_finder import FewFinder
from bot.services.words.matter import MatterWords

EVERY_OWN, EVERY_OTHER = 18, 6
"""One in so many questions of single matters, and of texts off topic, is learnt from."""


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
        questions = dict.fromkeys(q.faq.question for q in catalogue.shared_questions)
        wordings = {one: (one, *words.shared_questions.get(one, ())) for one in questions}
        self._finder = FewFinder("shared", wordings, other_questions(words), words.ideas, cache)

    def asked(self, text: str, matter: Matter | None) -> SharedAsked | None:
        """Return the question that fits best with its answer for a matter, however badly it fits.

        Args:
            text: What is said.
            matter: What is talked about; None where nothing is, which gives the first answer.

        Returns:
            None where the catalogue has no answer for such a matter.
        """
        best = self._finder.best(text)
        if best is None:
            return None
        question, score = best
        fitting = (
            one.faq
            for one in self._catalogue.shared_questions
            if one.faq.question == question and (not matter or one.holds_for(matter))
        )
        faq = next(fitting, None)
        return None if faq is None else SharedAsked(faq, score)

    def prepare(self) -> None:
        """Read or train the model now, so that the first question need not wait."""
        self._finder.prepare()


def other_questions(words: MatterWords) -> Sequence[str]:
    """Return some questions that single matters have of their own, plain ones, and other texts."""
    own = [text for asked in words.questions.values() for said in asked.values() for text in said]
    plain = [text for said in words.plain_questions.values() for text in said]
    return (*own[::EVERY_OWN], *plain, *words.off_topic[::EVERY_OTHER])
