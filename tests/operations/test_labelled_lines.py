from pathlib import Path

import pytest

from bot.operations.errors import OperationFailed
from bot.operations.labelled_lines import read_intents, read_matters

INTENTS = frozenset({"greet", "ask_place"})
ENTITIES = frozenset({"district"})


def write(folder: Path, *lines: str) -> Path:
    path = folder / "lines.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_lines_are_read_with_their_entities_and_blank_lines_left_out(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '{"text": "在吗", "intent": "greet"}',
        "",
        '{"text": "临清在哪办", "intent": "ask_place",'
        ' "entities": [{"entity": "district", "value": "临清"}]}',
    )
    first, second = read_intents(path, INTENTS, ENTITIES)
    assert (first.text, first.entities) == ("在吗", ())
    assert second.entities[0].value == "临清"


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "在吗", "intent": "hello"}',
        '{"text": "在吗", "intent": ',
        '{"text": "在吗"}',
        '{"text": 5, "intent": "greet"}',
        '{"text": "  ", "intent": "greet"}',
        '{"text": "在吗", "intent": "greet", "entities": [{"entity": "town", "value": "在"}]}',
        '{"text": "在吗", "intent": "greet", "entities": [{"entity": "district", "value": "去"}]}',
    ],
)
def test_a_bad_line_stops_with_file_and_line_number(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, '{"text": "在吗", "intent": "greet"}', line)
    with pytest.raises(OperationFailed, match=r"lines\.jsonl:2"):
        read_intents(path, INTENTS, ENTITIES)


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(OperationFailed, match=r"lines\.jsonl"):
        read_intents(path, INTENTS, ENTITIES)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match=r"none\.jsonl"):
        read_intents(tmp_path / "none.jsonl", INTENTS, ENTITIES)


def test_an_unknown_matter_is_refused_also_among_the_others(tmp_path: Path) -> None:
    path = write(tmp_path, '{"text": "刻章", "matter_id": "seal", "also": ["sael"]}')
    with pytest.raises(OperationFailed, match=r"lines\.jsonl:1.*sael"):
        read_matters(path, {"seal"})
