"""What the thirty-sixth session learnt to hear, both ways."""

import pytest

from actions.filing.story_firm import firm_behind
from bot.services.words.case_asked import part_asked
from bot.services.words.for_another import acts_for_another
from bot.services.words.form_remarks import thinks_better
from bot.services.words.policy import told_fields
from bot.services.words.policy_remarks import asks_for_more
from bot.services.words.unwished import asks_if_filed


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("我是代账公司的 替客户注册公司 我去交材料可以吧 不用老板本人跑", True),
        ("俺替俺爹办执照 拿他身份证去中不", True),
        ("我妹妹开美甲店 我替她跑手续 行不行", True),
        ("老板本人得去吗 我替他跑行不", True),
        ("法人必须亲自到场吗", True),
        ("能让我儿子替我去不", True),
        ("替公司员工交社保", False),
        ("你能替我办吗", False),
        ("能帮我排个计划吗", False),
        ("我想帮我爹开个超市", False),
        ("老板得有健康证不", False),
        ("替俺爹约个帮办行不", False),
    ],
)
def test_who_goes_for_another(text: str, is_meant: bool) -> None:
    assert acts_for_another(text) is is_meant


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("食品证卡了二十天没动静 阳谷旺角酒楼", "阳谷旺角酒楼"),
        ("排水证卡了一个月，莘县王家面馆", "莘县王家面馆"),
        ("消防验收一个月没来人 厂房等着用", None),
        ("证卡了二十天 他们老说材料不行", None),
        ("跑了五趟 还没开上店", None),
        ("阳谷旺角酒楼", None),
    ],
)
def test_a_firm_stands_behind_the_story(text: str, firm: str | None) -> None:
    assert firm_behind(text) == firm


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("还是别报了 怕他给我穿小鞋", True),
        ("算了别投诉了，没必要", True),
        ("别报错了 是高唐", False),
        ("怕他给我穿小鞋", False),
    ],
)
def test_nothing_is_filed_after_all(text: str, is_meant: bool) -> None:
    assert thinks_better(text) is is_meant


@pytest.mark.parametrize("text", ["太慢了催一催", "给我催催他们吧", "等太久了 催一下"])
def test_an_order_to_urge_asks_for_no_part_of_the_case(text: str) -> None:
    assert part_asked(text) is None


def test_a_case_that_is_slow_is_still_asked_about() -> None:
    assert part_asked("咋这么慢") is not None


@pytest.mark.parametrize(
    ("text", "is_meant"), [("还有啥没", True), ("还有别的不", True), ("还有啥门槛没", False)]
)
def test_further_terms_are_no_further_policies(text: str, is_meant: bool) -> None:
    assert asks_for_more(text) is is_meant


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("去年7月毕业的", "离校2年内高校毕业生"),
        ("今年六月才毕业", "离校2年内高校毕业生"),
        ("我去年刚毕业", None),
        ("招了俩刚毕业的", None),
        ("前年毕业的", None),
        ("刚中专毕业", None),
    ],
)
def test_who_left_university_not_long_ago(text: str, group: str | None) -> None:
    assert told_fields(text).get("owner_group") == group


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("俺这个没给报上去吧", True),
        ("那个投诉你给我交了没", True),
        ("没派出去吧", True),
        ("材料没交上去 他们不收", False),
        ("还没报税", False),
    ],
)
def test_who_asks_if_something_was_handed_in(text: str, is_meant: bool) -> None:
    assert asks_if_filed(text) is is_meant
