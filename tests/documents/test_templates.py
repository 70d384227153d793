from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.documents.check import check_templates, require_templates
from bot.documents.templates import BadTemplate, check_file, render
from tests.form_factories import committed_forms
from tests.paper_factories import DOCUMENTS, HOSTILE


@dataclass(frozen=True)
class Step:
    name: str


@dataclass(frozen=True)
class Page:
    title: str
    steps: tuple[Step, ...]
    best: Step | None


KNOWN = {"page": Page}


def found_in(folder: Path, source: str) -> list[str]:
    file = folder / "page.html"
    file.write_text(source, encoding="utf-8")
    return [str(problem) for problem in check_file(file, KNOWN)]


def test_the_committed_templates_use_only_fields_that_exist() -> None:
    assert list(check_templates(DOCUMENTS, committed_forms())) == []
    require_templates(DOCUMENTS, committed_forms())


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("{{ page.heading }}", "page.html:1: “page”没有“heading”这个字段"),
        ("\n{{ paper.title }}", "page.html:2: 没有“paper”这个字段"),
        (
            "{% for s in page.steps %}\n{{ s.label }}{% endfor %}",
            "page.html:2: “s”没有“label”这个字段",
        ),
        ("{% set best = page.best %}{{ best.label }}", "page.html:1: “best”没有“label”这个字段"),
        ("{% if false %}{{ page.nothing }}{% endif %}", "page.html:1: “page”没有“nothing”这个字段"),
    ],
)
def test_an_unknown_field_is_named_with_file_and_line(
    tmp_path: Path, source: str, problem: str
) -> None:
    assert found_in(tmp_path, source) == [problem]


def test_a_template_that_is_no_template_says_where(tmp_path: Path) -> None:
    (problem,) = found_in(tmp_path, "fine\n{% for %}")
    assert problem.startswith("page.html:2: 模板语法有误")


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    (problem,) = check_file(tmp_path / "gone.html", KNOWN)
    assert str(problem) == "gone.html: 找不到模板文件"


def test_known_fields_loops_and_filters_are_fine(tmp_path: Path) -> None:
    source = (
        "{{ page.title | upper }}{% for s in page.steps %}{{ loop.index }}{{ s.name }}{% endfor %}"
    )
    assert found_in(tmp_path, source) == []


def test_what_people_typed_is_text_and_never_a_template(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<p>{{ page.title }}</p>", encoding="utf-8")
    text = render(file, {"page": Page(HOSTILE, (), None)})
    assert "<script" not in text
    assert "{{7*7}}" in text
    assert "49" not in text


def test_a_template_reaches_nothing_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("{{ page.__class__.__mro__ }}", encoding="utf-8")
    with pytest.raises(BadTemplate):
        render(file, {"page": Page("x", (), None)})
