"""Words that went too far are read where they are meant: pauses, forms, visits, debts, renewals."""

from collections.abc import Callable

import pytest

from actions.bookings.ways import told_mode
from actions.funding.meant import taxes_in
from bot.services.words.business import asks_who_pays, pauses
from bot.services.words.follow_up import renews
from bot.services.words.form_remarks import is_said_to_another
from bot.services.words.policy import (
    called_company,
    names_own_company,
    subsidy_named,
    told_fields,
)

AT_HOME = "on_site"


def _form(text: str) -> object:
    return told_fields(text).get("entity_type")


def _called(text: str) -> bool:
    return called_company(text.split("|"))


WORDS: tuple[tuple[str, Callable[[str], object], object], ...] = (
    ("政务中心暂停营业了吗", pauses, False),
    ("你们周六暂停营业吗", pauses, False),
    ("大厅暂停营业了吗", pauses, False),
    ("税务局今天停业吗", pauses, False),
    ("暂停营业一阵子", pauses, True),
    ("先关门歇俩月", pauses, True),
    ("店里暂停营业用报备吗", pauses, True),
    ("家政服务中心先停业俩月", pauses, True),
    ("你们帮我办个歇业", pauses, True),
    ("健身中心暂停营业一阵子", pauses, True),
    ("我们公司10个人，有没有住房补贴", subsidy_named, "住房补贴"),
    ("这笔补助咋申请下来", subsidy_named, None),
    ("看看能领几样补贴", subsidy_named, None),
    ("有啥补贴没", subsidy_named, None),
    ("公司是我对象的", _form, None),
    ("公司是他家的", _form, None),
    ("公司做不了主", _form, None),
    ("公司 做不了主", _form, None),
    ("公司从银行贷过款", _form, None),
    ("公司是啥意思", _form, None),
    ("公司做软件的", _form, "公司"),
    ("公司 做软件的", _form, "公司"),
    ("公司从事软件开发", _form, "公司"),
    ("公司是我自己的", _form, "公司"),
    ("我们是公司", _form, "公司"),
    ("我们是公司 能享受啥政策", _form, "公司"),
    ("看看我们公司能享受啥", names_own_company, True),
    ("人家欠我们公司的账", names_own_company, True),
    ("我们公司注销了", names_own_company, False),
    ("俺公司不干了", names_own_company, False),
    ("我们公司欠我钱", names_own_company, False),
    ("我们公司注销了|现在是个体|直接出", _called, False),
    ("看看我们公司能享受啥|现在是个体|直接出", _called, False),
    ("看看我们公司能享受啥|我们公司注销了|直接出", _called, False),
    ("现在是个体|不对 我们公司早办好了|直接出", _called, True),
    ("给俺公司排一份政策包看看|剩下的都按常见情况", _called, True),
    ("我到家办去", told_mode, None),
    ("等我到家看看再说", told_mode, None),
    ("我先到家里看看", told_mode, None),
    ("我去公司办", told_mode, None),
    ("我来店里看看", told_mode, None),
    ("到厂里给你们送材料", told_mode, None),
    ("证寄到家里行吗", told_mode, None),
    ("上家来帮俺填", told_mode, AT_HOME),
    ("腿脚不好到不了大厅 能不能约个人来家里帮我办", told_mode, AT_HOME),
    ("给俺娘约个帮办上家来，东阿的", told_mode, AT_HOME),
    ("能帮我来家里办吗", told_mode, AT_HOME),
    ("来我们公司指导一下", told_mode, AT_HOME),
    ("去我家给填一下", told_mode, AT_HOME),
    ("我去大厅 约个人带着我办", told_mode, "window"),
    ("承诺期满了还没给证 上哪告", renews, False),
    ("办证超期了找谁", renews, False),
    ("过期食品咋举报 没有许可证", renews, False),
    ("食品过期了找谁 他没有许可证", renews, False),
    ("许可证到期了还没批 找谁", renews, False),
    ("道路运输证过期俩月了咋整", renews, True),
    ("俺们的排污证忘了续 现在过期了还能补办不", renews, True),
    ("那培训学校的办学许可证有效期到了找谁换新的", renews, True),
    ("食品证过期了咋整", renews, True),
    ("许可证到期了 他们还没给续 咋整", renews, True),
    ("承诺期满了还没给 办证找谁", renews, False),
    ("告诉我许可证过期了找谁", renews, True),
    ("欠了工人工资 老板垫付吗", asks_who_pays, False),
    ("赔了我多少钱不还", asks_who_pays, False),
    ("亏了老板不还钱", asks_who_pays, False),
    ("欠税谁来还", asks_who_pays, False),
    ("欠了货款谁还", asks_who_pays, False),
    ("个体户欠了账拿谁的钱还", asks_who_pays, True),
    ("亏了钱得俺们自己掏腰包还不", asks_who_pays, True),
    ("怕赔了连累家里房子", asks_who_pays, True),
    ("增值税", taxes_in, 1),
    ("城建税、房产税+教育费附加", taxes_in, 3),
    ("开个饭店，叫你们帮忙", is_said_to_another, False),
    ("你妈妈面馆", is_said_to_another, False),
    ("找你们办饭店的证", is_said_to_another, False),
    ("你妈喊你吃饭", is_said_to_another, True),
    ("小军你爸叫你下楼", is_said_to_another, True),
    ("你妈妈去饭店了", is_said_to_another, True),
    ("栓子别吵 看书去", is_said_to_another, True),
)


@pytest.mark.parametrize(("text", "read", "expected"), WORDS)
def test_words_are_read_where_they_are_meant(
    text: str, read: Callable[[str], object], expected: object
) -> None:
    assert read(text) == expected
