import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ratings import parse_level

LEVELS = {
    5: [
        "非常满意",
        "很满意",
        "特别满意！",
        "十分满意",
        "太棒了",
        "五星",
        "5星好评",
        "五颗星",
        "5分",
        "给个五星",
        "满分",
        "很好",
        "超级满意",
        "⭐⭐⭐⭐⭐",
        "５分",
        "5",
        "非常 满意",
    ],
    4: ["满意", "挺满意的", "不错", "还不错", "好评", "四星", "4分", "挺好的", "可以"],
    3: [
        "基本满意",
        "一般",
        "3分",
        "三星",
        "还行吧",
        "凑合",
        "马马虎虎",
        "比较满意",
        "三",
        "很一般",
    ],
    2: [
        "不满意",
        "不太满意",
        "不怎么满意",
        "不是很满意",
        "差评",
        "给差评",
        "2星",
        "两分",
        "不咋地",
        "不好",
        "不太好",
        "没有很满意",
        "不怎么样",
        "不是特别满意",
    ],
    1: [
        "非常不满意",
        "很不满意",
        "特别不满意",
        "太差了",
        "一星",
        "1分",
        "一点都不满意",
        "最差",
        "极其不满意",
        "非常的不满意",
        "差到家了",
        "⭐",
    ],
}


@pytest.mark.parametrize(
    ("text", "level"), [(text, level) for level, texts in LEVELS.items() for text in texts]
)
def test_a_named_level_is_read(text: str, level: int) -> None:
    assert parse_level(text) == level


@pytest.mark.parametrize(
    "text",
    [
        "",
        "你好",
        "我要评价",
        "窗口在哪",
        "10分",
        "4.5分",
        "15分钟",
        "等了5分钟",
        "不可以",
        "满意的地方也有，不满意的也有",
        "没有不满意",
        "一星还是五星",
        "⭐⭐⭐⭐⭐⭐",
        "6",
        "0分",
        "13806350001",
        "五分钟就办完了",
        "三点半",
    ],
)
def test_what_names_no_level_or_several_is_not_guessed(text: str) -> None:
    assert parse_level(text) is None


@settings(deadline=None)  # machines that run this are shared
@given(st.text(max_size=60))
def test_any_text_gives_a_level_or_nothing(text: str) -> None:
    assert parse_level(text) in {None, 1, 2, 3, 4, 5}


@settings(deadline=None)  # machines that run this are shared
@given(
    st.sampled_from([(t, n) for n, texts in LEVELS.items() for t in texts]),
    st.sampled_from(["", "我觉得", "嗯 ", "服务"]),
    st.sampled_from(["", "。", "！", "吧", "，谢谢"]),
)
def test_fillers_do_not_change_a_level(named: tuple[str, int], before: str, after: str) -> None:
    text, level = named
    if len(text) > 1:  # a bare number with words around it is no level
        assert parse_level(before + text + after) == level
