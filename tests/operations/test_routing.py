"""`xiaoer evaluate routing`, `xiaoer routing` and `xiaoer hot`: figures, clear errors."""

import json
from pathlib import Path

import pytest

from bot import cli
from bot.operations.errors import OperationFailed
from bot.operations.routing import evaluate_routing
from bot.settings import ROOT
from tests.new_files import empty_database
from tests.routing_factories import model

HELD_APART = ROOT / "bench" / "routing.jsonl"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every command away from the developer's own data."""
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("XIAOER_DATABASE_URL", f"sqlite:///{tmp_path / 'xiaoer.db'}")
    (tmp_path / "xiaoer.db").write_bytes(empty_database())


def write(folder: Path, *lines: object) -> Path:
    file = folder / "letters.jsonl"
    texts = [x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines]
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


def test_texts_held_apart_find_their_category() -> None:
    figures = evaluate_routing(HELD_APART, model(), is_report=True)
    assert figures["texts"] == 70
    assert figures["accuracy"] >= 0.75
    assert figures["sure_accuracy"] >= 0.85
    assert len(figures["f1_by_category"]) == 7
    assert len(figures["misses"]) == round(70 * (1 - figures["accuracy"]))


def test_nothing_held_apart_is_learnt_from() -> None:
    learnt = {sentence for one in model().categories for sentence in one.sentences}
    lines = HELD_APART.read_text(encoding="utf-8").splitlines()
    assert not learnt & {json.loads(line)["text"] for line in lines}


def test_the_command_prints_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, {"text": "出租车拒载不打表", "category": "交通运输"}, "")
    assert cli.main(["evaluate", "routing", str(file)]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["texts"] == 1
    assert figures["accuracy"] == figures["macro_f1"] == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"text": "话", "category": "天文"}, "天文"),
        ({"text": " ", "category": "交通运输"}, "空的"),
        ({"text": "话"}, "有错"),
        ("{", "有错"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: object, told: str) -> None:
    file = write(tmp_path, {"text": "出租车", "category": "交通运输"}, line)
    with pytest.raises(OperationFailed, match=rf"letters\.jsonl:2.*{told}"):
        evaluate_routing(file, model(), is_report=False)


def test_a_missing_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "routing", "gone.jsonl"]) == 1
    assert capsys.readouterr().out.startswith("✗ gone.jsonl")


def test_sweep_and_export_work_on_an_empty_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["hot", "sweep"]) == 0
    assert "看了 0 条" in capsys.readouterr().out
    file = tmp_path / "decisions.jsonl"
    assert cli.main(["routing", "export", str(file), "--all"]) == 0
    assert file.read_text(encoding="utf-8") == ""
    assert file.stat().st_mode & 0o077 == 0
