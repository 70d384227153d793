"""Money that is no fee, kinds of paper, suppositions and bystanders are read as they are meant."""

from collections.abc import Callable

import pytest

from bot.services.words.bystanders import without_bystanders
from bot.services.words.cost import cost_beside
from bot.services.words.kinds_compared import asks_which_kind, bare_kind, kinds_compared
from bot.services.words.money import (
    asks_capital_needed,
    asks_how_much_tax,
    asks_no_price,
    asks_of_loan,
    payment_named,
)
from bot.services.words.supposed import supposed_thing

WORDS: tuple[tuple[str, Callable[[str], object], object], ...] = (
    ("一个月也就卖五六千块 要交多少税", asks_how_much_tax, True),
    ("税咋算 老百姓又没发票", asks_how_much_tax, True),
    ("税高不高", asks_how_much_tax, True),
    ("税务登记多少钱", asks_how_much_tax, False),
    ("分公司自己交税还是总公司交", asks_how_much_tax, False),
    ("股权转让交多少税", asks_how_much_tax, False),
    ("税收优惠怎么算", asks_how_much_tax, False),
    ("贷款最多贷多少", asks_of_loan, True),
    ("利息国家给出一半还是全部", asks_of_loan, True),
    ("拖欠货款能要利息吗", asks_of_loan, False),
    ("利息能要不 按多少", asks_of_loan, False),
    ("那最少得准备多少钱", asks_capital_needed, True),
    ("开个店得投多少钱", asks_capital_needed, True),
    ("一共要多少钱", asks_capital_needed, False),
    ("注册资本准备多少", asks_capital_needed, False),
    ("用氨还是氟 卖设备的说氨便宜", asks_no_price, True),
    ("变压器得上个大的 找谁", asks_no_price, True),
    ("收费不", asks_no_price, False),
    ("贵不贵", asks_no_price, False),
    ("那得交钱不", asks_no_price, False),
    ("那个专资是啥 要交多少", payment_named, "专资"),
    ("要交多少", payment_named, None),
    ("查体在哪查 多少钱", cost_beside, "查体"),
    ("化验谁给化 自己掏钱啊", cost_beside, "化验"),
    ("电线拉二百米多少钱", cost_beside, "电线"),
    ("多少钱 电线从大路拉过来二百米", cost_beside, "电线"),
    ("门头审批要钱不", cost_beside, None),
    ("装水表要钱不", cost_beside, None),
    ("这个证多少钱", cost_beside, None),
    ("装北斗多少钱", cost_beside, "北斗"),
    ("塔吊一个月多少钱", cost_beside, "塔吊"),
    ("装水表多少钱", cost_beside, None),
    ("办下来一共多少钱", cost_beside, None),
    ("社保一个月多少钱", cost_beside, None),
    ("那个备案跟许可证有啥区别", kinds_compared, ("备案", "许可")),
    ("登记跟许可我是哪种", kinds_compared, ("登记", "许可")),
    ("那个是许可还是备案", kinds_compared, ("许可", "备案")),
    ("消防验收和备案我是哪一种", kinds_compared, None),
    ("二类备案和三类许可有啥区别", kinds_compared, None),
    ("登记和备案哪个快", kinds_compared, None),
    ("登记跟许可我是哪种", asks_which_kind, True),
    ("备案和许可一样吗", asks_which_kind, False),
    ("那备案呢", bare_kind, "备案"),
    ("食品备案呢", bare_kind, None),
    ("那在一楼的话呢", supposed_thing, "在一楼"),
    ("要是只管上午不管饭呢", supposed_thing, "只管上午不管饭"),
    ("那把帐篷放在河滩上呢", supposed_thing, "把帐篷放在河滩上"),
    ("爆米花可乐呢", supposed_thing, "爆米花可乐"),
    ("那材料呢", supposed_thing, None),
    ("那多久呢", supposed_thing, None),
    ("不办呢", supposed_thing, None),
    ("换成公司呢", supposed_thing, None),
    ("隔壁是卖馒头的", without_bystanders, "那里"),
    ("隔壁有烟店还能办吗", without_bystanders, "隔壁有烟店还能办吗"),
    ("收老百姓的粮打白条行不", without_bystanders, "收人家的粮打白条行不"),
    ("征地老百姓不同意", without_bystanders, "征地老百姓不同意"),
    ("现在直接流到路边沟里", without_bystanders, "现在直接流到外面"),
    ("路边挖个沟埋管子", without_bystanders, "路边挖个沟埋管子"),
    ("厂子靠着河 想修个桥", without_bystanders, "厂子靠着河 想修个桥"),
)


@pytest.mark.parametrize(("text", "read", "expected"), WORDS)
def test_words_are_read_where_they_are_meant(
    text: str, read: Callable[[str], object], expected: object
) -> None:
    """What is meant is found, and what only sounds like it is not."""
    assert read(text) == expected
