"""Lines of a matter's record that speak of what a question asks."""

import pytest

from bot.services.finding.record_lines import RecordLines, lines_about
from tests.catalogue_files import MODELS, committed_catalogue


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


@pytest.mark.parametrize(
    ("text", "matter_id", "part"),
    [
        ("开个人诊所，大夫得干满几年才行", "lic-clinic-record", "执业满5年"),
        ("司机要不要从业资格证", "lic-transport-goods", "从业资格证"),
        ("要装监控吗", "lic-hotel-special", "视频监控"),
    ],
)
def test_a_line_is_found_by_what_it_means(text: str, matter_id: str, part: str) -> None:
    lines = RecordLines(MODELS).about(text, committed_catalogue().matter(matter_id))
    assert any(part in line for line in lines)


@pytest.mark.parametrize("text", ["有没有停车位", "店里要空调吗", ""])
def test_what_no_line_speaks_of_finds_none(text: str) -> None:
    assert RecordLines(MODELS).about(text, committed_catalogue().matter("lic-pesticide")) == []
