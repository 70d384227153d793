"""The wording about matters is whole: every matter, enough of it, nothing twice."""

from collections import Counter

import pytest

from bot.services.reading.wording import normalise
from tests.catalogue_files import committed_catalogue, committed_matter_words

FEWEST_SITUATIONS = 15
FEWEST_CUES = 10
LONGEST_LABEL = 16
"""Characters that fit on a button."""


def test_every_matter_has_situations_cues_and_a_plain_label() -> None:
    words, known = committed_matter_words(), set(committed_catalogue().matters)
    assert set(words.situations) == known
    assert set(words.cues) == known
    assert set(words.plain) == known


def test_every_matter_has_enough_situations_and_cues() -> None:
    words = committed_matter_words()
    assert {m: len(v) for m, v in words.situations.items() if len(v) < FEWEST_SITUATIONS} == {}
    assert {m: len(v) for m, v in words.cues.items() if len(v) < FEWEST_CUES} == {}


def test_no_situation_stands_twice() -> None:
    words = committed_matter_words()
    told = [normalise(text) for texts in words.situations.values() for text in texts]
    told += [normalise(text) for text in words.off_topic]
    assert [text for text, count in Counter(told).items() if count > 1] == []


def test_no_situation_is_the_name_of_a_matter() -> None:
    matters = committed_catalogue().matters.values()
    names = {normalise(name) for matter in matters for name in (matter.name, *matter.aliases)}
    words = committed_matter_words().situations
    assert [t for texts in words.values() for t in texts if normalise(t) in names] == []


def test_plain_labels_fit_on_a_button_and_differ() -> None:
    labels = [plain.label for plain in committed_matter_words().plain.values()]
    assert [label for label in labels if len(label) > LONGEST_LABEL] == []
    assert [label for label, count in Counter(labels).items() if count > 1] == []


@pytest.mark.parametrize("mark", ["？", "?", "。"])
def test_a_purpose_is_a_clause_without_an_end(mark: str) -> None:
    plain = committed_matter_words().plain
    assert [m for m, words in plain.items() if words.purpose.endswith(mark)] == []
