"""Dialogues are read forgivingly, and what is wrong is named with file and line."""

import json
from pathlib import Path

import pytest

from bot.operations.dialogue_format import BadDialogues, read_dialogues
from bot.operations.evaluate_dialogues import read_checked
from bot.settings import ROOT


def write(folder: Path, text: str, name: str = "talk.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_yaml_and_json_lines_mean_the_same(tmp_path: Path) -> None:
    yaml = write(tmp_path, "- name: 一\n  steps:\n    - {user: 在吗, says: [您好]}\n")
    line = {"name": "一", "steps": [{"user": "在吗", "says": ["您好"]}]}
    lines = write(tmp_path, json.dumps(line), "talk.jsonl")

    (first,), (second,) = read_dialogues(yaml), read_dialogues(lines)

    assert first.name == second.name
    assert [(s.move, s.value, dict(s.expected)) for s in first.steps] == [
        (s.move, s.value, dict(s.expected)) for s in second.steps
    ]


def test_a_time_in_a_list_needs_no_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "times.yml"
    path.write_text("- steps:\n  - user: 几点\n    says_any: [15:00, 下午三点]\n", encoding="utf-8")

    (dialogue,) = read_dialogues(path)

    assert dialogue.steps[0].expected["says_any"] == ["15:00", "下午三点"]


def test_other_names_and_a_nested_expectation_are_understood(tmp_path: Path) -> None:
    text = (
        "- turns:\n    - 在吗\n    - {text: 你好, expect: {contains: 您好, slot: {focus: plan}}}\n"
    )
    (dialogue,) = read_dialogues(write(tmp_path, text))

    assert [step.value for step in dialogue.steps] == ["在吗", "你好"]
    assert dict(dialogue.steps[1].expected) == {"says": "您好", "slots": {"focus": "plan"}}


def test_a_step_may_only_finish(tmp_path: Path) -> None:
    path = tmp_path / "finish.jsonl"
    path.write_text('{"steps": [{"finish_with": "不清楚", "says": ["清单"]}]}\n', encoding="utf-8")
    (step,) = read_dialogues(path)[0].steps
    assert (step.move, step.value, step.finish_with) == ("press", "不清楚", "不清楚")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- name: 一\n  steps:\n    - {user: 在吗, sayz: 您好}\n", 3),
        ("- name: 一\n  steps:\n    - {says: 您好}\n", 3),
        ("- name: 一\n  steps:\n    - {user: 在吗, press: 好}\n", 3),
        ("- name: 一\n- name: 二\n  steps: []\n", 1),
        ("- name: [一\n", 2),
        ("只是一句话\n", 1),
        ("[]\n", 1),
    ],
)
def test_a_broken_dialogue_names_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    path = write(tmp_path, text)

    with pytest.raises(BadDialogues) as raised:
        read_dialogues(path)

    assert str(raised.value).startswith(f"{path}:{line}:")


def test_a_broken_line_of_json_names_its_number(tmp_path: Path) -> None:
    good = json.dumps({"steps": ["在吗"]})
    path = write(tmp_path, f"{good}\n\n{{broken\n", "talk.jsonl")

    with pytest.raises(BadDialogues, match=":3:"):
        read_dialogues(path)


@pytest.mark.parametrize(
    "expected",
    ["intent: greeet", "action: action_nothing", "slots: {nothing: 1}", "form: no_form"],
)
def test_a_name_that_does_not_exist_is_refused(tmp_path: Path, expected: str) -> None:
    path = write(tmp_path, f"- name: 一\n  steps:\n    - {{user: 在吗, {expected}}}\n")

    with pytest.raises(BadDialogues, match=":3:"):
        read_checked(path, ROOT)
