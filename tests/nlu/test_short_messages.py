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


@pytest.mark.parametrize(
    "text",
    [
        "https://spzx.example.cn/q?bjbh=371500201901020001&from=qr",
        "http://example.cn/c/371500201901020001",
        "BJBH:371500201901020001;T=13800138000",
    ],
)
def test_the_text_of_a_scanned_code_asks_how_far_its_case_is(text: str) -> None:
    assert intent(text) == "query_case"


@pytest.mark.parametrize(
    "text",
    ["尾号0017那个", "尾号零零一七那件呢", "查一下尾号0017的办件", "后四位0017的那个怎么样了"],
)
def test_a_case_is_named_by_its_tail(text: str) -> None:
    assert intent(text) == "query_case"


@pytest.mark.parametrize(
    "text", ["尾号0901", "后四位0901", "手机尾号8000", "https://example.cn/x", "尾号限行那个"]
)
def test_a_tail_that_proves_something_or_other_texts_name_no_case(text: str) -> None:
    assert intent(text) is None
