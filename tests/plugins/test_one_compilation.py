"""Code of a template is shared where its text and all rules are the same, and only there."""

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

PAGE = "{% if true %}\n<p>{{ name }}{{ 'a'|shout }}</p>{% endif %}"


def shout(text: str) -> str:
    return text.upper()


def environment(
    kind: type[Environment] = Environment, text: str = PAGE, loud: Any = shout, **rules: Any
) -> Environment:
    made = kind(loader=DictLoader({"page.html": text}), **rules)
    made.filters["shout"] = loud
    return made


def code_in(made: Environment, text: str = PAGE) -> Any:
    return made.compile(text, "page.html", "page.html")


def shown(made: Environment) -> str:
    return made.get_template("page.html").render(name="<b>")


def test_two_environments_with_the_same_rules_share_the_code() -> None:
    assert code_in(environment()) is code_in(environment())


@pytest.mark.parametrize(
    "other",
    [
        environment(SandboxedEnvironment),
        environment(autoescape=True),
        environment(autoescape=lambda name: name is not None),
        environment(trim_blocks=True),
        environment(loud=str.title),
        environment(extensions=["jinja2.ext.do"]),
    ],
)
def test_where_a_rule_differs_the_code_is_its_own(other: Environment) -> None:
    assert code_in(environment()) is not code_in(other)


def test_each_environment_shows_the_page_by_its_own_rules() -> None:
    assert shown(environment()) == "\n<p><b>A</p>"
    assert shown(environment(autoescape=True)) == "\n<p>&lt;b&gt;A</p>"
    assert shown(environment(trim_blocks=True)) == "<p><b>A</p>"
    assert shown(environment(loud=lambda _: "b")) == "\n<p><b>b</p>"
    assert shown(environment(text="{{ name }}!")) == "<b>!"


def test_a_fault_in_a_template_is_told_each_time() -> None:
    for _ in range(2):
        with pytest.raises(TemplateSyntaxError):
            environment().compile("{% if %}", "page.html", "page.html")
