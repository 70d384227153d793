import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.documents.fonts import FontMissing, find_fonts
from bot.documents.plan_picture import WIDTH, PictureFormat, draw_plan
from bot.documents.plan_rows import StepRow, broken, measure, plan_rows
from bot.domain.plan_snapshot import PlanSnapshot
from tests.paper_factories import every_plan, hot_pot, project, steps_of

SMALLEST_WIDTH_OF_A_TELEPHONE = 390


def png(plan: PlanSnapshot) -> Image.Image:
    return Image.open(io.BytesIO(draw_plan(plan, PictureFormat.PNG)))


def test_every_plan_of_the_catalogue_becomes_a_portrait_picture() -> None:
    for plan in every_plan():
        picture = png(plan)
        assert picture.size[0] == WIDTH
        assert picture.size[1] > len(steps_of(plan)) * 50


def test_a_character_without_a_glyph_would_be_a_warning_and_so_an_error() -> None:
    with pytest.warns(UserWarning, match="missing from current font"):
        draw_plan(replace(hot_pot(), title="\U0001f9ff"), PictureFormat.PNG)


def test_the_critical_path_is_marked_by_a_star_and_not_by_colour_alone() -> None:
    plan = project("gov-building")
    rows = [row for row in plan_rows(plan, 30) if isinstance(row, StepRow)]
    assert [row.lines[0].startswith("★") for row in rows] == [
        step.is_critical for step in steps_of(plan)
    ]
    svg = draw_plan(plan, PictureFormat.SVG).decode()
    assert "<pattern" in svg  # the hatching


def test_every_date_stands_beside_its_bar() -> None:
    plan = project("soc-industrial")
    rows = [row for row in plan_rows(plan, 30) if isinstance(row, StepRow)]
    for row, step in zip(rows, steps_of(plan), strict=True):
        is_dated = not (step.is_milestone or step.is_own_work or step.is_done)
        assert (step.due in row.right) is is_dated or not step.due


def test_the_drawing_tells_the_plan_in_words_and_reaches_for_nothing_outside() -> None:
    svg = draw_plan(hot_pot(), PictureFormat.SVG).decode()
    assert "公司设立登记" in svg
    assert "<script" not in svg
    assert "<image" not in svg


def test_a_dollar_in_a_name_is_a_dollar() -> None:
    draw_plan(replace(hot_pot(), title=r"$\frac{1}{$<b>&"), PictureFormat.PNG)


def test_a_plan_without_length_can_be_drawn() -> None:
    assert png(replace(hot_pot(), stages=(), total_days=0.0)).size[0] == WIDTH


def test_letters_are_readable_on_a_telephone() -> None:
    smallest_px = 25 * SMALLEST_WIDTH_OF_A_TELEPHONE / WIDTH
    assert smallest_px >= 9


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五", ("一二三四", "五")),
        ("一二三四，五", ("一二三四，", "五")),
        ("一二三（四五）", ("一二三", "（四五）")),
        ("", ("",)),
    ],
)
def test_a_line_is_broken_where_chinese_may_be_broken(text: str, lines: tuple[str, ...]) -> None:
    assert broken(text, 4) == lines


def test_latin_letters_take_about_half_a_character() -> None:
    assert measure("ab") < measure("一二")


def test_without_a_chinese_font_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="fonts-noto-cjk"):
        find_fonts((tmp_path,))


def test_a_regular_font_alone_stands_in_for_the_bold_one(tmp_path: Path) -> None:
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"")
    assert find_fonts((tmp_path,)) == (tmp_path / "NotoSansCJK-Regular.ttc",) * 2
