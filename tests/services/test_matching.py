import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.reading.matching import Level, PhraseIndex, rivals

NAMES = [
    ("food", "食品经营许可证"),
    ("food", "卫生许可证（老叫法）"),
    ("health", "卫生许可证"),
    ("fund", "公积金"),
    ("company", "公司"),
    ("branch", "分公司"),
    ("county", "莘"),
]


@pytest.mark.parametrize(
    ("text", "entry_id", "level"),
    [
        ("食品经营许可证", "food", Level.EXACT),
        ("怎么办食品经营许可证", "food", Level.EXACT),
        ("卫生许可证", "health", Level.EXACT),
        ("我的公积金有问题", "fund", Level.CONTAINED),
        ("食品经营", "food", Level.CONTAINED),
        ("公鸡金", "fund", Level.FUZZY),
        ("食品经营许可正", "food", Level.FUZZY),
        ("莘", "county", Level.EXACT),
    ],
)
def test_the_best_match_says_how_it_was_found(text: str, entry_id: str, level: Level) -> None:
    best = PhraseIndex(NAMES).search(text)[0]

    assert (best.entry_id, best.level) == (entry_id, level)


def test_a_name_inside_a_longer_name_is_not_offered() -> None:
    assert [match.entry_id for match in PhraseIndex(NAMES).search("开个分公司")] == ["branch"]


def test_a_single_character_is_not_looked_for_inside_a_text() -> None:
    assert PhraseIndex(NAMES).search("莘庄") == []


def test_what_a_search_returned_may_be_changed_and_is_found_again() -> None:
    index = PhraseIndex(NAMES)
    first = index.search("卫生许可证")
    kept = list(first)
    first.clear()

    assert index.search("卫生许可证") == kept
    assert index.search("卫生许可证", limit=1) == kept[:1]
    assert index.search("卫生许可证", floor=1.1) == []


def test_rivals_of_nothing_are_nothing() -> None:
    assert rivals([]) == []


def test_rivals_are_the_candidates_as_good_as_the_best() -> None:
    index = PhraseIndex([("a", "消防验收"), ("b", "消防备案"), ("c", "环评")])

    assert {match.entry_id for match in rivals(index.search("消防"))} == {"a", "b"}


@given(st.text(max_size=30))
def test_no_text_breaks_the_search(text: str) -> None:
    matches = PhraseIndex(NAMES).search(text)

    assert all(0 < match.score <= 1 for match in matches)
    assert len({match.entry_id for match in matches}) == len(matches)


@given(st.sampled_from(NAMES))
def test_every_name_finds_its_owner(name: tuple[str, str]) -> None:
    assert PhraseIndex(NAMES).search(name[1])[0].entry_id == name[0]
