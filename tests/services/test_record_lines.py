"""Lines of a matter's record that speak of what a question asks."""

import pytest

from bot.services.record_lines import lines_about
from tests.catalogue_files import committed_catalogue


@pytest.mark.parametrize(
    ("text", "matter_id", "part"),
    [
        ("那需要开设立大会不", "biz-coop", "设立大会"),
        ("平面布局图自己画行吗", "lic-clinic-record", "平面布局图"),
    ],
)
def test_a_point_that_stands_in_the_record_is_found(text: str, matter_id: str, part: str) -> None:
    lines = lines_about(text, committed_catalogue().matter(matter_id))
    assert lines
    assert all(part in line for line in lines)


@pytest.mark.parametrize("text", ["今天天气咋样", "要啥材料", "农民专业合作社设立登记多少钱", ""])
def test_what_shares_only_names_and_plain_words_finds_none(text: str) -> None:
    assert lines_about(text, committed_catalogue().matter("biz-coop")) == []
