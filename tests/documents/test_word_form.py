import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from bot.documents.form_paper import form_paper
from bot.documents.templates import BadTemplate
from bot.documents.word_form import check_word_templates, fill_word_form
from bot.domain.single_form import FilledForm
from bot.services.applications.single_form import fill
from tests.form_factories import ID_NUMBER, STARTING, checks, committed_forms
from tests.paper_factories import DOCUMENTS


def filled(**changes: str) -> FilledForm:
    return fill(committed_forms()["start_business"], {**STARTING, **changes}, checks())


def word(form: FilledForm, folder: Path = DOCUMENTS) -> bytes:
    paper = form_paper(form, number="SQ-20261124-7K3M9Q2X", made_on="2026-11-24")
    return fill_word_form(paper, folder)


def lines(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    cells = [
        " | ".join(cell.text for cell in row.cells)
        for table in document.tables
        for row in table.rows
    ]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def template(folder: Path, *paragraphs: str, name: str = "single_form.docx") -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(folder / name))
    return folder


def test_every_value_stands_behind_its_label() -> None:
    text = lines(word(filled()))
    assert "企业（店铺）名称 * | 聊城鲁小二餐饮有限公司" in text
    assert "注册资本（出资额） * | 50 万元" in text
    assert f"身份证号 * | {ID_NUMBER}" in text
    assert "开办企业一表申请" in text


def test_what_is_missing_is_said_on_the_paper() -> None:
    text = "\n".join(lines(word(filled(company_name=""))))
    assert "还要补填：企业（店铺）名称。" in text
    assert "还要补填" not in "\n".join(lines(word(filled())))


def test_fields_that_do_not_apply_are_left_out() -> None:
    assert not any("注册资本" in line for line in lines(word(filled(enterprise_type="individual"))))


def test_markup_and_template_signs_in_a_value_stay_text() -> None:
    hostile = "<w:p>&{{7*7}}{% for %}<script>"
    text = lines(word(filled(scope=hostile)))
    assert f"经营范围 | {hostile}" in text


def test_the_same_content_is_the_same_file() -> None:
    assert word(filled()) == word(filled())
    assert word(filled()) != word(filled(person_name="韩梅梅"))


def test_the_committed_template_is_a_sound_word_file() -> None:
    with zipfile.ZipFile(DOCUMENTS / "single_form.docx") as archive:
        assert archive.testzip() is None
    assert list(check_word_templates(DOCUMENTS, committed_forms())) == []


def test_an_unknown_field_names_field_and_file_and_makes_no_half_document(tmp_path: Path) -> None:
    template(tmp_path, "企业：{{ field.firm_name }}", "{{ form.heading }}")
    with pytest.raises(BadTemplate) as raised:
        word(filled(), tmp_path)
    assert str(raised.value).splitlines() == [
        "single_form.docx: “field”没有“firm_name”这个字段",
        "single_form.docx: “form”没有“heading”这个字段",
    ]


def test_a_form_may_have_a_template_of_its_own_with_named_fields(tmp_path: Path) -> None:
    template(tmp_path, "{{ form.title }}")
    template(tmp_path, "我叫{{ field.person_name }}", name="single_form_start_business.docx")
    assert list(check_word_templates(tmp_path, committed_forms())) == []
    assert lines(word(filled(), tmp_path)) == ["我叫李雷"]


def test_a_field_that_not_every_form_has_is_refused_in_the_general_template(
    tmp_path: Path,
) -> None:
    template(tmp_path, "{{ field.company_name }}")
    problems = [str(problem) for problem in check_word_templates(tmp_path, committed_forms())]
    assert problems == ["single_form.docx: “field”没有“company_name”这个字段"]


def test_a_template_of_no_form_is_named(tmp_path: Path) -> None:
    template(tmp_path, "{{ form.title }}")
    template(tmp_path, "x", name="single_form_moon.docx")
    (problem,) = check_word_templates(tmp_path, committed_forms())
    assert str(problem) == "single_form_moon.docx: 没有编号为“moon”的表"


@pytest.mark.parametrize("content", [b"", b"not a word file"])
def test_a_file_that_word_cannot_open_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "single_form.docx").write_bytes(content)
    problems = {str(problem) for problem in check_word_templates(tmp_path, committed_forms())}
    assert len(problems) == 1
    assert problems.pop().startswith("single_form.docx: ")


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    (problem,) = check_word_templates(tmp_path, committed_forms())
    assert str(problem) == "single_form.docx: 找不到模板文件"
