"""Remarks, names and wishes of the thirty-second session, and what only looks like them."""

from collections.abc import Callable

import pytest

from bot.services.reading.called_names import may_be_called, may_be_insisted_on, may_name_firm
from bot.services.words.heard import (
    Heard,
    heard_in,
    tells_mishap,
    tells_no_story,
    tells_status,
)
from bot.services.words.wish import asks_for_money, speaks_of_wish

STORIES = (
    "我是被骗的 我家是被断水的 我有三天没水了 我住三楼漏水 我是来办证的被赶出来 "
    "我腿脚不好没有坡道 赶工期停电 我在路口等了半天 电梯坏了急用 老人不会用机器"
)
NO_STORIES = (
    "俺是开小卖部的 俺是退伍的 我急用 我住三楼 孩子上学要用 我叫王芳 我腿脚不好 "
    "我眼睛花了看不清字 我替俺娘办的 我开了个小饭馆 我刚退伍 俺娘住院了我走不开 "
    "等着急用呢 我是个体户 家里老人病了"
)
NAMES = (
    "李和平 张和 那英 王不凡 阿卜杜拉江 高兴 李高兴 欧阳和平 李和平和张伟 "
    "王芳、李娟 王芳和李娟 王有才 老周 李姐 秀兰 杨过 买买提·艾力 贺秀英 老覃"
)
NO_NAMES = (
    "材料我都备齐了 真麻烦 孩子没人看 那行 那就 那好 那个 路过 高不高 方不方便 "
    "钱不够 路不远 我和老公 过几天 真高兴 时不时 成不 不知道 车不在 过户 "
    "查一下"
)
FIRMS = "不二家 都市丽人 先锋 先行者 别样红 我爱我家 你好鸭 我家小厨 俺家酸菜鱼 好又来 喜乐蛋糕"
NO_FIRMS = (
    "问一下 等一下 去问问 家里孩子没人看 真麻烦 快烦死了 太折腾人了 我开着小饭馆 "
    "不知道 没有 先不填 都行 别问了 你好烦 我家孩子病了 我家停电 都一样 先等等 "
    "等会 没想好"
)
MONEY = "谁能领 咋领 能领多少 能贷款吗 领补贴"
NO_MONEY = "领导在吗 领营业执照 怎么领号 领毕业证"
MISHAPS = "我家是被断水的 我住三楼漏水 我腿脚不好没有坡道"
NO_MISHAPS = "我家孩子考上大学了 我腿脚不好 我急用"
INSISTED = "高不乐呵 万不同"
NOT_INSISTED = "真麻烦 我急用 等一下 能不能快点 填好了"
GROUPS = "俺是退伍军人 我是下岗工人 我是刑满回来的"
NO_GROUPS = "我腿脚不好是老毛病了吗 我开了个小饭馆"

SENTENCES = [
    *[(tells_no_story, STORIES, False), (tells_no_story, NO_STORIES, True)],
    *[(may_be_called, NAMES, True), (may_be_called, NO_NAMES, False)],
    *[(may_name_firm, FIRMS, True), (may_name_firm, NO_FIRMS, False)],
    *[(may_be_insisted_on, INSISTED, True), (may_be_insisted_on, NOT_INSISTED, False)],
    *[(asks_for_money, MONEY, True), (asks_for_money, NO_MONEY, False)],
    *[(tells_mishap, MISHAPS, True), (tells_mishap, NO_MISHAPS, False)],
    *[(tells_status, GROUPS, True), (tells_status, NO_GROUPS, False)],
]


@pytest.mark.parametrize(
    ("text", "tells", "expected"),
    [(text, tells, expected) for tells, texts, expected in SENTENCES for text in texts.split()],
)
def test_words_tell_so(text: str, tells: Callable[[str], bool], expected: bool) -> None:
    assert tells(text) is expected


@pytest.mark.parametrize(
    ("texts", "heard"),
    [
        (
            "七十平|餐饮 九十平|八十|三里地|没空调|手续不好办|手机坏了|腰花",
            None,
        ),
        ("在县医院对面|店里小|火腿不好卖|烦请|麻烦您|不烦|不麻烦|不着急", None),
        ("着急|能不着急吗|等着急用呢|能不能快点", Heard.HURRY),
        ("真麻烦|快烦死了|真够折腾的", Heard.TIRED),
        (
            "离县城三里地|我七十五岁|没空|手脚不方便|眼花|耳朵背|我对象在医院呢|三十里地",
            Heard.HARDSHIP,
        ),
        (
            "腿脚不好 走不了远路|我眼睛花了看不清字|孩子放学没人接|老人八十多岁了",
            Heard.HARDSHIP,
        ),
    ],
)
def test_a_remark_is_heard_only_where_it_is_made(texts: str, heard: Heard | None) -> None:
    assert [heard_in(text) for text in texts.split("|")] == [heard] * len(texts.split("|"))


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("我那个事怎么样了", "query_case", True),
        ("到哪步了", "query_case", True),
        ("好了没", "query_case", True),
        ("我那事有人管了吗", "query_ticket", True),
        ("供电局拖着不办", "complain", True),
        ("他们欺负人", "complain", True),
        ("我要办食品证", "apply_online", True),
        ("我急用", "urge_case", False),
        ("跑了三趟了", "complain", False),
        ("材料我都备齐了", "apply_online", False),
        ("许可证办下来了", "apply_online", False),
    ],
)
def test_a_wish_has_a_word_of_its_service(text: str, intent: str, expected: bool) -> None:
    assert speaks_of_wish(intent, text) is expected
