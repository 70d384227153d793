"""What a reviewer of the thirty-third session found to fire where it must not, and what must."""

from collections.abc import Callable

import pytest

from actions.plans.ruled_out_step import _sparing
from bot.domain.conditions import parse
from bot.services.finding.matter_faqs import asks_validity
from bot.services.words.bought import is_only_bought, thing_bought
from bot.services.words.business import ends_or_hands_on, is_given_up
from bot.services.words.case_asked import HOLDER, LIGHTS, OVERDUE, REST, SLOW, TO_DO, part_asked
from bot.services.words.early import begins_before
from bot.services.words.matter_remarks import owes
from bot.services.words.paper_asked import ends_in_need
from bot.services.words.policy_remarks import speaks_of_benefit
from bot.services.words.remarks import gives_up
from tests.services.test_life_events import JOURNEY

EARLY = (
    "证没下来先干着行吧 证没下来先给邻居的猫绝个育行吧 没批下来先卖行不 没证先看病行吗 "
    "没有证先停车收费用着行吗 证还没弄好先开业行不 没批先排水行吗 手续没办先打地基中不 "
    "没证先干着会查吗 没批先开工会不会罚"
)
NOT_EARLY = (
    "还没弄好先停下行不 还没弄完先存着行不 没弄完先到这儿行吗 没批下来先查查进度行吗 "
    "没办下来先撤了行吗 没手续先了解一下行不 没证件先排个号行吗 还没填完先放着行吗"
)
GIVEN_UP = "店撑不住了 生意扛不住了要关 照咋销 馆子快撑不下去了 不打算开了 执照想销户"
NOT_GIVEN_UP = (
    "资金周转不开撑不住了，能贷点款不 房租太贵，快撑不住了，有补贴没 扛不住了，有啥政策 "
    "门头撑不住了要掉 店快撑不住了，能贷款不 厂里撑不住了，有啥优惠没"
)
CLOSED = (
    "执照想消了 把公司给消了吧 纸箱厂干不动了，想把执照消了 童装店干不动了 合伙企业散伙要办啥手续 "
    "照给消了咋办 店弄不动了 撑不住了，照咋销 饭店干不下去了，想注销，有补贴没"
)
NOT_CLOSED = (
    "处罚记录想消了咋办 异常名录能给消了不 我的预约给消了 机器开不动了，补贴换新不 "
    "资金周转不开撑不住了，能贷点款不 房租太贵，快撑不住了，有补贴没 扛不住了，有啥政策 "
    "门头撑不住了要掉 叉车开不动了咋报废 厂子干不下去了，能贷点款不"
)
OWED = (
    "给上市公司供的料，验收半年了不给结款 交了货不结账，最长能拖多少天 还欠供货商钱呢 "
    "工程款没给 货款没到账 甲方拖着不给钱 干完活不给钱"
)
NOT_OWED = (
    "银行不给贷款 贷款没到账 补贴没给打钱 押金不给退钱 不给开对公账户 罚款没结 "
    "交了钱不给办证 收了钱不给办 政府补贴没给打钱"
)
VALID = "不动产证有效期几年 不动产登记证管多久 拖拉机驾驶证几年一换 烟证最长几年"
NOT_VALID = "拿了证拖多久算过期 证下来了一直拖着不动，多久算过期 没开工，许可有效期几年"
BENEFIT = (
    "国家给补吗 政府出钱不 上面给补点不 公家帮出一半吗 财政贴多少 政府出不出钱 "
    "国家给担保不 有补贴没 上头帮掏点不"
)
NO_BENEFIT = (
    "执照上面出错了咋改 玻璃上面贴广告要批吗 门上面贴了封条 招牌上面贴个灯要审批不 "
    "国家出了新规定吗 政府出的文件在哪看 上头担心不合格"
)
NEEDED = (
    "水质检测是家家都做 安全评价报告我们这种不带储存的还要交吗 消防检测用不用做 "
    "租赁合同必须交吗 检测报告要不要带 水质检测也要吗 体检要做吗"
)
NOT_NEEDED = (
    "身份证复印件能用吗 租赁合同手写的管用不 租赁合同到期了还能用不 租赁合同不要了 "
    "复印件中用不 电子版可用吗"
)
LEFT = "算了，先不投诉了 不举报了吧 先不反映了，谢谢 不投诉 不弄了 先这样"
NOT_LEFT = (
    "这事不投诉不行 不举报他们就不管 我要是不反映就没人管 不投诉，他们就不管 要是不举报，会改吗"
)

SENTENCES: list[tuple[Callable[[str], bool], str, bool]] = [
    *[(begins_before, EARLY, True), (begins_before, NOT_EARLY, False)],
    *[(is_given_up, GIVEN_UP, True), (is_given_up, NOT_GIVEN_UP, False)],
    *[(ends_or_hands_on, GIVEN_UP, True), (ends_or_hands_on, NOT_GIVEN_UP, False)],
    *[(owes, OWED, True), (owes, NOT_OWED, False)],
    *[(asks_validity, VALID, True), (asks_validity, NOT_VALID, False)],
    *[(speaks_of_benefit, BENEFIT, True), (speaks_of_benefit, NO_BENEFIT, False)],
    *[(ends_in_need, NEEDED, True), (ends_in_need, NOT_NEEDED, False)],
    *[(gives_up, LEFT, True), (gives_up, NOT_LEFT, False)],
]


@pytest.mark.parametrize(
    ("reads", "text", "expected"),
    [(reads, text, expected) for reads, texts, expected in SENTENCES for text in texts.split()],
)
def test_a_sentence_is_read(reads: Callable[[str], bool], text: str, expected: bool) -> None:
    assert reads(text) is expected


@pytest.mark.parametrize(
    ("text", "is_end"),
    [(text, True) for text in CLOSED.split()] + [(text, False) for text in NOT_CLOSED.split()],
)
def test_an_end_is_told_apart_from_trouble(text: str, is_end: bool) -> None:
    event = JOURNEY.find(text)
    assert (event is not None and event.id == "close") is is_end


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("还得几天", REST),
        ("你们啥时候能办好", REST),
        ("现在谁在办", HOLDER),
        ("该找谁", HOLDER),
        ("黄灯是啥意思", LIGHTS),
        ("咋这么慢", SLOW),
        ("我现在要干啥", TO_DO),
        ("超期了找谁", OVERDUE),
        ("到期还没批下来咋办", OVERDUE),
        ("到日子了还不给咋弄", OVERDUE),
        ("证到期了咋续", None),
        ("食品证到期怎么延", None),
        ("大厅啥时候上班", None),
        ("你们几号放假", None),
        ("补贴啥时候发", None),
        ("社保几号交", None),
        ("大厅电话多少", None),
        ("投诉找谁", None),
        ("法人换了咋办找谁", None),
        ("加急收费吗", None),
    ],
)
def test_a_part_of_a_case_is_asked_for(text: str, part: str | None) -> None:
    assert part_asked(text) == part


def test_what_is_bought_opens_nothing() -> None:
    for part, text in (
        ("库房顶上想铺光伏", "库房顶上想铺光伏，这个有补贴没"),
        ("厂里想装充电桩", "厂里想装充电桩，补贴有没有"),
    ):
        assert is_only_bought(part, text)
    for part, text in (
        ("想开个饭店", "想开个饭店，换个灶台，有补贴没"),
        ("想盖个冷库", "想盖个冷库，有啥补贴"),
        ("想建个养殖场", "想建个养殖场，有补贴没"),
    ):
        assert not is_only_bought(part, text)
    assert not thing_bought("盖公章以后，补贴咋申请")


def test_the_step_is_spared_by_what_makes_it_so() -> None:
    facts = {"hires_staff": False, "is_rented": True, "area_m2": 40.0}
    alone = parse("not is_rented and area_m2 > 0")
    assert _sparing(alone, facts) == ["is_rented"]
    both = parse("hires_staff or area_m2 > 100")
    assert _sparing(both, facts) == ["area_m2", "hires_staff"]
    assert _sparing(parse("is_rented"), facts) == []
    assert _sparing(None, facts) == []
