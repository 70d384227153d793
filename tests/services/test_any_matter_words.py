"""What may be asked of any matter is told by its words, and the name is what is left."""

import pytest

from bot.services.words.any_matter import (
    Point,
    is_of_point,
    line_is_of_point,
    point_asked,
    speaks_of_case,
)

ASKED = (
    ("防雷验收弄丢了咋整", Point.LOST, "防雷验收"),
    ("烟草证能找人代办不", Point.PROXY, "烟草证"),
    ("个转企需要本人去吗", Point.PROXY, "个转企"),
    ("为啥非得办取水证", Point.WHY, "取水证"),
    ("排水许可给退回来了咋办", Point.SENT_BACK, "排水许可"),
    ("社保登记周末给办不", Point.HOURS, "社保登记"),
    ("环评能加急不", Point.HASTE, "环评"),
    ("不办施工许可证行不", Point.WITHOUT, "施工许可证"),
    ("哪些单位要办排污许可", Point.WHO, "排污许可"),
    ("刻章办完给个啥", Point.RESULT, "刻章"),
    ("小餐饮登记要来现场看不", Point.VISIT, "小餐饮登记"),
    ("农药经营许可一年一检吗", Point.YEARLY, "农药经营许可"),
    ("食品证过期仨月了咋弄", Point.LAPSED, "食品证"),
    ("诊所备案得跑几趟", Point.TRIPS, "诊所备案"),
    ("取水许可叫我弟去跑，窗口收不收", Point.PROXY, "取水许可"),
    ("排污许可打回来了，下一步咋弄", Point.SENT_BACK, "排污许可"),
    ("放射许可年年都得校验不", Point.YEARLY, "放射许可"),
    ("农药证到期俩月没续咋办", Point.LAPSED, "农药证"),
    ("能找中介弄不", Point.PROXY, ""),
    ("能加急不", Point.HASTE, ""),
    ("这个证丢了咋补", Point.LOST, ""),
    ("那个证一年一审吗", Point.YEARLY, ""),
)

OTHER = (
    "食品证要啥材料",
    "批下来以后多久拿到证",
    "为啥要问我的电话",
    "KTV能开到几点",
    "没办证罚多少",
    "公司电脑坏了上哪修",
)


@pytest.mark.parametrize(("text", "point", "named"), ASKED)
def test_point_and_name_are_read(text: str, point: Point, named: str) -> None:
    """The point is told by its words, the name by what is left."""
    asked = point_asked(text)

    assert asked is not None
    assert (asked.point, asked.named) == (point, named)


@pytest.mark.parametrize("text", OTHER)
def test_other_questions_ask_no_point(text: str) -> None:
    """Plain topics, fines and what is none of ours are left alone."""
    assert point_asked(text) is None


def test_questions_and_lines_are_told_by_their_point() -> None:
    """A question or a line of a record belongs to a point by a word of it."""
    assert is_of_point("延续的时候还来现场看吗？", Point.VISIT)
    assert not is_of_point("执照丢了能直接变更、注销吗？", Point.LOST)
    assert line_is_of_point("含现场核查；告知承诺情形可当场", Point.VISIT)


def test_what_was_handed_in_is_a_case() -> None:
    """Haste of what was handed in is no question of a matter."""
    assert speaks_of_case("交上去半个月了 能加急不")
    assert not speaks_of_case("环评能加急不")
