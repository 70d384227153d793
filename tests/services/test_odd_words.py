"""Words of answers in an odd shape: parts of options, denials, names told by the way."""

import pytest

from bot.services.applications.single_form import fill
from bot.services.reading.answers import option_begun, read_reaches, read_yes_no_of
from bot.services.reading.form_reading import read_fields
from bot.services.reading.spoken_names import names_nothing, spoken_name
from bot.services.words.business import wants_one_more
from bot.services.words.form_remarks import is_pleased, says_it_was_said
from bot.services.words.policy import told_fields
from bot.services.words.project import choices_in
from bot.services.words.remarks import asks_meaning, asks_why, declines, hesitates, skips_the_rest
from bot.services.words.ticket import goes_on_behind, names_ticket
from tests.form_factories import checks, committed_forms

INVESTORS = {"a": "社会投资", "b": "政府投资"}
LAND = {"has_land": {"yes": ["拿到地"], "no": ["没有地皮"]}, "use": {"工业": ["厂房"]}}


@pytest.mark.parametrize(
    ("text", "key"), [("社会", "a"), ("那就政府的吧", "b"), ("投资", None), ("社", None)]
)
def test_the_beginning_of_one_option_names_it(text: str, key: str | None) -> None:
    assert option_begun(text, INVESTORS) == key


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("还没拿到地", {"has_land": "no"}),
        ("拿到地了", {"has_land": "yes"}),
        ("没有地皮", {"has_land": "no"}),
        ("不是厂房", {}),
    ],
)
def test_what_is_denied_is_a_no_or_nothing(text: str, told: dict[str, str]) -> None:
    assert choices_in(text, LAND) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("俩人", {"employees": 2}),
        ("就我自己", {"employees": 1}),
        ("两年内毕业的", {"owner_group": "离校2年内高校毕业生"}),
        ("里头有十几个残疾人", {}),
        ("今年新招了俩大学生", {}),
    ],
)
def test_who_works_there_is_told_in_any_words(text: str, told: dict[str, object]) -> None:
    assert told_fields(text) == told


@pytest.mark.parametrize(
    ("text", "name"), [("我妈去 她叫马秀英", "马秀英"), ("就冠县", None), ("她家面馆", "她家面馆")]
)
def test_only_the_name_is_kept(text: str, name: str | None) -> None:
    assert spoken_name(text, ("冠县",)) == name


@pytest.mark.parametrize(
    ("text", "nameless"),
    [("就是我自己的小店 没公司", True), ("个体户", True), ("个体户老李", False), ("好再来", False)],
)
def test_a_business_may_have_no_name(text: str, *, nameless: bool) -> None:
    assert names_nothing(text) is nameless


@pytest.mark.parametrize(
    ("text", "name"), [("九点半吧 我叫孟庆军", "孟庆军"), ("我叫孟庆军", "孟庆军"), ("行吧", None)]
)
def test_a_remark_is_nobody_s_name(text: str, name: str | None) -> None:
    form = committed_forms()["start_business"]
    fields = tuple(fill(form, {}, checks()).fields)
    empty = [one.id for one in fields if one.kind.value == "person_name"]

    assert read_fields(fields, text, empty=empty).typed.get(empty[0]) == name


@pytest.mark.parametrize(
    ("text", "minds"),
    [
        ("冠县啊刚不是说了吗", True),
        ("我都说八百遍了", True),
        ("刚才说的地区不对", False),
        ("听人说了一嘴", False),
    ],
)
def test_who_said_it_already_minds(text: str, *, minds: bool) -> None:
    assert says_it_was_said(text) is minds


@pytest.mark.parametrize(
    ("text", "pleased"), [("你们家真贴心 比窗口强", True), ("窗口态度真差", False)]
)
def test_praise_is_no_complaint(text: str, *, pleased: bool) -> None:
    assert is_pleased(text) is pleased


@pytest.mark.parametrize(
    ("text", "more"),
    [("另外颜色也太浅", True), ("还有 他骂人", True), ("还要投诉一个", False), ("颜色浅", False)],
)
def test_what_is_said_behind_goes_on(text: str, *, more: bool) -> None:
    assert goes_on_behind(text) is more


def test_a_wish_for_a_ticket_names_its_kind() -> None:
    assert names_ticket("我要投诉他")
    assert not names_ticket("报了三次都给退")


@pytest.mark.parametrize(
    ("text", "one_more"), [("我还想再开个洗车行", True), ("还想开门早点", False)]
)
def test_one_more_business_is_wanted(text: str, *, one_more: bool) -> None:
    assert wants_one_more(text) is one_more


def test_remarks_beside_an_answer_are_told_apart() -> None:
    assert hesitates("拿不定主意 我回去跟对象商量商量")
    assert skips_the_rest("剩下不答了 直接给结果")
    assert asks_meaning("后四位是啥的后四位")
    assert asks_why("区县不是能查到吗还问")


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("三米来长吧", False),
        ("长五米高一米", True),
        ("4米", True),
        ("一共12平", True),
        ("三十平米", True),
        ("不大", None),
    ],
)
def test_a_size_is_held_against_the_limit_that_is_asked_for(
    text: str, *, reaches: bool | None
) -> None:
    assert read_reaches(text, "是否任一边≥4米或单面≥10㎡的户外广告设施？") is reaches


def test_without_a_limit_no_size_answers() -> None:
    assert read_reaches("三米", "有没有厨房？") is None


def test_a_measure_that_is_still_to_be_taken_is_waited_for() -> None:
    assert hesitates("面积我得回去量量")
    assert not hesitates("面积八十平")


@pytest.mark.parametrize(
    ("text", "is_left"),
    [("不留 我怕报复", True), ("能不能给我退回来", False), ("我不能给电话", True)],
)
def test_who_asks_for_something_back_declines_nothing(text: str, *, is_left: bool) -> None:
    assert declines(text) is is_left


@pytest.mark.parametrize(
    ("text", "answer"), [("血压计口罩啥的都卖", True), ("血压计不卖", False), ("卖啥血压计", None)]
)
def test_and_so_on_is_no_question(text: str, *, answer: bool | None) -> None:
    assert read_yes_no_of(text, "是否卖二类医疗器械（血压计、口罩等需备案的）？") is answer


@pytest.mark.parametrize(("text", "answer"), [("董事也换", True), ("没换董事", False)])
def test_what_is_changed_with_it_answers(text: str, *, answer: bool) -> None:
    assert read_yes_no_of(text, "董事、监事或高管也一起换吗？") is answer
