"""What goes on with what was just answered, by its words: tables of yes and no."""

import pytest

from bot.services.words.case import tail_told
from bot.services.words.follow_up import asks_renewal
from bot.services.words.loss import Lost, lost_thing
from bot.services.words.matter_remarks import asks_consequence
from bot.services.words.place_moved import crosses_border
from bot.services.words.unwished import asks_if_allowed
from bot.services.words.wish import pays_for_hired, wants_to_trade


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("照早不知道塞哪了", Lost.LICENCE),
        ("执照找不到了", Lost.LICENCE),
        ("营业执照副本不见了", Lost.LICENCE),
        ("戳子也一块不见了", Lost.SEAL),
        ("公章弄丢了", Lost.SEAL),
        ("公章找不着人盖", None),
        ("执照让前老板拿走了", None),
        ("照叫房东扣着呢", None),
        ("护照丢了", None),
        ("照片找不到了", None),
        ("手机丢了", None),
    ],
)
def test_a_lost_licence_or_seal_is_heard(text: str, lost: Lost | None) -> None:
    """What somebody else has is not lost, and other things are none of these."""
    assert lost_thing(text) is lost


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("真不上叫人查了呢", True),
        ("没登记叫人举报了呢", True),
        ("没办证让人查着会咋样", True),
        ("不上班叫人笑话呢", False),
        ("没有人查吧", False),
    ],
)
def test_what_follows_who_is_found_out_is_asked(text: str, *, is_asked: bool) -> None:
    """Being found out without it asks for the penalty."""
    assert asks_consequence(text) is is_asked


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("到点还想接着用", True),
        ("到期了还想接着干", True),
        ("期满还能继续用吗", True),
        ("到点就关门", False),
        ("租房合同到期还想接着用", False),
    ],
)
def test_who_wants_to_go_on_asks_for_the_renewal(text: str, *, is_asked: bool) -> None:
    """The end of a lease is none of a licence."""
    assert asks_renewal(text) is is_asked


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("哦看错手机了 0901", "0901"),
        ("后四位是123x", "123X"),
        ("5566吧", "5566"),
        ("2026年", None),
        ("共1200块钱", None),
        ("1200平", None),
        ("12345", None),
    ],
)
def test_the_last_digits_told_anew_are_read(text: str, tail: str | None) -> None:
    """Sums, sizes and years are no proof."""
    assert tail_told(text) == tail


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("没跨县", False),
        ("还在本县", False),
        ("都在一个区里", False),
        ("没有跨过区", False),
        ("跨县了", True),
        ("搬到隔壁县去", True),
        ("要跨县咋办", None),
        ("我有食品证", None),
    ],
)
def test_whether_a_move_leaves_the_district_is_heard(text: str, *, leaves: bool | None) -> None:
    """What asks tells nothing."""
    assert crosses_border(text, 0) is leaves


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("当时收了材料连个条都没给 正常么", True),
        ("跑了三趟都说缺东西 正常吗", True),
        ("他们正常上班吗今天", False),
    ],
)
def test_whether_it_is_normal_is_asked(text: str, *, is_asked: bool) -> None:
    """It asks whether an office may do so."""
    assert asks_if_allowed(text) is is_asked


@pytest.mark.parametrize(
    ("text", "is_wish"),
    [
        ("村头小卖铺想摆点烟卖 归谁管", True),
        ("打算再养几百只鸡 归哪管", True),
        ("隔壁往下水道倒油 谁管啊", False),
        ("楼下有人卖烧烤太呛 归谁管", False),
    ],
)
def test_who_wants_to_sell_is_told_from_who_tells_of_a_trouble(text: str, *, is_wish: bool) -> None:
    """A trouble is what others do."""
    assert wants_to_trade(text) is is_wish


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("那招了俩应届的有没有补 截止了没", True),
        ("雇了个残疾人给钱不", True),
        ("招工难咋办", False),
        ("那还能领不", False),
    ],
)
def test_money_for_whom_one_hires_is_asked(text: str, *, is_asked: bool) -> None:
    """It is about another policy than that of the founder."""
    assert pays_for_hired(text) is is_asked
