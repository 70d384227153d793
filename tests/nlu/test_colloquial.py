"""Cantonese, and 正 for 证, are read as the standard language says it, sign for sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.text import normalise, spoken_plainly


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("可唔可以喺網上搞", "可不可以在网上搞"),
        ("你係咪真人", "你是否真人"),
        ("要幾耐先得", "要多久先得"),
        ("唔填得唔得", "不填行不行"),
        ("呢間舖頭邊個管", "这家铺头哪个管"),
        ("跑货运要办啥正", "跑货运要办啥证"),
        ("没有健康正咋弄", "没有健康证咋弄"),
    ],
)
def test_cantonese_and_a_slip_are_read_in_standard_words(typed: str, read: str) -> None:
    assert normalise(typed) == read


@pytest.mark.parametrize(
    "typed", ["关系企业怎么登记", "關係企業", "几点开门", "我正在办", "要正规的", "真正的", "仲裁"]
)
def test_standard_words_stay_as_they_are(typed: str) -> None:
    assert spoken_plainly(typed) == typed


@given(st.text(alphabet="唔係嘅喺幾多邊個點樣得正證呢間仲要關 ，aＡ", max_size=20))
def test_every_reading_keeps_the_length(typed: str) -> None:
    assert len(normalise(typed)) == len(typed) == len(spoken_plainly(typed))
