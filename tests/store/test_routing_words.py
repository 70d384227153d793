"""Files of `data/routing` and `hot.yml` that are wrong are named."""

from pathlib import Path

import pytest

from bot.domain.errors import UnknownDepartment
from bot.services.tickets.routing_model import squash
from bot.store.hot_rules import BadHotRules, load_hot_rules
from bot.store.routing_words import BadRoutingData, load_routing
from tests.casework_factories import catalogue
from tests.routing_factories import model

GOOD = """
category: {name}
department: {department}
topics: [{{name: 题, department: housing, words: [词]}}]
sentences: [一句话]
"""


def files(folder: Path, **contents: str) -> Path:
    for name, content in contents.items():
        (folder / f"{name}.yml").write_text(content, encoding="utf-8")
    return folder


def test_two_good_files_are_two_categories(tmp_path: Path) -> None:
    one = GOOD.format(name="甲", department="housing")
    two = GOOD.format(name="乙", department="tax")
    found = load_routing(files(tmp_path, a=one, b=two), catalogue())
    assert [(c.name, c.department_id) for c in found] == [("甲", "housing"), ("乙", "tax")]


@pytest.mark.parametrize(
    "broken", ["category: [", "category: 乙", GOOD.format(name="甲", department="housing")]
)
def test_a_broken_or_repeated_category_is_refused(tmp_path: Path, broken: str) -> None:
    good = GOOD.format(name="甲", department="housing")
    with pytest.raises(BadRoutingData):
        load_routing(files(tmp_path, a=good, b=broken), catalogue())


def test_an_unknown_department_is_refused(tmp_path: Path) -> None:
    one = GOOD.format(name="甲", department="housing")
    two = GOOD.format(name="乙", department="moon")
    with pytest.raises(UnknownDepartment):
        load_routing(files(tmp_path, a=one, b=two), catalogue())


def test_the_data_that_ship_are_enough_and_hold_no_text_twice() -> None:
    sentences = [squash(text) for one in model().categories for text in one.sentences]
    assert len(sentences) == len(set(sentences)) >= 400
    assert all(len(one.topics) >= 5 for one in model().categories)


@pytest.mark.parametrize(
    "content",
    [
        "businesses: 1\nwindow_days: 60\nlikeness: 0.5",
        "businesses: 3\nwindow_days: 0\nlikeness: 0.5",
        "businesses: 3\nwindow_days: 60\nlikeness: 2",
        "businesses: 三\nwindow_days: 60\nlikeness: 0.5",
        "businesses: 3",
        "[",
    ],
)
def test_rules_out_of_range_are_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "hot.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadHotRules, match=r"hot\.yml"):
        load_hot_rules(file)


def test_missing_rules_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadHotRules):
        load_hot_rules(tmp_path / "hot.yml")
