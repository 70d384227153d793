"""What is told behind an offer, of a take-over, of rooms and of a business that runs."""

import pytest

from bot.services.words.opening_told import opening_told
from bot.services.words.rooms_told import Rooms, does_told, rooms_told
from bot.services.words.runs_told import (
    has_trouble,
    is_no_trade,
    is_of_another_firm,
    long_done,
    tells_running,
)
from bot.services.words.taking_over import is_sent_for_licence, is_to_take_over
from bot.services.words.told_behind import agrees, refuses, settles_on, tells_scale
from bot.services.words.town import names_town


@pytest.mark.parametrize(
    ("text", "is_yes"),
    [
        ("接 想接", True),
        ("想", True),
        ("弄", True),
        ("那就弄吧", True),
        ("能的话就开", True),
        ("干", True),
        ("不想接", False),
        ("干啥的", False),
        ("想想再说", False),
        ("想问个事", False),
        ("开发票", False),
        ("弄不了", False),
    ],
)
def test_a_yes_in_the_words_of_the_trade(text: str, is_yes: bool) -> None:
    """Everything in the text agrees, and nothing else is told."""
    assert agrees(text) is is_yes


@pytest.mark.parametrize(
    ("text", "is_scale"),
    [
        ("200头左右 肉牛", True),
        ("六间房", True),
        ("十张桌子", True),
        ("100台机子", True),
        ("养了三百只", True),
        ("长六米高一米五", False),
        ("小点呢 3米8", False),
        ("我俩才四十米", False),
        ("罚了两千块", False),
        ("等了三个月", False),
        ("欠俺三十个人的工资", False),
    ],
)
def test_a_size_is_told(text: str, is_scale: bool) -> None:
    """A number with a measure of rooms, animals or things, and nothing that happened."""
    assert tells_scale(text) is is_scale


@pytest.mark.parametrize(("text", "is_no"), [("不想接", True), ("我不想开", True), ("想接", False)])
def test_an_offer_is_refused(text: str, is_no: bool) -> None:
    """Who does not want it says so first."""
    assert refuses(text) is is_no


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("那要不干脆注销算了", True),
        ("不如弄个公司算了", True),
        ("算了", False),
        ("干脆不弄算了", False),
        ("要不算了吧", False),
    ],
)
def test_who_decides_leaves_nothing(text: str, is_said: bool) -> None:
    """算了 behind what is chosen ends no form."""
    assert settles_on(text) is is_said


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("学校门口打字复印的老店要关了 我表姐让我接手 说挣钱", True),
        ("老家有个澡堂子 老板要去青岛带孙子了 问我接不接 我手里有点闲钱", True),
        ("俺爹做了一辈子驴肉烧饼 现在干不动了让我接着干 我想租个门头", True),
        ("我师傅干不动了 让我把修表铺接下来", True),
        ("我同学的奶茶店不想干了 想让我盘下来", True),
        ("我的店不想干了 想让别人接手", False),
        ("俺跟战友合开的KTV不想干了 他说把股份都给我 我也不想要", False),
        ("我爸岁数大了想让我接着干，照上还是他的名字", False),
        ("公司里的弟兄要撤股 他那三成让我接过来", False),
        ("老板不干了 房东把门锁了 押金不退", False),
        ("我姐的店转给我 要办啥手续", False),
    ],
)
def test_a_shop_is_to_be_taken_over(text: str, is_taken: bool) -> None:
    """Somebody leaves, and who tells it is to go on."""
    assert is_to_take_over(text) is is_taken


@pytest.mark.parametrize(
    ("text", "is_sent"),
    [
        ("我在抖音上卖毛衣 现在一天能出二百单 平台让我上传执照了", True),
        ("房东让我办个照才给签合同 想开个面馆", True),
        ("市场管理让我们都办执照 我卖布的", True),
        ("拼多多说不上传执照就限制 我卖草编的", True),
        ("平台让我上传健康证", False),
        ("抖音让我重新上传执照 说过期了", False),
        ("我有执照 平台让我上传 咋弄", False),
        ("平台让我上传照片", False),
    ],
)
def test_who_sells_must_have_a_licence(text: str, is_sent: bool) -> None:
    """A platform, a landlord or a market wants one, and there is none yet."""
    assert is_sent_for_licence(text) is is_sent


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("没店 就在家里弄", Rooms.HOME),
        ("都在家发货", Rooms.HOME),
        ("自己家的屋", Rooms.HOME),
        ("我家院子", Rooms.HOME),
        ("租的三层楼 原来是个旅馆", Rooms.ROOMS),
        ("在商场四楼", Rooms.ROOMS),
        ("一个摊位", Rooms.ROOMS),
        ("俺俩口子", Rooms.PEOPLE),
        ("就我跟我妹", Rooms.PEOPLE),
        ("没别人", Rooms.PEOPLE),
        ("一台石磨一个炒锅", Rooms.THINGS),
        ("手里有十来万", Rooms.MONEY),
        ("收钱的 也不能白干", Rooms.MONEY),
        ("嗯 那办吧 就写她的名", Rooms.NAME),
        ("家里住的房子能写地址不", None),
        ("租的门面房东不让干了", None),
        ("公司", None),
        ("不知道", None),
        ("三张证", None),
        ("一个月能办下来", None),
    ],
)
def test_rooms_hands_and_things(text: str, kind: Rooms | None) -> None:
    """Told in everyday words, and no question and no trouble."""
    assert rooms_told(text) is kind


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("光洗 后面想着也给人换换机油补补胎", True),
        ("主要做婚纱", True),
        ("先卖两种", True),
        ("光洗车要办啥", False),
        ("就这些", False),
    ],
)
def test_what_is_done_there(text: str, is_told: bool) -> None:
    """What is done now or later on, and asks nothing."""
    assert does_told(text) is is_told


@pytest.mark.parametrize(
    ("text", "before", "is_own"),
    [
        ("我们做服装加工的 30个人", "", True),
        ("打家具的 喷漆", "昨天环保的来了说我没办排污的那个要罚我", True),
        ("卖五金的", "我的执照被列入经营异常了", True),
        ("打家具的 喷漆", "", False),
        ("想开个打家具的", "要罚我", False),
        ("开奶茶店的", "想打听下手续", False),
    ],
)
def test_a_business_runs(text: str, before: str, is_own: bool) -> None:
    """Who tells a trouble or a firm's size, and what is done, opens nothing."""
    assert tells_running(text, before) is is_own


def test_what_only_sounds_like_a_trade() -> None:
    """Somebody else's firm, a span of time, and what was done for years."""
    assert is_of_another_firm("那公司搞钢结构的")
    assert not is_of_another_firm("我公司搞钢结构的")
    assert is_no_trade("两年想回来")
    assert not is_no_trade("回收废品")
    assert long_done("给人洗了五年车 手艺还行") == "洗车"
    assert long_done("修了十来年鞋 想租个门面") == "修鞋"
    assert long_done("等了三年") is None
    assert has_trouble("法院给我发短信")
    assert not has_trouble("想开个店")


@pytest.mark.parametrize(
    ("text", "town", "is_named"),
    [
        ("堂邑的", "堂邑镇", True),
        ("在烟店那边", "烟店镇", True),
        ("柳园街道", "柳园街道", True),
        ("新区的", "新区街道", False),
        ("堂邑烧饼店", "堂邑镇", False),
        ("烟店镇轴承公司", "烟店镇", False),
    ],
)
def test_a_town_is_named(text: str, town: str, is_named: bool) -> None:
    """By its whole name, or by the short one where nothing else is told."""
    assert names_town(text, town) is is_named


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("周末城里人老来钓鱼 家里有个院空着 想拾掇拾掇让人住", "民宿"),
        ("我是退休的老中医 街坊老来家里找我看病 孩子们说让我弄个门头", "诊所"),
        ("我家有片果园 我想着弄几十个帐篷收点钱", "露营"),
        ("我弟弟买了辆大车想收麦子 倒手卖给面粉厂 也不知道行不行", "粮食收购"),
        ("我们几个有拖拉机收割机的合计着一块干 给人耕地收割", "农机作业"),
        ("房子让人住了三年 想要回来", None),
        ("收麦子的时候路被堵了 想投诉", None),
        ("想找人给俺家耕地", None),
        ("我家院子让城管贴了封条 想让人住也不行", None),
        ("我想开个店卖帐篷", None),
        ("民宿已经开了两年 想让人住得多点", None),
        ("想让人住要办啥证", None),
    ],
)
def test_a_business_told_by_what_is_done(text: str, trade: str | None) -> None:
    """A wish and what is done there, and no trouble, no question and no business that runs."""
    assert opening_told(text) == trade
