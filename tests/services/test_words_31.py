"""Sentences that words of the thirty-first session must read so, and some they must not."""

from collections.abc import Callable

import pytest

from bot.services.plans.company_names import name_in
from bot.services.words.any_opening import (
    asked_of_any_building,
    asked_of_any_shop,
    asked_who_may,
    lacks_money,
    taxes_asked,
)
from bot.services.words.booking import told_topic
from bot.services.words.closing import Closing, closing
from bot.services.words.form_remarks import leaves
from bot.services.words.policy import told_fields
from bot.services.words.running import is_open_already
from bot.services.words.trade_questions import TradeTopic


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("退休了能开店不", "谁能开店"),
        ("外省户口在这能办营业执照不", "谁能开店"),
        ("蹲过监狱的人能当老板开店不", "坐过牢"),
        ("欠银行钱能办个体户不", "坐过牢"),
        ("在机关上班能开个店不", "公务员"),
        ("我在上班能办个体户不", "在单位上班"),
        ("低保户能开店不", "低保"),
        ("17岁能办执照吗", "不满18岁"),
        ("户口本丢了能办执照不", None),
        ("外地的营业执照能在聊城用不", None),
        ("老人去世了 执照能过户不", None),
        ("欠钱公司能注销营业执照不", None),
        ("注册公司要多少员工 有要求吗", None),
        ("开公司要给员工交社保 能不交吗", None),
        ("大学旁边开店行不", None),
        ("机关食堂办执照能不能快点", None),
    ],
)
def test_who_asks_whether_he_may_open_a_business(text: str, word: str | None) -> None:
    assert asked_who_may(text) == word


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("开店要啥手续", TradeTopic.ORDER),
        ("开个店难不难", TradeTopic.ORDER),
        ("办厂要多久", TradeTopic.TIME),
        ("开店去哪办", TradeTopic.PLACE),
        ("开店要多少钱", TradeTopic.FEE),
        ("怎么注册", TradeTopic.ORDER),
        ("商标注册咋弄", None),
        ("账号咋注册", None),
        ("开面馆要啥手续", None),
        ("我想开店", None),
    ],
)
def test_what_is_asked_of_any_shop(text: str, topic: TradeTopic | None) -> None:
    assert asked_of_any_shop(text) is topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("盖房子要啥手续", TradeTopic.ORDER),
        ("项目审批要多久", TradeTopic.TIME),
        ("村里自家盖房子要啥手续", None),
        ("工程款咋要", None),
        ("买房子流程", None),
    ],
)
def test_what_is_asked_of_any_building(text: str, topic: TradeTopic | None) -> None:
    assert asked_of_any_building(text) is topic


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (lacks_money, "没啥本钱能开店不", True),
        (lacks_money, "公司没钱发工资 企业咋办", False),
        (taxes_asked, "开店都交什么税啊", "交哪些税"),
        (taxes_asked, "客人不要发票的这部分用报税不", "不开发票"),
        (taxes_asked, "个体户挣到多少才交税", "挣多少"),
        (taxes_asked, "客户要发票可以不开吗", None),
        (taxes_asked, "店里卖什么", None),
        (told_topic, "开饭店的事", "开饭店的事"),
        (told_topic, "我是想咨询贷款", "咨询贷款"),
        (told_topic, "想问问李四", None),
        (told_topic, "我想咨询一下明天上午", None),
        (told_topic, "是问下午三点", None),
        (told_topic, "办完了的事", None),
        (closing, "太麻烦你了", Closing.THANKS),
        (closing, "麻烦了", Closing.THANKS),
        (closing, "太麻烦了", None),
        (closing, "真麻烦", None),
        (name_in, "执照名字是我的", None),
        (leaves, "算了这个不投诉了", True),
        (leaves, "这个不填了", False),
        (is_open_already, "开饭馆 去年刚开 有啥补贴", True),
        (is_open_already, "刚毕业想开个店", False),
    ],
)
def test_words_are_read_so(read: Callable[[str], object], text: str, expected: object) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我们是公司 能享受啥政策", "公司"),
        ("公司做软件的 有啥补贴", "公司"),
        ("公司欠我钱 有啥政策", None),
    ],
)
def test_a_company_is_told(text: str, kind: str | None) -> None:
    assert told_fields(text).get("entity_type") == kind
