"""Style rules 19 and 48: what applicants read lives in `data/`, under literal names."""

import ast
import re
from collections.abc import Iterator

from bot.settings import ROOT
from tests.quality.sources import literals, modules, titled

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[\u4e00-\u9fff]{7,}|[\u4e00-\u9fff].*[，。！？：；]")
"""Single words are allowed in actions: what applicants say there is recognised, not uttered."""

REPEATING = frozenset({"actions/common.py"})
"""Modules that may utter a text: it is one the bot has said before."""
RESPONSE = re.compile(r"(?!utter_action$)utter_[a-z0-9_]+")
"""`utter_action` is where Rasa notes which response a message of the bot was."""
DEFINITION = re.compile(r"^ +(utter_[a-z0-9_]+):", re.MULTILINE)


def defined_responses() -> set[str]:
    """Return the names of all responses in `domain.yml` and under `data/`."""
    files = [*(ROOT / "data").rglob("*.yml"), *ROOT.glob("domain.yml")]
    return {name for file in files for name in DEFINITION.findall(file.read_text("utf-8"))}


def used_responses() -> Iterator[tuple[str, str]]:
    """Yield where and which response is named in the actions."""
    for module in modules("actions"):
        for node in literals(module.tree):
            if RESPONSE.fullmatch(node.value):
                yield f"{module.path}:{node.lineno}", node.value


def test_every_response_an_action_names_exists() -> None:
    defined = defined_responses()
    assert [(place, name) for place, name in used_responses() if name not in defined] == []


def test_no_action_builds_the_name_of_a_response() -> None:
    built = [
        f"{module.path}:{node.lineno}"
        for module in modules("actions")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.JoinedStr) and "utter_" in ast.unparse(node)
    ]
    assert built == []


def test_no_sentence_for_applicants_lives_in_an_action() -> None:
    sentences = [
        f"{module.path}:{node.lineno} {node.value}"
        for module in modules("actions")
        for node in literals(module.tree)
        if SENTENCE.search(node.value)
    ]
    assert sentences == []


def test_no_button_of_an_action_has_a_chinese_title() -> None:
    titles = [
        f"{module.path}:{node.lineno} {node.value}"
        for module in modules("actions")
        for node in titled(module.tree)
        if CHINESE.search(node.value)
    ]
    assert titles == []


def test_no_action_utters_free_text() -> None:
    free = [
        f"{module.path}:{node.lineno}"
        for module in modules("actions")
        for node in ast.walk(module.tree)
        if str(module.path) not in REPEATING
        and isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("utter_message")
        and any(keyword.arg == "text" for keyword in node.keywords)
    ]
    assert free == []
