"""Words by which a conversation is steered, whatever the model takes a message for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.asides import Aside, read_asides
from bot.domain.danger import DangerWords, danger_words
from bot.services.finding.intent_contexts import IntentContexts


@dataclass(frozen=True)
class DialogueWords:
    """The lists of `words.yml`, `danger.yml`, `asides.yml` and `contexts.yml` in `data/common`.

    Attributes:
        labels: What an intent is called on a button; intents without one are never guessed.
        forms: What a form is called when it was left open.
        topics: Question about a matter to the words that ask it.
        whole: Words that mean a whole plan and not one matter of it.
        broad: Words that many matters hold and that alone name none.
        families: Fields of work to the ids of their matters, which people do not tell apart.
        elsewhere: What offices do for people and firms that the catalogue holds nothing on.
        areas: What applicants call a field of work to the words of its matters and departments.
        danger: Danger to life, now.
        asides: What is asked about a service of ours while it is used.
        contexts: How likely an intent is where a conversation stands.
    """

    labels: Mapping[str, str]
    forms: Mapping[str, str]
    topics: Mapping[str, Sequence[str]]
    whole: Sequence[str]
    broad: Sequence[str]
    families: Mapping[str, tuple[str, ...]]
    elsewhere: Sequence[str]
    areas: Mapping[str, tuple[str, ...]]
    danger: DangerWords
    asides: tuple[Aside, ...]
    contexts: IntentContexts

    def topics_in(self, text: str) -> list[str]:
        """Return the questions that the words ask, in the order in which they are asked."""
        found: dict[str, int] = {}
        for topic, words in self.topics.items():
            places = [text.find(word) for word in words if word in text]
            if places:
                found[topic] = min(places)
        return sorted(found, key=found.__getitem__)

    def area_in(self, text: str) -> str | None:
        """Return the first area that a text names, None when it names none."""
        return next(
            (area for area, said in self.areas.items() if any(w in text for w in said)), None
        )

    def means_whole(self, text: str) -> bool:
        """Tell whether a question is about all of a plan."""
        return any(word in text for word in self.whole)


def dialogue_words(
    words: Mapping[str, Any],
    danger: Mapping[str, Any],
    asides: Mapping[str, Any],
    contexts: Mapping[str, Mapping[str, float]],
) -> DialogueWords:
    """Build the words from the files' contents; raises `KeyError` when a list is missing."""
    return DialogueWords(
        labels=dict(words["labels"]),
        forms=dict(words["forms"]),
        topics={topic: tuple(said) for topic, said in words["topics"].items()},
        whole=tuple(words["whole"]),
        broad=tuple(words["broad"]),
        families={field: tuple(ids) for field, ids in words["families"].items()},
        elsewhere=tuple(words["elsewhere"]),
        areas={area: (area, *said) for area, said in words["areas"].items()},
        danger=danger_words(danger),
        asides=read_asides(asides),
        contexts=IntentContexts(contexts),
    )
