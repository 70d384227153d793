"""What sounds like a remark, praise, a change or a hire is none; what is one is still heard."""

import time
from collections.abc import Callable

import pytest
import yaml

from actions.plans.area_summed import tells_no_change
from actions.trades.start_answers import HIRES_STAFF, told_slots
from bot.domain.asides import read_asides
from bot.domain.ratings import parse_level, praises
from bot.services.reading.spoken_names import names_nothing
from bot.services.words.area import area_change
from bot.services.words.filing import asks_what_is_missing
from bot.services.words.told import thing_done, thing_lacked
from bot.settings import ROOT

ASIDES = {
    one.name: one
    for one in read_asides(
        yaml.safe_load((ROOT / "data/common/asides.yml").read_text(encoding="utf-8"))
    )
}
SHOP = "start_business_form"


def _is_aside(text: str, name: str) -> bool:
    return ASIDES[name].fits(text, SHOP, None, is_after=False)


def _too_many(text: str) -> bool:
    return _is_aside(text, "too_many_questions")


def _feels(text: str) -> bool:
    return _is_aside(text, "feelings")


def _grows_by(text: str) -> float | None:
    change = None if tells_no_change(text) else area_change(text)
    return None if change is None else change.by_m2


def _hires(text: str) -> object:
    return told_slots(text).get(HIRES_STAFF)


WORDS: tuple[tuple[str, Callable[[str], object], object], ...] = (
    ("房子早就租好了", thing_done, "房子"),
    ("刚刚勘察队请好了", thing_done, "勘察队"),
    ("土地证早办了", thing_done, "土地证"),
    ("地方还没定呢", thing_lacked, "地方"),
    ("煤气也还没通", thing_lacked, "煤气"),
    ("早就" * 20, thing_done, ""),
    ("就是我自己的小店 没公司", names_nothing, True),
    ("就我自己", names_nothing, True),
    ("也是个体户", names_nothing, True),
    ("就是好再来", names_nothing, False),
    ("咋问这么多", _too_many, True),
    ("你咋老问个不停", _too_many, True),
    ("怎么这么多问题啊", _too_many, True),
    ("你们要问的问题这么多", _too_many, True),
    ("问题咋这么多", _too_many, True),
    ("咋没完没了的", _too_many, True),
    ("问的也太多了", _too_many, True),
    ("你们收多少钱", _too_many, False),
    ("怎么办要多久", _too_many, False),
    ("咋办多久", _too_many, False),
    ("怎么收多少钱", _too_many, False),
    ("你看要多久", _too_many, False),
    ("为啥要这么多材料", _too_many, False),
    ("请问为啥要这么多材料", _too_many, False),
    ("你给问问多久", _too_many, False),
    ("你们那有多远", _too_many, False),
    ("上次那个人态度好", praises, True),
    ("前天那个姑娘办事真利索", praises, True),
    ("服务态度好得很", praises, True),
    ("那大姐人真好", praises, True),
    ("服务好慢啊", praises, False),
    ("办事好麻烦啊", praises, False),
    ("这人好懒啊", praises, False),
    ("人好多", praises, False),
    ("服务态度好像不行", praises, False),
    ("服务热情都没有", praises, False),
    ("态度好 办事快", parse_level, 4),
    ("服务比以前好多了", parse_level, 4),
    ("人好效率也高", parse_level, 4),
    ("服务好慢", parse_level, None),
    ("人好凶", parse_level, None),
    ("这人好懒", parse_level, None),
    ("人好多", parse_level, None),
    ("面积加了一千平", _grows_by, 1000.0),
    ("后来又多盖了六百平", _grows_by, 600.0),
    ("又扩建一千平", _grows_by, 1000.0),
    ("扩建了一千平", _grows_by, 1000.0),
    ("少了二十平", _grows_by, -20.0),
    ("不是新建，扩建一千平", _grows_by, None),
    ("扩建一千平", _grows_by, None),
    ("要是加一百平多交钱吗", _grows_by, None),
    ("要是再加一百平", _grows_by, None),
    ("又多了五亩地", _grows_by, None),
    ("没多二十平", _grows_by, None),
    ("没有多二十平", _grows_by, None),
    ("不想加一百平", _grows_by, None),
    ("急死了", _feels, True),
    ("真是愁死我了", _feels, True),
    ("烦得慌", _feels, True),
    ("有点发愁", _feels, True),
    ("生意不好做", _feels, True),
    ("现在干点啥都不容易啊", _feels, True),
    ("急死了，一百二十平", _feels, False),
    ("急死了 执照多久能下来", _feels, False),
    ("难得很", _feels, False),
    ("生意不好做 想关店", _feels, False),
    ("那还缺啥", asks_what_is_missing, True),
    ("那缺的是啥", asks_what_is_missing, True),
    ("还差什么呀", asks_what_is_missing, True),
    ("要改的是哪几样", asks_what_is_missing, True),
    ("哪些材料不合格", asks_what_is_missing, True),
    ("为啥退回来", asks_what_is_missing, True),
    ("执照变更补什么材料", asks_what_is_missing, False),
    ("还差几天", asks_what_is_missing, False),
    ("改个地址补几张照片", asks_what_is_missing, False),
    ("厨师找好了", _hires, "yes"),
    ("店员都招齐了", _hires, "yes"),
    ("人手招够了", _hires, "yes"),
    ("人想好了", _hires, None),
    ("人选好了", _hires, None),
    ("师傅考过了", _hires, None),
    ("师傅找好了", _hires, None),
    ("会计下来了", _hires, None),
)


@pytest.mark.parametrize(("text", "read", "expected"), WORDS)
def test_words_are_read_where_they_are_meant(
    text: str, read: Callable[[str], object], expected: object
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("早就" * 8 + "x", thing_done),
        ("刚刚" * 500 + "x", thing_done),
        ("就是" * 25 + "x", names_nothing),
    ],
)
def test_a_word_typed_over_and_over_is_read_at_once(
    text: str, read: Callable[[str], object]
) -> None:
    before = time.process_time()

    assert not read(text)
    assert time.process_time() - before < 1
