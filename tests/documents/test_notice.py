import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.documents.notice import HELD, Notice
from bot.documents.pdf import html_to_pdf
from bot.documents.qr import qr_data_uri, qr_svg
from bot.domain.plan_snapshot import (
    MaterialMark,
    PlanSnapshot,
    SnapshotGroup,
    SnapshotMaterial,
    SnapshotStage,
)
from tests.paper_factories import (
    DOCUMENTS,
    HOSTILE,
    NUMBER,
    every_plan,
    hot_pot,
    notice_of,
    project,
    steps_of,
)


def values(notice: Notice) -> dict[str, object]:
    return {
        "notice": notice,
        "plan_qr": qr_data_uri(notice.plan_url),
        "verify_qr": qr_data_uri(notice.verify_url),
    }


@cache
def hot_pot_pdf() -> bytes:
    return html_to_pdf(DOCUMENTS / "notice.html", values(notice_of(hot_pot()))).content


def text_of(content: bytes) -> str:
    """Return the text without line breaks: a long name is broken anywhere."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def with_papers(*papers: SnapshotMaterial) -> PlanSnapshot:
    """Return a plan whose only two steps ask for these papers, one each."""
    first = steps_of(hot_pot())[0]
    steps = tuple(replace(first, materials=(paper,)) for paper in papers)
    return replace(hot_pot(), stages=(SnapshotStage("", (SnapshotGroup(1, steps),)),))


def paper(
    name: str, mark: MaterialMark = MaterialMark.BRING, **changes: object
) -> SnapshotMaterial:
    made = SnapshotMaterial(name, mark, "原件", 1, "申请人自备")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_every_step_and_every_paper_of_every_plan_stands_on_the_notice() -> None:
    for plan in every_plan():
        notice = notice_of(plan)
        numbered = [step for stage in notice.stages for step in stage.steps]
        assert [step.detail for step in numbered] == steps_of(plan)
        assert [step.number for step in numbered] == list(range(1, len(numbered) + 1))
        listed = {paper.name for group in notice.papers for paper in group.papers}
        asked = {m.name for step in steps_of(plan) for m in step.materials}
        assert listed <= asked
        assert sum(len(group.papers) for group in notice.papers) == len(listed)


def test_one_paper_under_two_spellings_is_listed_once_with_both_steps() -> None:
    notice = notice_of(with_papers(paper("公司章程"), paper("公司 章程", copies=2)))
    (group,) = notice.papers
    (only,) = group.papers
    assert (only.steps, only.copies) == ("1、2", 2)


def test_a_paper_is_listed_as_the_strictest_step_asks_for_it() -> None:
    notice = notice_of(
        with_papers(paper("房产证", MaterialMark.LATER), paper("房产证", MaterialMark.BRING))
    )
    assert notice.papers[0].papers[0].mark == "必交"


def test_papers_are_grouped_by_who_provides_them_and_what_the_state_holds_comes_last() -> None:
    notice = notice_of(
        with_papers(
            paper("营业执照", MaterialMark.HELD, provided_by="共享"),
            paper("检测报告", provided_by="检测机构"),
            paper("章程"),
        )
    )
    assert [group.id for group in notice.papers] == ["own", "others", HELD]
    assert notice.paper_count == 2


@pytest.mark.parametrize("plan", [hot_pot(), project("gov-building")], ids=["trade", "project"])
def test_the_pdf_says_what_the_plan_says(plan: PlanSnapshot) -> None:
    notice = notice_of(plan)
    text = text_of(html_to_pdf(DOCUMENTS / "notice.html", values(notice)).content)
    for step in steps_of(plan):
        assert "".join(step.name.split()) in text
    for group in notice.papers:
        assert group.title in text
    for source in notice.sources:
        assert "".join(source.name.split()) in text
    assert NUMBER in text
    assert "以窗口答复为准" in text


def test_the_pdf_is_tagged_and_names_language_and_title() -> None:
    reader = PdfReader(io.BytesIO(hot_pot_pdf()))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("zh")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert NUMBER in str(reader.metadata.title)
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode().replace(" ", "")
    kinds = set(kinds_of(root["/StructTreeRoot"]["/K"]))
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= kinds


def test_every_picture_of_the_pdf_has_words_for_who_cannot_see_it() -> None:
    root = PdfReader(io.BytesIO(hot_pot_pdf())).trailer["/Root"]
    figures = [e for e in elements(root["/StructTreeRoot"]["/K"]) if e.get("/S") == "/Figure"]
    assert len(figures) == 2
    assert all("二维码" in str(figure["/Alt"]) for figure in figures)


def test_every_font_of_the_pdf_is_embedded() -> None:
    descriptors = []
    for page in PdfReader(io.BytesIO(hot_pot_pdf())).pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptors.append(descendant.get_object()["/FontDescriptor"].get_object())
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in descriptors)


def test_the_two_codes_lead_to_the_plan_and_to_the_verification() -> None:
    notice = notice_of(hot_pot())
    shown = values(notice)
    assert shown["plan_qr"] == qr_data_uri("https://example.org/s/abcdefghjkmn")
    assert shown["verify_qr"] == qr_data_uri(f"https://example.org/verify/{NUMBER}")
    assert qr_svg("a") != qr_svg("b")


def test_markup_in_a_name_is_printed_as_text() -> None:
    plan = replace(hot_pot(), title=HOSTILE)
    text = text_of(html_to_pdf(DOCUMENTS / "notice.html", values(notice_of(plan))).content)
    assert "<script>alert(1)</script>{{7*7}}" in text


def test_a_template_reads_no_file_outside_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.css").write_text("h1 { color: red }", encoding="utf-8")
    folder = tmp_path / "documents"
    folder.mkdir()
    template = folder / "page.html"
    for address in ("../secret.css", (tmp_path / "secret.css").as_uri(), "https://example.org/x"):
        template.write_text(f'<html lang="zh"><img src="{address}" alt="x">', encoding="utf-8")
        with pytest.raises(BaseException, match="Error fetching"):
            html_to_pdf(template, {})


def elements(node: object) -> list[dict[str, object]]:
    """Return every structure element below a node of the tree of tags."""
    found: list[dict[str, object]] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            found.append(one)
            waiting.append(one.get("/K"))
    return found


def kinds_of(node: object) -> list[str]:
    return [str(element.get("/S")) for element in elements(node)]
