"""What a sentence about a new business tells by the way."""

from bot.services.business_words import told_by

WORDS = {"has_kitchen": {"yes": ["厨房"], "no": ["没厨房"]}}


def test_the_longer_word_wins() -> None:
    assert told_by("没厨房", WORDS) == {"has_kitchen": "no"}


def test_an_area_is_read_with_its_unit_only() -> None:
    assert told_by("三十来平", WORDS) == {"area_m2": 30}
    assert told_by("雇3个人", WORDS) == {"hires_staff": "yes"}  # no area
    assert told_by("1,200平方米", WORDS) == {"area_m2": 1200}
