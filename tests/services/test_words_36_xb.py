"""Tables of fines for what was just spoken of, and of by when staff are enrolled."""

import pytest

from bot.services.words.enrolment import asks_by_when_enrolled
from bot.services.words.fine import asks_bare_fine


@pytest.mark.parametrize(
    "text",
    [
        "没批先装上罚多少",
        "没有证先卖着抓住罚多少",
        "要是没批就直接挂上呢 罚多少",
        "不办让城管查着咋罚",
        "没手续偷着弄 逮住罚几千",
        "没办证让查到罚不罚",
        "俺没报批就先装了会罚多少钱",
        "没领证先卖着 会罚不",
        "没备案被查着罚多少",
    ],
)
def test_asks_bare_fine(text: str) -> None:
    assert asks_bare_fine(text)


@pytest.mark.parametrize(
    "text",
    [
        "没健康证罚多少",
        "不办执照罚多少",
        "没证先开业罚多少",
        "没证开饭店罚多少",
        "消防没验罚多少",
        "没签合同罚多少",
        "没批就盖房罚多少",
        "不报税罚多少",
        "没年报罚多少",
        "罚多少",
        "没有罚单",
    ],
)
def test_asks_no_bare_fine(text: str) -> None:
    assert not asks_bare_fine(text)


@pytest.mark.parametrize(
    "text",
    [
        "奶茶店开起来了 雇了两个人 社保啥时候给上",
        "我店里招了俩帮工 保险几天里头得办",
        "新来的服务员 社保最晚啥时候交",
        "员工入职多久之内要办参保",
        "雇了仨伙计五险得多少天内给入上",
        "给工人上社保有期限不",
        "招了个小工社保多会儿给他上",
        "员工来上班几天内要给他参保",
        "俺雇了个人 社会保险多久内登记",
    ],
)
def test_asks_by_when_enrolled(text: str) -> None:
    assert asks_by_when_enrolled(text)


@pytest.mark.parametrize(
    "text",
    [
        "员工辞职了 社保啥时候停",
        "员工社保几天能办好",
        "员工社保啥时候能查到",
        "员工受伤了保险啥时候报",
        "社保卡多久能办下来",
        "雇了俩人 啥时候办执照",
        "员工社保补贴啥时候到账",
        "开个店雇俩人社保啥时候上",
        "车保险啥时候交",
        "员工一直没交社保 现在补来得及不",
        "职工社保每月几天交多少钱",
    ],
)
def test_asks_no_day_of_enrolment(text: str) -> None:
    assert not asks_by_when_enrolled(text)
