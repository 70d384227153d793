"""Makes `data/documents/single_form.docx` anew; officials then edit it in Word.

Run it only to start over: it overwrites what was edited.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt
from docx.table import _Cell, _Row

TARGET = Path(__file__).resolve().parent.parent / "data" / "documents" / "single_form.docx"
FONT = "宋体"
LABEL_CM, VALUE_CM = 5.0, 12.0


def main() -> None:
    """Write the template."""
    paper = Document()
    _set_up(paper)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("{{ form.title }}")
    run.bold, run.font.size = True, Pt(18)
    paper.add_paragraph("编号：{{ form.number }}　　填表日期：{{ form.made_on }}")
    _fields(paper)
    paper.add_paragraph()
    paper.add_paragraph("{%p if form.missing %}")
    paper.add_paragraph("还要补填：{{ form.missing }}。")
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph(
        "申请人承诺：以上所填内容真实、完整；提交的材料与原件一致。"
        "如有不实，愿意承担相应的法律责任。"
    )
    signed = paper.add_paragraph(
        "申请人（签字或盖章）：＿＿＿＿＿＿＿＿　　　　　＿＿＿＿年＿＿月＿＿日"
    )
    signed.paragraph_format.space_before = Pt(18)
    hint = paper.add_paragraph(
        "带“*”的必填。本表由“小二”按您说过的内容预先填好，交之前请逐项核对；以窗口答复为准。"
    )
    hint.runs[0].font.size = Pt(9)
    paper.save(str(TARGET))
    print(f"wrote {TARGET.name}")


def _set_up(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "zh-CN")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)
    properties = paper.core_properties
    properties.title, properties.author, properties.language = "一表申请", "小二", "zh-CN"
    properties.comments = ""


def _fields(paper: Paper) -> None:
    """Lay the two loops over sections and fields into the rows of one table."""
    table = paper.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _row(table.add_row(), "{%tr for section in form.sections %}", "")
    heading = table.add_row()
    _row(heading, "", "")
    merged = heading.cells[0].merge(heading.cells[1])
    for empty in merged.paragraphs[1:]:
        merged._tc.remove(empty._p)  # noqa: SLF001 - a merged cell keeps the lines of both
    _write(merged, "{{ section.title }}", bold=True)
    _shade(merged)
    _row(table.add_row(), "{%tr for item in section.fields %}", "")
    _row(table.add_row(), '{{ item.label }}{{ " *" if item.is_required }}', "{{ item.value }}")
    _row(table.add_row(), "{%tr endfor %}", "")
    _row(table.add_row(), "{%tr endfor %}", "")
    for column, width in zip(table.columns, (LABEL_CM, VALUE_CM), strict=True):
        column.width = Cm(width)


def _row(row: _Row, label: str, value: str) -> None:
    for cell, text, width in zip(row.cells, (label, value), (LABEL_CM, VALUE_CM), strict=True):
        cell.width = Cm(width)
        _write(cell, text)


def _write(cell: _Cell, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    for run in list(paragraph.runs):
        run.clear()
    paragraph.add_run(text).bold = bold


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "ECEAE6")
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading


if __name__ == "__main__":
    main()
