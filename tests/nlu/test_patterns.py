import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.patterns import find_patterns


def found(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.entity) for span in find_patterns(text)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("查371500202611230017", [("371500202611230017", "case_number")]),
        ("cs20261103-0004到哪了", [("cs20261103-0004", "ticket_number")]),
        ("JY-20261015-0008", [("JY-20261015-0008", "ticket_number")]),
        ("YY202611250003取消", [("YY202611250003", "ticket_number")]),
        ("我电话13906351234", [("13906351234", "phone")]),
        ("座机0635-8241234", [("0635-8241234", "phone")]),
        ("91371502MA3N8Q1X2B", [("91371502MA3N8Q1X2B", "credit_code")]),
        ("372501198506120019", [("372501198506120019", "id_number")]),
        ("37250119850612001x", [("37250119850612001x", "id_number")]),
    ],
)
def test_numbers_are_told_apart(text: str, entities: list[tuple[str, str]]) -> None:
    assert found(text) == entities


def test_a_case_number_is_no_identity_number_though_both_have_eighteen_digits() -> None:
    assert found("371500202611230017")[0][1] == "case_number"
    assert found("371500198611230017")[0][1] == "id_number"


def test_a_credit_code_with_a_wrong_check_digit_is_still_found() -> None:
    assert found("信用代码91371502MA3N8Q1X20") == [("91371502MA3N8Q1X20", "credit_code")]


def test_full_width_digits_are_read_and_offsets_index_the_message() -> None:
    assert found("电话１３９０６３５１２３４谢谢") == [("１３９０６３５１２３４", "phone")]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("约12月3号上午九点半", [("12月3号", "date"), ("上午九点半", "time")]),
        ("下周三上午", [("下周三", "date"), ("上午", "time")]),
        ("周四十点", [("周四", "date"), ("十点", "time")]),
        ("节后第一天", [("节后第一天", "date")]),
        ("下下周二", [("下下周二", "date")]),
        ("2026-12-01 14:30", [("2026-12-01", "date"), ("14:30", "time")]),
        ("明儿后晌", [("明儿", "date"), ("后晌", "time")]),
        ("下班以后", [("下班以后", "time")]),
        ("三天后", [("三天后", "date")]),
        ("十一过后", [("十一", "date")]),
        ("卡了十一天", []),
        ("上月18号交的", [("上月18号", "date")]),
        ("周五晚饭前", [("周五", "date"), ("晚饭前", "time")]),
        ("中午收工以后", [("中午收工以后", "time")]),
        ("晌午后有空", [("晌午后", "time")]),
    ],
)
def test_days_and_hours_are_found(text: str, entities: list[tuple[str, str]]) -> None:
    assert found(text) == entities


@pytest.mark.parametrize(
    "text",
    [
        "快一点",
        "一点用没有",
        "3号窗口",
        "早上好",
        "等了两个星期了",
        "星期几",
        "15个工作日",
        "4.5吨",
    ],
)
def test_what_only_looks_like_a_day_or_an_hour_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "rating"),
    [("非常不满意", "非常不满意"), ("我挺满意的", "挺满意"), ("给个五星好评", "五星好评")],
)
def test_ratings_keep_their_degree(text: str, rating: str) -> None:
    assert found(text) == [(rating, "rating")]


@given(st.text(alphabet="今明后天周下三上午九点半0123456789CS-满意 号月年１２", max_size=40))
def test_spans_never_overlap_and_stay_inside_the_message(text: str) -> None:
    spans = find_patterns(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
