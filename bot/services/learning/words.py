"""Words of the learning pages, as staff reads them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.learning import LessonKind, LessonState, MisreadReason


@dataclass(frozen=True)
class IntentWords:
    """An intent in plain words: what it is called, and one typical sentence."""

    label: str
    example: str


@dataclass(frozen=True)
class LearningWords:
    """What `data/desk/learning.yml` holds.

    Attributes:
        intents: By name; those alone can be assigned.
        entities: What a part of a sentence can be marked as.
        problems: What to say of a decision that cannot be taken, by `BadLesson.problem`.
    """

    intents: Mapping[str, IntentWords]
    entities: Mapping[str, str]
    reasons: Mapping[MisreadReason, str]
    kinds: Mapping[LessonKind, str]
    states: Mapping[LessonState, str]
    problems: Mapping[str, str]

    def intent_label(self, name: str) -> str:
        """Return what an intent is called; its machine word when it has no name here."""
        words = self.intents.get(name)
        return words.label if words else name

    def intent_named(self, text: str) -> str | None:
        """Return the intent of a label (or machine word), None when there is none."""
        by_label = {words.label: name for name, words in self.intents.items()}
        return by_label.get(text, text if text in self.intents else None)
