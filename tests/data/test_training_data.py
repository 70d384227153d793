"""Style rule 48: the domain, the training data and the actions must name the same things.

Rasa's own validator exits with 0 on most of this, so these tests do its work, in a second.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.operations.fingerprint import training_files
from bot.settings import ROOT
from tests.quality.sources import modules

FEWEST_EXAMPLES = 60

BUILT_IN_ACTIONS = frozenset(
    {"action_listen", "action_restart", "action_session_start", "action_default_fallback"}
    | {"action_deactivate_loop", "action_back", "action_unlikely_intent"}
)

NEVER_TYPED = frozenset({"hand_back", "take_papers"})
"""Intents of the hub itself and of buttons; no wording leads to them."""

BUILT_IN_INTENTS = frozenset({"nlu_fallback", "session_start", "restart"})

ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
RESPONSE = re.compile(r"utter_[a-z0-9_]+")


@cache
def domain() -> dict[str, Any]:
    """Return `domain.yml`."""
    return _read(ROOT / "domain.yml")


@cache
def training_data() -> dict[Path, dict[str, Any]]:
    """Return every file of training data by its path in the project."""
    return {path.relative_to(ROOT): _read(path) for path in training_files(ROOT)}


def examples() -> Iterator[tuple[str, str]]:
    """Yield intent and example, annotations taken off."""
    for content in training_data().values():
        for block in content.get("nlu") or []:
            for line in str(block.get("examples", "")).splitlines():
                if "intent" in block and line.strip().startswith("- "):
                    yield block["intent"], ANNOTATION.sub(r"\1", line.strip()[2:]).strip()


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the title and each step of all rules and stories."""
    for content in training_data().values():
        for kind in ("rule", "story"):
            for block in content.get(f"{kind}s" if kind == "rule" else "stories") or []:
                for step in [*(block.get("condition") or []), *(block.get("steps") or [])]:
                    if isinstance(step, dict):
                        yield str(block[kind]), step


def responses() -> set[str]:
    """Return the names of all responses."""
    found = set(domain().get("responses") or {})
    for content in training_data().values():
        found |= set(content.get("responses") or {})
    return found


def implemented_actions() -> set[str]:
    """Return what the `name` methods of the actions answer."""
    return {
        node.value
        for module in modules("actions")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"(action|validate)_[a-z0-9_]+", node.value)
    }


def _read(path: Path) -> dict[str, Any]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert isinstance(content, dict), path
    return content


def _names(entries: list[Any]) -> set[str]:
    """Return names of domain entries, which are plain or a mapping with options."""
    return {next(iter(entry)) if isinstance(entry, dict) else str(entry) for entry in entries}


def test_every_intent_has_enough_examples() -> None:
    counts = Counter(intent for intent, _ in examples())
    typed = _names(domain()["intents"]) - NEVER_TYPED
    assert {i: counts[i] for i in typed if counts[i] < FEWEST_EXAMPLES} == {}


def test_every_intent_with_examples_is_in_the_domain() -> None:
    assert {intent for intent, _ in examples()} - _names(domain()["intents"]) == set()


def test_no_example_belongs_to_two_intents() -> None:
    owners: dict[str, set[str]] = {}
    for intent, text in examples():
        owners.setdefault(text, set()).add(intent)
    assert {text: intents for text, intents in owners.items() if len(intents) > 1} == {}


def test_every_title_of_a_rule_is_its_own() -> None:
    titles = Counter(
        str(block["rule"])
        for content in training_data().values()
        for block in content.get("rules") or []
    )
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_intent_of_a_rule_exists() -> None:
    known = _names(domain()["intents"]) | BUILT_IN_INTENTS
    used = {(title, str(step["intent"])) for title, step in steps() if "intent" in step}
    assert [pair for pair in used if pair[1] not in known] == []


def test_every_action_of_a_rule_exists() -> None:
    forms = set(domain().get("forms") or {})
    known = responses() | forms | BUILT_IN_ACTIONS | set(domain().get("actions") or [])
    used = {(title, str(step["action"])) for title, step in steps() if "action" in step}
    assert [pair for pair in used if pair[1] not in known] == []


def test_every_action_of_the_domain_is_implemented() -> None:
    wanted = {name for name in domain().get("actions") or [] if not name.startswith("utter_")}
    forms = set(domain().get("forms") or {})
    validators = {f"validate_{form}" for form in forms}  # the form's class builds this name
    assert wanted - implemented_actions() - BUILT_IN_ACTIONS - forms - validators == set()


def test_every_response_is_used() -> None:
    in_actions = {
        name for module in modules("actions", "bot") for name in RESPONSE.findall(module.text)
    }
    in_rules = {str(step.get("action")) for _, step in steps()}
    in_rules |= set(RESPONSE.findall((ROOT / "data/common/asides.yml").read_text("utf-8")))
    slots = set(domain().get("slots") or {})
    asked = {name for name in responses() if name.startswith("utter_ask_")}
    open_questions = {n for n in asked if any(n.endswith(slot) for slot in slots)}
    assert responses() - in_actions - in_rules - open_questions == set()


@pytest.mark.parametrize("path", sorted(training_data()), ids=str)
def test_training_data_lie_in_the_folder_of_a_skill(path: Path) -> None:
    assert path.parts[0] == "data"
    assert path.stem in {"nlu", "responses", "rules", "stories", "forms"}
