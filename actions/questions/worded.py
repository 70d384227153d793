"""Questions of the catalogue that a reader knows by a word in them, and answers with.

A reader that tells by an expression of its own what is asked keeps one as a constant of its module;
`tests/actions/test_worded.py` sees to it that the catalogue has each.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import to_be_named, utter
from actions.turns.focus import on_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter


@dataclass(frozen=True)
class Worded:
    """A question of a matter.

    Attributes:
        matter_id: Whose question it is.
        word: Stands in the question.
    """

    matter_id: str
    word: str

    @property
    def faq(self) -> Faq | None:
        """The first such question; None where the catalogue has none."""
        return first_with(self.word, self.matter.faqs)

    @property
    def matter(self) -> Matter:
        """The matter.

        Raises:
            UnknownMatter: The catalogue has none by this id.
        """
        return app().catalogue.matter(self.matter_id)

    def say(self, say: CollectingDispatcher, behind: Turn | None = None) -> list[EventType]:
        """Answer it, and speak of its matter from then on; no events where there is none.

        Args:
            say: Where it is said.
            behind: The message; the answer then names no matter that was just spoken of.
        """
        faq, matter = self.faq, self.matter
        if faq is None:
            return []
        named = matter if behind is None else to_be_named(behind, matter)
        utter(faq_answer(faq, named), say)
        return on_matter(matter, "eligibility")


@dataclass(frozen=True)
class WordedService:
    """A question about our services, known by a word in it."""

    word: str

    @property
    def faq(self) -> Faq | None:
        """The first such question; None where the catalogue has none."""
        return first_with(self.word, app().catalogue.service_questions)


def first_with(word: str, faqs: Iterable[Faq]) -> Faq | None:
    """Return the first question in which a word stands."""
    return next((one for one in faqs if word in one.question), None)
