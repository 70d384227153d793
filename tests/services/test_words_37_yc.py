"""What opens, ends or is noted though nobody said so is told apart from what was meant."""

from collections.abc import Callable

import pytest

from bot.services.reading.called_names import may_be_called
from bot.services.words.groundless import is_groundless, plans_only, speaks_of_trouble
from bot.services.words.plain_fact import tells_fact
from bot.services.words.plight import Plight, plight_asked_on, plight_told
from bot.services.words.policy import told_fields
from bot.services.words.story import tells_trouble
from bot.services.words.taken_aback import asks_which_name, asks_why_not, doubted, is_borne_out
from bot.services.words.term_asked import shares_words, term_asked
from bot.services.words.ticket import asks_anonymity
from bot.services.words.unsaid import asks_on, blames_others, drops_thing

GROUNDLESS = (
    ("apply_online", "登记表自己在网上填就行?", True),
    ("apply_online", "在网上自己申报就中吧", True),
    ("apply_online", "平台让我上传执照了", True),
    ("apply_online", "拼多多通知我要交执照", True),
    ("apply_online", "帮我在网上申请个体户执照", False),
    ("apply_online", "现在就申请", False),
    ("apply_online", "你直接给我填了交上就行", False),
    ("apply_online", "材料都齐了 提交吧", False),
    ("rate_service", "那个啥影响评价 小打小闹也要吗", True),
    ("rate_service", "能评要做不", True),
    ("rate_service", "安全评价谁来做", True),
    ("rate_service", "我想给窗口评价一下", False),
    ("rate_service", "环评窗口那小伙给个五星", False),
    ("rate_service", "态度好 满意", False),
    ("plan_project", "那个筹建的是啥意思 先筹建后审核?", True),
    ("plan_project", "啥叫容积率", True),
    ("plan_project", "想盖个厂房 容积率是啥意思", False),
    ("plan_project", "建个冷库要办啥", False),
    ("query_ticket", "城管昨天来说让我拆了 给了张单子", True),
    ("query_ticket", "消防的下了个整改通知书", True),
    ("query_ticket", "我那个投诉单子到哪了", False),
    ("query_ticket", "上回吹的哨给我回单了没", False),
    ("blow_whistle", "地没人种 我们几个有拖拉机收割机的合计着一块干", True),
    ("complain", "寻思着跟俩战友合伙干个物流", True),
    ("blow_whistle", "厂门口路断了俩月 想让几个部门一块来看看", False),
    ("blow_whistle", "我要吹哨 供电不给接电", False),
    ("complain", "窗口的人骂我 我打算讨个说法", False),
    ("goodbye", "那就算大型的了？", True),
    ("goodbye", "先走了 再见", False),
    ("goodbye", "我没啥问的了", False),
    ("abuse", "果然是骗子 谢谢", True),
    ("abuse", "你们就是骗子", False),
    ("abuse", "骗子", False),
    ("stop", "好吧那先不买机器了", True),
    ("stop", "先不雇人了", True),
    ("stop", "先不办证了", False),
    ("stop", "不弄了", False),
    ("stop", "算了 不约了", False),
)


@pytest.mark.parametrize(("intent", "text", "expected"), GROUNDLESS)
def test_a_service_wants_a_ground_in_the_text(intent: str, text: str, expected: bool) -> None:
    """Only what speaks against a service takes it back."""
    assert is_groundless(intent, text) is expected


FIELDS: tuple[tuple[str, dict[str, object]], ...] = (
    ("没有高企", {"hightech_valid": False}),
    ("高企还没评上", {"hightech_valid": False}),
    ("我们不是高新", {"hightech_valid": False}),
    ("高企证过期了", {"hightech_valid": False}),
    ("我们是高企", {"hightech_valid": True}),
    ("刚评上高新技术企业", {"hightech_valid": True}),
    ("想评个高企", {}),
    ("有没有高企都行吗", {}),
    ("高企税率多少", {}),
    ("要是没有高企呢", {}),
    ("我们公司在高新区", {}),
    ("不是科技型中小企业", {"tech_sme": False}),
    ("没入库", {"tech_sme": False}),
    ("科小入了库", {"tech_sme": True}),
    ("货入库了", {}),
    ("没有研发", {"rd_expense": 0.0}),
    ("不搞研发", {"rd_expense": 0.0}),
    ("去年收入三百来万 研发花了八十多万", {"rd_expense": 8e5, "sales_revenue": 3e6}),
    ("一年营业额五百万", {"sales_revenue": 5e6}),
    ("没雇人", {"employees": 1.0}),
    ("没欠过税", {"owes_wage": False}),
    ("没有失信记录", {"owes_wage": False}),
    ("甲方拖欠我货款", {}),
    ("不是头一回创业", {"first_time_founder": False}),
    ("头一回创业", {"first_time_founder": True}),
    ("没参加过政府采购", {"procurement_bidder": False}),
    ("参加过政府采购", {"procurement_bidder": True}),
    ("不在聊城注册", {"in_liaocheng": False}),
    ("不是制造业", {"manufacturing": False}),
    ("还没有证", {}),
)


@pytest.mark.parametrize(("text", "expected"), FIELDS)
def test_a_denial_is_no_yes(text: str, expected: dict[str, object]) -> None:
    """What a firm lacks is noted as lacking, and what is only asked is not noted."""
    assert told_fields(text) == expected


TOLD = (
    ("我让一个代办公司给办执照 收了我四千八 现在人联系不上了", Plight.CHEATED),
    ("找了个中介办食品证 交了三千块钱 到现在没影了", Plight.CHEATED),
    ("前几年帮老板挂个名当法人 现在老板找不着人了 法院给我发短信", Plight.NAME_LENT),
    ("用我身份证注册的公司 老板失联了", Plight.NAME_LENT),
    ("给一个大厂做工作服 货交了七个月了一分钱不给", Plight.OWED),
    ("给学校食堂送菜 半年了菜款一直没结", Plight.OWED),
    ("活干完了 总包压着钱不给", Plight.OWED),
    ("朋友拿了我货不给钱", Plight.OWED_PRIVATELY),
    ("电也给我贴封条了 啥时候能揭", Plight.SEALED),
    ("限高了 坐不了高铁 咋办", Plight.COURT),
    ("想开个代办公司", None),
    ("代账公司一年收多少钱", None),
    ("能让我妈当法人吗", None),
    ("我们公司欠着税能注销吗", None),
    ("老板欠我工资找谁", None),
    ("押金不退咋办", None),
    ("拖欠货款能要利息吗", None),
    ("限高能当法人吗", None),
    ("驾照被扣了", None),
    ("我要投诉 中介收了我三千块钱没影了", None),
)


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_a_plight_is_told(text: str, expected: Plight | None) -> None:
    """Trouble with others is known by what happened, and a wish to file is none."""
    assert plight_told(text) is expected


ON = (
    ("那我起诉?", Plight.SUES),
    ("我去哪投诉他", Plight.WHERE_TO),
    ("欠的税会不会找我", Plight.WHOSE_DEBT),
    ("我身份证当时是自愿给的 算冒用不", Plight.OWN_WILL),
    ("执照下来没有我咋查", Plight.LOOKS),
    ("那他说的加急费地址费都是骗人的呗", Plight.FEES),
    ("六十天从哪天算", Plight.COUNTED),
    ("税怎么交", None),
    ("这个找谁办", None),
    ("能起诉环保局吗", None),
)


@pytest.mark.parametrize(("text", "expected"), ON)
def test_a_plight_is_asked_on(text: str, expected: Plight | None) -> None:
    """What is asked behind a trouble is known by its words."""
    assert plight_asked_on(text) is expected


BORNE = (
    ("五年内真得交上啊", "有限公司由股东自公司成立之日起5年内缴足", True),
    ("三年都得补?", "没报的年度一年一年都补上", True),
    ("56个学时?? 那么多", "交学历证明或者56学时的培训证明", True),
    ("不要钱???", "“食品经营许可”的费用：不收费", True),
    ("非得五个人吗", "5名以上成员，农民至少占80%", True),
    ("都得登记啊", "都要登记，查验身份证件并如实登记", True),
    ("不用交啊", "要缴纳水资源税", False),
    ("还得交钱啊", "不收费", False),
    ("三年内真得交上啊", "自公司成立之日起5年内缴足", False),
)


@pytest.mark.parametrize(("text", "sentence", "expected"), BORNE)
def test_who_is_taken_aback_gets_a_yes(text: str, sentence: str, expected: bool) -> None:
    """A yes is only said where the sentence says the same."""
    part = doubted(text)
    assert (part is not None and is_borne_out(part, sentence)) is expected


WORDS: tuple[tuple[str, Callable[[str], object], object], ...] = (
    ("几年内交上", doubted, None),
    ("在哪补", doubted, None),
    ("为啥不行啊", asks_why_not, True),
    ("凭啥不让开", asks_why_not, True),
    ("为啥问这个", asks_why_not, False),
    ("为啥要办", asks_why_not, False),
    ("那叫个啥合适", asks_which_name, True),
    ("名字咋起", asks_which_name, True),
    ("叫什么证", asks_which_name, False),
    ("那招拍挂是啥意思", term_asked, "招拍挂"),
    ("设施农用地？没听说过 啥意思", term_asked, "设施农用地"),
    ("啥叫社会投资", term_asked, "社会投资"),
    ("这个啥意思啊", term_asked, None),
    ("前面这个问题啥意思", term_asked, None),
    ("有拖拉机的一块干", tells_trouble, False),
    ("办事拖拉 跑了三趟", tells_trouble, True),
    ("他说他从来没查过", speaks_of_trouble, False),
    ("部门之间推来推去", speaks_of_trouble, True),
    ("合计着一块干", plans_only, True),
    ("想吹哨让部门协调", plans_only, False),
    ("那就算大型的了？", asks_on, True),
    ("不卖烟了", drops_thing, True),
    ("那家代办是骗人的", blames_others, True),
    ("都在家发货", tells_fact, True),
    ("一台石磨一个炒锅", tells_fact, True),
    ("没别人 就我跟我妹", tells_fact, True),
    ("不知道", tells_fact, False),
    ("蓝天白云", tells_fact, False),
    ("吃饭了没", tells_fact, False),
    ("便宜", may_be_called, False),
    ("省事", may_be_called, False),
    ("秀兰", may_be_called, True),
    ("王小二", may_be_called, True),
    ("投诉了以后人家不给我活了咋办", asks_anonymity, True),
    ("厂里不给我活干", asks_anonymity, False),
)


@pytest.mark.parametrize(("text", "reads", "expected"), WORDS)
def test_words_are_read_where_they_are_meant(
    text: str, reads: Callable[[str], object], expected: object
) -> None:
    """Both what must be read and what must not."""
    assert reads(text) == expected


def test_a_term_of_the_open_question_shares_its_words() -> None:
    """招拍挂 is none of who invests."""
    assert shares_words("核准目录", "项目在《政府核准的投资项目目录》里吗？")
    assert not shares_words("招拍挂", "谁来投资？")
