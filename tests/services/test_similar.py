"""Which texts tell the same story: hand-made pairs, groups, the nearest."""

import json
from pathlib import Path

import pytest

from bot.services.finding.similar import SimilarIndex, places_in
from tests.routing_factories import FENCE, POWER, hot_rules, reader

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent / "similar_pairs.jsonl").read_text("utf-8").splitlines()
]
LEAST = hot_rules().likeness


def judged() -> list[tuple[bool, bool]]:
    """Return for each pair whether it is the same story, and whether it was found to be."""
    texts = [pair[side] for pair in PAIRS for side in ("first", "second")]
    first, second, _ = SimilarIndex(reader(), texts).pairs(LEAST)
    found = set(zip(first.tolist(), second.tolist(), strict=True))
    return [(pair["same"], (2 * at, 2 * at + 1) in found) for at, pair in enumerate(PAIRS)]


def test_what_is_joined_is_the_same_story() -> None:
    found = [is_same for is_same, is_found in judged() if is_found]
    assert sum(found) / len(found) >= 0.93


def test_most_of_the_same_stories_are_found() -> None:
    same = [is_found for is_same, is_found in judged() if is_same]
    assert len(PAIRS) >= 60
    assert sum(same) / len(same) >= 0.6


def test_the_nearest_is_found_and_a_stranger_is_not() -> None:
    index = SimilarIndex(reader(), [*FENCE, POWER])
    best = index.nearest("人民路修路围挡三个月，客人进不来店里", LEAST)
    assert {one.index for one in best} <= {0, 1, 2, 3}
    assert best
    assert index.nearest("酒店的特种行业许可证办了半年", LEAST) == []


def test_nearest_and_pairs_agree_on_likeness() -> None:
    index = SimilarIndex(reader(), FENCE)
    first, second, likeness = index.pairs(0.0)
    by_pair = dict(zip(zip(first.tolist(), second.tolist(), strict=True), likeness, strict=True))
    asked = {one.index: one.likeness for one in index.nearest(FENCE[0], 0.0)}
    assert by_pair
    for (one, other), value in by_pair.items():
        if one == 0:
            assert asked[other] == pytest.approx(value, abs=1e-5)


def test_groups_hold_one_story_each_and_no_text_twice() -> None:
    texts = [*FENCE, POWER, "嘉明工业园一周停电四次，生产线上的料报废了", "景区门票太贵"]
    groups = SimilarIndex(reader(), texts).groups(LEAST)
    assert {frozenset(group) for group in groups} == {frozenset({0, 1, 2, 3}), frozenset({4, 5})}


@pytest.mark.parametrize("texts", [[], ["只有一句"], ["", ""]])
def test_little_or_nothing_makes_no_group(texts: list[str]) -> None:
    index = SimilarIndex(reader(), texts)
    assert index.groups(LEAST) == []
    assert index.nearest("停电", LEAST) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("人民路施工", {"人民路"}),
        ("住在东昌小区旁边", {"东昌小区"}),
        ("门口道路施工，修公路", set()),
        ("我们小区的这条路", set()),
        ("农村没有网", set()),
    ],
)
def test_only_named_places_count(text: str, places: set[str]) -> None:
    assert places_in(text) == places
