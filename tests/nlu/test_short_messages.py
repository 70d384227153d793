from functools import lru_cache

import pytest

from bot.nlu.patterns import find_patterns
from bot.nlu.short_messages import ShortMessages, read_short_messages
from bot.settings import ROOT


@lru_cache(maxsize=1)
def lists() -> ShortMessages:
    return read_short_messages(ROOT / "data" / "lexicon" / "short.yml")


def intent(text: str) -> str | None:
    spans = find_patterns(text)
    found = [{"entity": s.entity, "start": s.start, "end": s.end} for s in spans]
    return lists().intent(text, found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("👌", "affirm"),
        ("👍👍👍", "affirm"),
        ("👍🏻", "affirm"),
        ("✔️", "affirm"),
        ("👎", "deny"),
        ("❌", "deny"),
        ("🙏", "thank"),
        ("🙏🏼 🙏🏼", "thank"),
    ],
)
def test_a_sign_alone_is_an_answer_in_any_colour_and_number(text: str, expected: str) -> None:
    assert intent(text) == expected


@pytest.mark.parametrize("text", ["人工", "转人工！", "真人。", " 活人 ", "轉人工"])
def test_a_word_for_a_person_alone_asks_for_one(text: str) -> None:
    assert intent(text) == "request_agent"


@pytest.mark.parametrize(
    "text", ["人工？", "人工智能", "真人吗", "人工费多少", "👌吗", "🦄", "", "。。"]
)
def test_what_says_more_or_nothing_is_left_to_the_classifier(text: str) -> None:
    assert intent(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "371500202611190042",
        "办件编号：371500202611190042",
        "编号是３７１５００２０２６１１１９００４２",
    ],
)
def test_a_case_number_with_nothing_beside_it_asks_how_far_the_case_is(text: str) -> None:
    assert intent(text) == "query_case"


@pytest.mark.parametrize(
    "text", ["催一下371500202611190042", "371500202611190042和371500202611190043", "13800001111"]
)
def test_a_number_with_a_wish_beside_it_is_left_to_the_classifier(text: str) -> None:
    assert intent(text) is None


def test_no_sign_and_no_word_means_two_things() -> None:
    known = lists()
    words = set(known.intent_by_word) | set(known.intent_by_sign)

    assert len(words) == len(known.intent_by_word) + len(known.intent_by_sign)
    assert all(len(sign) == 1 for sign in known.intent_by_sign)
