"""What people call their trade, and the bundle or class that it must lead to."""

from dataclasses import replace

import pytest

from bot.services.finding.lookup import Lookup
from bot.services.finding.trade_names import TradeNames, is_other_kind, what_is_done
from tests.catalogue_files import committed_catalogue, committed_lookup

BUNDLES = {
    "restaurant": (
        "馆子 小馆子 饭铺 铁锅炖 铁锅炖小馆子 包子铺 早点摊 卤味店 卤菜店 烤鱼店 "
        "烧饼铺 饺子馆 大排档 夜宵摊 披萨店 西餐厅 日料店 茶馆 酒吧 熟食店 蛋糕店 "
        "烘焙坊 奶茶店 奶茶加盟店 小吃部 学校食堂 海鲜大排档 爆米花店"
    ),
    "supermarket": (
        "小卖部 烟酒店 名烟名酒店 烟酒经营部 母婴店 水果店 零食店 茶叶店 酒水批发 "
        "副食批发 水站 乡镇小超市 红酒店 茶店 酒铺"
    ),
    "hotel": "宾馆 酒店 民宿 客栈 公寓酒店",
    "beauty": "理发铺 发廊 美甲店 美容馆",
    "gym": "健身房 台球厅 瑜伽馆 游泳馆",
    "training": "跆拳道馆 美术培训 舞蹈工作室 辅导班",
    "kindergarten": "幼儿园 托育园 托班",
    "ktv": "歌厅 电玩城",
    "netcafe": "网咖 网吧",
    "cinema": "电影院",
    "clinic": "口腔诊所 中医馆",
    "pet": "宠物医院 动物医院 宠物美容店",
    "pharmacy": "药店 大药房 医疗器械店",
    "bookstore": "绘本书店 教辅店",
    "logistics": "跑运输 物流公司",
    "factory": "轴承厂 砖厂 板材厂 塑料厂 鞋厂",
}
CLASSES = {
    "A01": "种植 种粮食 大蒜种植",
    "A0141": "蔬菜大棚",
    "A0212": "苗木",
    "A03": "养殖 驴养殖",
    "A0311": "养牛",
    "A0313": "养猪场",
    "A0321": "养鸡场 开个养鸡场",
    "A0412": "养鱼",
    "A0514": "农产品加工",
    "C1312": "面粉厂",
    "C1331": "榨油坊 香油坊",
    "C1392": "豆腐坊 豆腐加工 豆腐小作坊",
    "C1431": "馒头铺 馒头坊 蒸馍",
    "C1512": "酒厂",
    "C2011": "木材加工",
    "C2319": "印刷厂",
    "C3312": "门窗厂 门窗加工厂",
    "C3484": "机械加工",
    "C4310": "电焊铺",
    "E5012": "装修公司",
    "F5111": "粮食收购",
    "F5123": "水果批发部",
    "F5164": "钢材店",
    "F5166": "化肥店",
    "F5167": "农药店 农资店 村头农药店 卖农药",
    "F5181": "外贸公司",
    "F5191": "废品回收",
    "F5199": "贸易公司",
    "F5223": "菜店",
    "F5224": "海鲜店 肉铺 水产店",
    "F5232": "服装店 服装专卖店",
    "F5233": "鞋店",
    "F5234": "化妆品店",
    "F5236": "眼镜店",
    "F5238": "电动车店 自行车行",
    "F5239": "劳保用品",
    "F5253": "兽药店",
    "F5263": "轮胎店",
    "F5265": "加油站",
    "F5267": "充电站",
    "F5273": "电脑店",
    "F5274": "手机店 手机店铺",
    "F5281": "五金店 老王五金店 五金经营部",
    "F5282": "灯具店",
    "F5289": "建材店",
    "F5299": "花店 消防器材",
    "G5413": "网约车",
    "G5438": "搬家公司",
    "G5930": "冷库",
    "G6020": "快递驿站 快递网点",
    "L7231": "律师事务所",
    "L7271": "保安公司",
    "L7293": "打印店 打字复印",
    "O8030": "干洗店",
    "O8053": "推拿店 艾灸馆 采耳店",
    "O8070": "婚庆公司",
    "O8090": "月子中心 纹身店 陪诊",
    "O8111": "洗车店 汽车美容 修车铺",
    "O8114": "电动车维修部",
    "O8132": "家电维修",
    "P839": "驾校",
    "P8394": "托管班",
    "P8399": "早教",
    "Q8514": "养老院",
    "R8820": "剧院",
    "R9019": "棋牌室 麻将馆 密室逃脱 剧本杀 儿童乐园",
    "R9020": "游乐场",
    "R9049": "彩票店",
}
EXPECTED = [(n, f"bundle:ot-{key}") for key, names in BUNDLES.items() for n in names.split()] + [
    (n, f"code:{key}") for key, names in CLASSES.items() for n in names.split()
]
NO_TRADE = [
    "合作社",
    "加盟店",
    "阿胶加工",
    "家教",
    "动物诊所",
    "宠物药店",
    "图书馆",
    "烟花店",
    "旁边是药店",
    "附近有加油站",
    "没有物业公司",
    "不想开个火锅店",
    "开个公司",
    "开个分公司",
    "办个执照",
    "公司搬家",
    "快递给我",
    "租厂房",
    "个体户",
    "好的",
    "店",
]


@pytest.mark.parametrize(("name", "trade"), EXPECTED)
def test_a_trade_is_found_as_people_call_it(name: str, trade: str) -> None:
    assert committed_lookup().find_trade(name) == trade


@pytest.mark.parametrize("text", NO_TRADE)
def test_what_is_no_trade_or_could_be_several_is_none(text: str) -> None:
    assert committed_lookup().find_trade(text) is None


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("农药店", "bundle:ot-pharmacy"),
        ("兽药店", "bundle:ot-pharmacy"),
        ("海鲜店", "bundle:ot-restaurant"),
        ("豆腐坊", "bundle:ot-restaurant"),
        ("馒头铺", "bundle:ot-restaurant"),
        ("名烟名酒店", "bundle:ot-hotel"),
        ("红酒店", "bundle:ot-hotel"),
        ("茶店", "bundle:ot-restaurant"),
        ("驾校", "bundle:ot-training"),
        ("托管班", "bundle:ot-training"),
        ("汽车美容", "bundle:ot-beauty"),
        ("棋牌室", "bundle:ot-ktv"),
        ("爆米花店", "code:F5299"),
    ],
)
def test_a_trade_that_sounds_like_another_is_not_taken_for_it(name: str, wrong: str) -> None:
    assert committed_lookup().find_trade(name) not in {None, wrong}


@pytest.mark.parametrize(
    ("sentence", "trade"),
    [
        ("想整个铁锅炖小馆子", "bundle:ot-restaurant"),
        ("我想在临清开个火锅店", "bundle:ot-restaurant"),
        ("想整个豆腐坊", "code:C1392"),
        ("干个洗车店", "code:O8111"),
        ("想开一家小饭铺", "bundle:ot-restaurant"),
    ],
)
def test_a_trade_is_found_behind_the_wish_to_open_it(sentence: str, trade: str) -> None:
    assert committed_lookup().find_trade(sentence) == trade


@pytest.mark.parametrize(
    ("code", "matter_id"),
    [
        ("C1392", "lic-small-workshop"),
        ("C1431", "lic-small-workshop"),
        ("C1331", "lic-small-workshop"),
        ("C1312", "lic-food-production"),
        ("F5167", "lic-pesticide"),
        ("F5265", "lic-hazchem"),
    ],
)
def test_a_trade_without_a_bundle_wants_the_licence_made_for_it(code: str, matter_id: str) -> None:
    matters = committed_catalogue().matters.values()
    licences = {matter.id for matter in matters if code in matter.industry_codes}
    assert licences == {matter_id}


def test_two_trades_that_are_equally_like_a_text_are_none() -> None:
    known = committed_catalogue()
    one, other = list(known.industries.values())[:2]
    alike = {
        one.code: replace(one, name="火锅店", aliases=()),
        other.code: replace(other, name="货郭店", aliases=()),
    }
    lookup = Lookup(replace(known, industries=alike, one_things={}))
    assert lookup.find_trade("或国店") is None
    assert lookup.find_trade("火锅店") == f"code:{one.code}"


def test_a_longer_end_beats_a_shorter_one_and_another_word_for_the_place() -> None:
    names = TradeNames({"药店": "medicine", "农药店": "pesticide"})
    assert names.find("镇上药店") == "medicine"
    assert names.find("镇上农药店") == names.find("镇上农药铺") == "pesticide"


def test_an_end_of_two_signs_counts_when_a_place_ends_so_or_it_is_named_short() -> None:
    assert TradeNames({"厂房": "factory"}).find("村头厂房") is None
    assert TradeNames({"厂房": "factory"}, frozenset({"厂房"})).find("村头厂房") == "factory"
    assert TradeNames({"花店": "flowers"}).find("村头花店") == "flowers"


def test_another_kind_is_told_from_its_beginning() -> None:
    assert is_other_kind("动物诊所", "诊所")
    assert not is_other_kind("动物诊所", "动物医院")
    assert not is_other_kind("宠物店隔壁想开一家诊所可以吗", "诊所")


def test_what_is_taught_is_a_training_and_what_is_mended_keeps_its_word() -> None:
    assert what_is_done("租200平场地教小孩跳舞，成立公司做") == ("跳舞培训",)
    assert what_is_done("准备修电动车") == ("修电动车",)
    assert what_is_done("先把店面装修好") == ()
    assert what_is_done("想开个猫咖") == ("猫咖",)
