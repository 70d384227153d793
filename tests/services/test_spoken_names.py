"""The name within what somebody says when asked for it."""

import pytest

from bot.services.reading.spoken_names import as_typed, is_department, spoken_name


@pytest.mark.parametrize(
    ("text", "beside", "name"),
    [
        ("聊城润达商贸有限公司", (), "聊城润达商贸有限公司"),
        ("临清的 店名叫老味道饺子馆", ("临清", "饺子馆"), "老味道饺子馆"),
        ("叫我老张就行 电话13869512345", ("13869512345",), "老张"),
        ("我们是鼎盛建材，开发区的", ("开发区",), "鼎盛建材"),
        ("字号是小霞理发店", (), "小霞理发店"),
        ("叫好又来超市在茌平振兴街道", ("茌平",), "好又来超市"),
        ("我们是好在家窗帘店", (), "好在家窗帘店"),
    ],
)
def test_the_name_is_kept_and_nothing_else(text: str, beside: tuple[str, ...], name: str) -> None:
    assert spoken_name(text, beside) == name


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("电话先给你 13706357788", ("13706357788",)),
        ("在茌平", ("茌平",)),
        ("就是3号厂房的，去年十月报的", ()),
    ],
)
def test_what_tells_only_other_things_is_no_name(text: str, beside: tuple[str, ...]) -> None:
    assert spoken_name(text, beside) is None


@pytest.mark.parametrize("name", ["住建局", "市住建委", "柳园街道办"])
def test_a_department_is_nobody_s_own_name(name: str) -> None:
    assert is_department(name)


@pytest.mark.parametrize("name", ["王建国", "邮局", "聊城启元新材料有限公司", "老街道饭店"])
def test_a_name_is_no_department(name: str) -> None:
    assert not is_department(name)


@pytest.mark.parametrize(
    ("said", "typed", "name"),
    [
        ("施工明", "施公明", "施公明"),
        ("施工明", "我叫施公明", "施公明"),
        ("政策咨询", "公司叫正策咨询", "正策咨询"),
        ("王小明", "王小明", "王小明"),
        ("王小明", "", "王小明"),
        ("公司", "个体", "公司"),
    ],
)
def test_a_name_keeps_the_signs_that_were_typed(said: str, typed: str, name: str) -> None:
    assert as_typed(said, typed) == name
