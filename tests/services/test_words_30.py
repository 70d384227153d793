"""Words of licences, plans and what was filed are read where they are meant, and only there."""

import re
from collections.abc import Callable

import pytest
import yaml

from bot.services.words.any_matter import Point, point_asked, wants_to_lend
from bot.services.words.business import takes_rooms
from bot.services.words.deadline import asks_deadline
from bot.services.words.filing import asks_where_sent
from bot.services.words.follow_up import asks_renewal, renews
from bot.services.words.held import Held, happens_to, happens_to_it, names_this
from bot.services.words.matter_remarks import asks, insists_on_place, owes
from bot.services.words.project import asks_of_farmland
from bot.services.words.whole import asks_what_is_left_out
from bot.settings import ROOT


def _point(text: str) -> Point | None:
    asked = point_asked(text)
    return None if asked is None else asked.point


def _takes_rooms(text: str) -> bool:
    return takes_rooms(text, ("食品厂", "宾馆"))


WORDS: tuple[tuple[str, Callable[[str], object], object], ...] = (
    ("眼下派到谁那了", asks_where_sent, True),
    ("这会儿派到谁手里了", asks_where_sent, True),
    ("转给哪个部门了", asks_where_sent, True),
    ("那个哨谁接的", asks_where_sent, True),
    ("这单谁在管", asks_where_sent, True),
    ("谁办我这单子", asks_where_sent, True),
    ("食品证谁办", asks_where_sent, False),
    ("环评谁管", asks_where_sent, False),
    ("材料交给谁", asks_where_sent, False),
    ("执照转给谁好", asks_where_sent, False),
    ("谁给接水电", asks_where_sent, False),
    ("丢了呢", happens_to_it, Held.LOST),
    ("执照都没了咋补", happens_to_it, Held.LOST),
    ("补一张行不", happens_to_it, Held.LOST),
    ("补一张证行不", happens_to_it, Held.LOST),
    ("这就没了？", happens_to_it, None),
    ("别的材料都没了吧", happens_to_it, None),
    ("别的证都没了吧", happens_to_it, None),
    ("补一本经营许可证", happens_to_it, Held.LOST),
    ("能补一张新的不", happens_to_it, Held.LOST),
    ("补一张照片行不", happens_to_it, None),
    ("补一张证明行不", happens_to_it, None),
    ("换地方了呢", happens_to_it, Held.CHANGED),
    ("换人了呢", happens_to_it, Held.CHANGED),
    ("要不换地方呢", happens_to_it, Held.CHANGED),
    ("换人去办行不", happens_to_it, None),
    ("换个人来办行不", happens_to_it, None),
    ("没换过地址", happens_to_it, None),
    ("地址没换过", happens_to_it, None),
    ("没有换过地址", happens_to_it, None),
    ("执照和公章都没了 咋补", happens_to, Held.LOST),
    ("换药师要不要改许可证", happens_to, Held.CHANGED),
    ("能转让给别人用不", _point, Point.LENT),
    ("我的烟草证想给我弟用", _point, Point.LENT),
    ("食堂包给外人干 就用俺厂这个证 中不", _point, Point.LENT),
    ("材料给税务局用", _point, None),
    ("营业执照复印件给银行用", _point, None),
    ("能给网店用吗", _point, None),
    ("我的烟草证想给我弟用", wants_to_lend, True),
    ("店面给我弟用", wants_to_lend, False),
    ("小作坊登记证要注销吗", _point, Point.CLOSED),
    ("烟草证要交回去吗", _point, Point.CLOSED),
    ("许可证得退回去不", _point, Point.CLOSED),
    ("押金也退回吗", _point, None),
    ("保证金得退回不", _point, None),
    ("钱还退回来不", _point, None),
    ("材料要退回吗", _point, None),
    ("还欠供货商钱呢", owes, True),
    ("公司还欠着供货商八万 能走简易注销不", owes, True),
    ("还该着人家两万块", owes, True),
    ("该他钱没还", owes, True),
    ("办证该掏钱吗", owes, False),
    ("该不该交钱", owes, False),
    ("应该花钱吗", owes, False),
    ("该花钱不", owes, False),
    ("应该他们交钱吗", owes, False),
    ("施工证下来多久必须动工", asks_deadline, True),
    ("最晚啥时候得报", asks_deadline, True),
    ("最迟多久必须去续", asks_deadline, True),
    ("最晚得什么时候变更", asks_deadline, True),
    ("最晚几天能办下来", asks_deadline, False),
    ("最迟多久给结果", asks_deadline, False),
    ("就能在网上办嘛", asks, True),
    ("就一个人能开嘛", asks, True),
    ("反正得去大厅嘛", asks, True),
    ("嗐就大槐树底下嘛", insists_on_place, True),
    ("就那棵树底下嘛", insists_on_place, True),
    ("网上能办嘛", insists_on_place, False),
    ("哪样能省", asks_what_is_left_out, True),
    ("哪几步可以省掉", asks_what_is_left_out, True),
    ("有没有能不办的", asks_what_is_left_out, True),
    ("哪几样可以不办", asks_what_is_left_out, True),
    ("哪个证省了没事", asks_what_is_left_out, True),
    ("哪样能省钱", asks_what_is_left_out, False),
    ("啥项目归省里批", asks_what_is_left_out, False),
    ("哪些得省里审批", asks_what_is_left_out, False),
    ("什么情况要省厅审批", asks_what_is_left_out, False),
    ("合作社流转了十五亩地 想盖个烘干车间 直接动工行不", asks_of_farmland, True),
    ("承包的地能盖厂房不", asks_of_farmland, True),
    ("承包了片果园能盖房不", asks_of_farmland, True),
    ("承包了块建设用地能盖厂房不", asks_of_farmland, False),
    ("承包工地的食堂咋办", asks_of_farmland, False),
    ("承包了个场地能建厂房不", asks_of_farmland, False),
    ("准备在度假区盘一栋三层楼做宾馆 四十间房", _takes_rooms, True),
    ("租了个厂房做食品厂", _takes_rooms, True),
    ("租了个厂房做食品厂 投资八百万上生产线 要立项备案", _takes_rooms, False),
    ("这证能用几年", names_this, True),
    ("那个许可证几年到期", names_this, True),
    ("这个证件要带吗", names_this, False),
    ("那证据交给谁", names_this, False),
    ("到期怎么延续", asks_renewal, True),
    ("快到期了 咋续", asks_renewal, True),
    ("咋去续", asks_renewal, True),
    ("合同咋续签", asks_renewal, False),
    ("房租怎么续", asks_renewal, False),
    ("咋续贷", asks_renewal, False),
    ("登记证到期 咋换", renews, True),
    ("租房合同到期了 食品证咋续", renews, True),
    ("租房合同到期了咋续签", renews, False),
)


@pytest.mark.parametrize(("text", "read", "expected"), WORDS)
def test_words_are_read_where_they_are_meant(
    text: str, read: Callable[[str], object], expected: object
) -> None:
    """What a rule was written for matches, and its look-alikes do not."""
    assert read(text) == expected


ASIDES = (
    ("给差评窗口会知道是我打的不", "utter_review_unnamed"),
    ("打低分会不会被报复", "utter_review_unnamed"),
    ("评价是匿名的吗", "utter_review_unnamed"),
    ("打分他们能看到是谁不", "utter_review_unnamed"),
    ("想评价一下 不知道咋评", None),
    ("打分在哪能看到", None),
    ("我的评价在哪看到", None),
    ("评完了还能改不", "utter_review_once"),
    ("分打错了能改不", "utter_review_once"),
    ("打错星了能改吗", "utter_review_once"),
    ("电话打错了能改不", None),
    ("名字打错了能改不", None),
)


@pytest.mark.parametrize(("text", "response"), ASIDES)
def test_asides_of_reviews_leave_wishes_and_slips(text: str, response: str | None) -> None:
    """Who fears to be known and who rated wrongly is answered, and nobody else."""
    known = yaml.safe_load((ROOT / "data/common/asides.yml").read_text(encoding="utf-8"))["asides"]
    said = {"utter_review_unnamed", "utter_review_once"}
    found = [
        one["response"]
        for one in known
        if "outside" in one["where"] and one["response"] in said
        if any(re.search(words, text) for words in one["words"])
    ]

    assert found[:1] == ([] if response is None else [response])
