"""The single form as a Word file, filled in from a template that an official edits in Word."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docxtpl.template import DocxTemplate
from jinja2 import TemplateError

from bot.documents.form_paper import WordForm
from bot.documents.templates import (
    BadTemplate,
    TemplateProblem,
    check_source,
    environment,
)
from bot.domain.single_form import SingleForm

GENERAL = "single_form.docx"
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""In the archive, so that the same content is the same file."""


def template_of(folder: Path, form_id: str) -> Path:
    """Return the template of a form: its own when there is one, else the general one."""
    own = folder / f"single_form_{form_id}.docx"
    return own if own.exists() else folder / GENERAL


def fill_word_form(paper: WordForm, folder: Path) -> bytes:
    """Return the Word file.

    Args:
        paper: What is put in.
        folder: Where the templates lie.

    Raises:
        BadTemplate: The template is missing, no Word file, or uses something that is not there.
    """
    path = template_of(folder, paper.id)
    problems = tuple(check_word_template(path, paper.values))
    if problems:
        raise BadTemplate(problems)
    template = DocxTemplate(path)
    try:
        template.render({"form": paper, "field": paper.values}, environment(), autoescape=True)
    except TemplateError as error:
        raise BadTemplate([TemplateProblem(path.name, 0, f"{error}")]) from error
    out = io.BytesIO()
    template.save(out)
    return _same_every_time(out.getvalue())


def check_word_templates(
    folder: Path, forms: Mapping[str, SingleForm]
) -> Iterator[TemplateProblem]:
    """Yield what is wrong with the templates of all forms, and templates of no form."""
    found: list[TemplateProblem] = []
    for form in forms.values():
        found += check_word_template(template_of(folder, form.id), [one.id for one in form.fields])
    for path in sorted(folder.glob("single_form_*.docx")):
        form_id = path.stem.removeprefix("single_form_")
        if form_id not in forms:
            found.append(TemplateProblem(path.name, 0, f"没有编号为“{form_id}”的表"))
    yield from dict.fromkeys(found)


def check_word_template(path: Path, field_ids: Iterable[str]) -> Iterator[TemplateProblem]:
    """Yield the unknown fields and other faults of a template, for a form with these fields."""
    try:
        template = DocxTemplate(path)
        template.init_docx()
        source = template.patch_xml(template.get_xml())
        extra = "".join(
            template.patch_xml(part)
            for kind in (template.HEADER_URI, template.FOOTER_URI)
            for _, part in _parts(template, kind)
        )
    except FileNotFoundError:
        yield TemplateProblem(path.name, 0, "找不到模板文件")
        return
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        yield TemplateProblem(path.name, 0, f"不是能打开的 Word 文件（{type(error).__name__}）")
        return
    known: Mapping[str, Any] = MappingProxyType(
        {"form": WordForm, "field": dict.fromkeys(field_ids, str)}
    )
    yield from check_source(
        source + extra, known, file=path.name, env=environment(), has_lines=False
    )


def _parts(template: DocxTemplate, kind: str) -> Iterator[tuple[str, str]]:
    for key, part in template.get_headers_footers(kind):
        yield key, template.get_part_xml(part)


def _same_every_time(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, FIXED_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(entry))
    return out.getvalue()
