"""What is told of an age, of sales, of paid haste, of stalls and of what runs, by its words."""

import pytest

from bot.services.finding.trade_names import what_is_done
from bot.services.words.any_opening import (
    asks_if_too_old,
    asks_tax_of_sales,
    asks_to_report_free,
)
from bot.services.words.form_remarks import pauses_all
from bot.services.words.licence_got import has_licence_and_asks_next
from bot.services.words.plain_trouble import HASTE_PAID, LOW_MARK, trouble_told
from bot.services.words.policy_remarks import wants_cash
from bot.services.words.spoken import (
    adds_goods,
    cannot_pay,
    holds_licence,
    moves_with_licence,
    works_rest,
)
from bot.services.words.stall import sells_food_at_stall


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("我都62了 还能办不", True),
        ("年纪大了给办吗", True),
        ("退休了还让干不", True),
        ("五十八了能批吗", True),
        ("我今年六十八了 碍事不", True),
        ("我妈60了能替我去办吗", False),
        ("60岁的员工能办社保吗", False),
        ("我62了能领退休金吗", False),
        ("店开了20年了能办不", False),
        ("62了", False),
    ],
)
def test_an_age_is_told_where_it_is_asked_if_it_bars(text: str, is_meant: bool) -> None:
    assert asks_if_too_old(text) is is_meant


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("税呢 一个月就卖两三万", True),
        ("那税 一年就几万块流水", True),
        ("一个月卖五六万 税咋交", True),
        ("税务呢", False),
        ("增值税交不交 一个季度卖28万", False),
        ("一个月就卖两三万", False),
    ],
)
def test_tax_is_asked_of_sales(text: str, is_meant: bool) -> None:
    assert asks_tax_of_sales(text) is is_meant


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("免了就不用报了呗", True),
        ("不用交是不是也不用报", True),
        ("免税的还得报税吗", True),
        ("要报啥材料", False),
        ("免费吗", False),
    ],
)
def test_what_is_free_is_reported(text: str, is_meant: bool) -> None:
    assert asks_to_report_free(text) is is_meant


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("有个中间人说给他三百加急 明天就能出证 这合法吗", HASTE_PAID),
        ("黄牛说掏五百块当天拿证 靠谱不", HASTE_PAID),
        ("中介说交两千包过 能信吗", HASTE_PAID),
        ("找代办两千块 三天能办下来 合法吗", HASTE_PAID),
        ("能加急不", None),
        ("加急要钱不", None),
        ("明天就能出证吗", None),
        ("我要投诉窗口收三百加急费", None),
        ("打低了他们会不会找我麻烦", LOW_MARK),
        ("我要是打一星 窗口会不会给我穿小鞋", LOW_MARK),
        ("差评在哪看", None),
        ("投诉他们会不会找我麻烦", None),
    ],
)
def test_trouble_that_the_catalogue_knows(text: str, word: str | None) -> None:
    assert trouble_told(text) == word


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("先放这", True),
        ("先搁着", True),
        ("那就先放这了", True),
        ("放这", False),
        ("东西先放这儿行不", False),
    ],
)
def test_a_form_is_put_aside(text: str, is_meant: bool) -> None:
    assert pauses_all(text) is is_meant


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("想晚上去夜市支个摊烤冷面 没门面 要办啥", True),
        ("推个小推车卖烤肠 得办啥", True),
        ("骑三轮卖凉皮 要不要办证", True),
        ("摆地摊卖袜子要办啥", False),
        ("摆够摊了 想租个门脸接着卖炸串 要办啥", False),
        ("租了个门面卖烤冷面 要办啥", False),
        ("摆摊卖煎饼罚多少", False),
    ],
)
def test_a_stall_with_food(text: str, is_meant: bool) -> None:
    assert sells_food_at_stall(text) is is_meant


@pytest.mark.parametrize(
    ("test", "text", "is_meant"),
    [
        (works_rest, "钱跟不上 停一阵子用跟谁报告不", True),
        (works_rest, "先停工 过完年再干 用打招呼不", True),
        (works_rest, "店想停一阵 用报告不", False),
        (adds_goods, "想再添个裱花蛋糕卖", True),
        (adds_goods, "后头想加卖凉菜 要改证不", True),
        (adds_goods, "再加个股东", False),
        (adds_goods, "还要添啥材料", False),
        (holds_licence, "食品经营证拿到了 这个管几年", True),
        (holds_licence, "食品证没下来", False),
        (has_licence_and_asks_next, "公司执照昨天领到手了 接下来干啥", True),
        (has_licence_and_asks_next, "营业执照拿到了 然后呢", True),
        (has_licence_and_asks_next, "执照没下来 接下来干啥", False),
        (has_licence_and_asks_next, "执照丢了 接下来咋办", False),
        (cannot_pay, "真还不起咋整", True),
        (cannot_pay, "还不还得起诉", False),
        (moves_with_licence, "房东撵我 搬到隔壁街 这证还能使不", True),
        (moves_with_licence, "搬到隔壁街要改执照不", False),
        (wants_cash, "听说国家给创业的发钱 有没", True),
        (wants_cash, "国家不发钱", False),
    ],
)
def test_what_is_told_of_what_runs(test: object, text: str, is_meant: bool) -> None:
    assert callable(test)
    assert test(text) is is_meant


@pytest.mark.parametrize(
    ("text", "done"),
    [("唱歌的", ("唱歌",)), ("改成洗脚的吧", ("洗脚",)), ("卖农药化肥", ("农药化肥",))],
)
def test_a_trade_by_what_is_done(text: str, done: tuple[str, ...]) -> None:
    assert what_is_done(text) == done
