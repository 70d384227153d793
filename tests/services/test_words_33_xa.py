"""Short words behind a case, a booking, a ticket or a form, and what only looks like them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.domain.ratings import is_rated_by_others
from bot.services.finding.record_lines import is_of_row
from bot.services.words.asked import pleads_small
from bot.services.words.booked import asks_when_booked, cancels_booking, moves_booking
from bot.services.words.case_asked import (
    HOLDER,
    LIGHTS,
    OVERDUE,
    REST,
    SLOW,
    TO_DO,
    part_asked,
    points_at_case,
)
from bot.services.words.form_chosen import form_settled
from bot.services.words.noise import is_noise
from bot.services.words.ticket import asks_anonymity

ASIDES = Path(__file__).parents[2] / "data" / "common" / "asides.yml"

SENTENCES: list[tuple[Callable[[str], bool], str, bool]] = [
    (cancels_booking, "算了取消吧|帮我取消|那不约了|俺不去了|给我作废", True),
    (
        cancels_booking,
        "迟到会取消吗|取消要扣分不|会不会给我取消了|别取消|我儿子不去了行不|不要取消|没取消吧",
        False,
    ),
    (asks_when_booked, "几点来着|约的哪天|定了几号|我这是啥时候来着", True),
    (
        asks_when_booked,
        "规定几天办完|大厅下班几点|你们上班是几点|大约几天办好|一定几个人来|法定几天",
        False,
    ),
    (moves_booking, "能早点不|能不能改到后天|能往后推一天吗|可以晚点吗", True),
    (moves_booking, "能早点到吗|可以晚点去不|能早些来吗", False),
    (asks_anonymity, "要报名字吗|能匿名不|用写我名字吗|不想留名", True),
    (asks_anonymity, "要报名吗|培训要报名吗|得报名不|用报名吗|不想报名", False),
    (pleads_small, "就两台小机子 也非得办证|我才三个人 也要办吗", True),
    (pleads_small, "刚才那两个证都得办吗|刚才三个 都要办吗", False),
    (is_rated_by_others, "同行瞎打差评|客户给一星|有人恶意差评|对家刷分", True),
    (is_rated_by_others, "瞎糊弄人 一星|乱收费 不满意|有人态度不行 不满意", False),
    (is_noise, "咚咚咚嗷嗷嗷|呜呜呜哇哇哇哇", True),
    (is_noise, "111222|6668888|好好好谢谢谢|哈哈哈", False),
    (points_at_case, "我那件事还得几天|这个件啥时候好", True),
    (points_at_case, "还得几天|食品证几天", False),
]


@pytest.mark.parametrize(
    ("tells", "text", "expected"),
    [(tells, text, expected) for tells, texts, expected in SENTENCES for text in texts.split("|")],
)
def test_words_tell_so(tells: Callable[[str], bool], text: str, expected: bool) -> None:
    assert tells(text) is expected


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        ("还得几天|啥时候能拿到|能快点不|多久能批", REST),
        ("谁在办|在谁手里|找谁问", HOLDER),
        ("为啥这么慢|咋没动静", SLOW),
        ("我现在要干啥|还要交啥", TO_DO),
        ("黄灯啥意思", LIGHTS),
        ("超期了咋办|超了能投诉不|到日子不给办找谁", OVERDUE),
        ("证到期了咋续|到期了怎么续|食品证到期怎么延|大厅啥时候上班|你们几号放假", None),
        ("社保几号交|大厅电话多少|投诉找谁|法人换了咋办找谁|加急收费吗|补贴啥时候发", None),
    ],
)
def test_a_part_of_a_case_is_asked_for_only_of_the_case(texts: str, part: str | None) -> None:
    assert [part_asked(text) for text in texts.split("|")] == [part] * len(texts.split("|"))


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        ("会计让我办公司|还是公司吧|不对 公司|改成公司吧|干脆办公司|个体户不行 公司吧", "公司"),
        ("会计说公司不划算 还是个体吧|我哥非让办个体户|就办个体吧", "个体户"),
        ("是公司的|公司吧|他是公司|是个体的|那公司吧|就是公司的|公司", None),
    ],
)
def test_a_form_is_settled_only_where_it_is_wanted(texts: str, form: str | None) -> None:
    assert [form_settled(text) for text in texts.split("|")] == [form] * len(texts.split("|"))


def test_names_of_one_row_share_four_signs() -> None:
    assert is_of_row("建设工程消防设计审查", "建设工程消防验收备案")
    assert not is_of_row("食品经营许可", "营业执照注销")


def _words_of(name: str) -> tuple[list[str], re.Pattern[str]]:
    told = yaml.safe_load(ASIDES.read_text(encoding="utf-8"))["asides"]
    aside = next(one for one in told if one["name"] == name)
    return aside["where"], re.compile("|".join(aside["words"]))


def test_nothing_to_do_is_said_of_a_filing_and_of_no_duty() -> None:
    where, words = _words_of("ticket_nothing_to_do")
    assert "after" not in where
    asked = "那我还用跑一趟吗 要准备啥材料不 用去大厅吗 还要做什么 接下来咋办 要交材料吗"
    for text in asked.split():
        assert words.search(text), text
    duties = "要交税吗 要做环评吗 要去税务局吗 用做消防验收吗 要交罚款不 我要去法院告吗"
    for text in duties.split():
        assert not words.search(text), text


def test_being_called_is_read_in_time_that_grows_with_the_text_alone() -> None:
    _, words = _words_of("ticket_contacted")
    assert words.search("会有人给我打电话吗")
    assert words.search("到时候有人来看看不")
    assert not words.search("会给我打电话" + "看" * 4000 + "了")
