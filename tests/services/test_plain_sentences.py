"""Questions that say nothing but what is asked of any matter."""

import pytest

from bot.services.reading.plain_sentences import PlainSentences
from bot.services.reading.wording import normalise
from tests.catalogue_files import committed_matter_words


@pytest.fixture(scope="module")
def plain() -> PlainSentences:
    topics = committed_matter_words().plain_questions.values()
    return PlainSentences(text for said in topics for text in said)


@pytest.mark.parametrize(
    "text",
    [
        "要等几天能下来",
        "多少天能给证",
        "去哪办啊",
        "办下来得多少钱",
        "最快几天",
        "找谁办理",
        "得交啥",
    ],
)
def test_what_any_matter_is_asked_is_plain(plain: PlainSentences, text: str) -> None:
    assert plain.holds(normalise(text))


@pytest.mark.parametrize(
    "text", ["核名要等几天", "要交税不", "罚多少", "法人能办吗", "得啥样的房子", "楼顶能挂吗"]
)
def test_what_names_something_is_not(plain: PlainSentences, text: str) -> None:
    assert not plain.holds(normalise(text))
