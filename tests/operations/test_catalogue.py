"""The officials' commands, as they are typed."""

import shutil
from pathlib import Path

import pytest

from bot import cli
from bot.services.operating.freezes import frozen_matters
from bot.settings import ROOT
from bot.store.engine import open_engine
from bot.store.unit_of_work import unit_of_work_factory
from tests.new_files import empty_database

FOOD = "lic-food-operate"


@pytest.fixture(autouse=True)
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Keep every command away from the developer's own data."""
    url = f"sqlite:///{tmp_path / 'xiaoer.db'}"
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("XIAOER_DATABASE_URL", url)
    (tmp_path / "xiaoer.db").write_bytes(empty_database())
    return url


def test_the_committed_catalogue_and_forms_are_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["catalogue", "check"]) == 0
    assert "4 张表" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "catalogue/matters/licence.yml",
            "copies: 1",
            "copies: 0",
            "catalogue/matters/licence.yml:",
        ),
        ("forms/general.yml", "kind: phone", "kind: fax", "forms/general.yml:"),
        ("forms/general.yml", "phone: phone", "phone: fax", "the unknown field 'fax'"),
    ],
)
def test_a_fault_is_printed_with_file_and_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    said: str,
) -> None:
    for name in ("catalogue", "forms"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    path = tmp_path / "data" / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    monkeypatch.setenv("XIAOER_DATA_DIR", str(tmp_path / "data"))

    assert cli.main(["catalogue", "check"]) == 1
    assert said in capsys.readouterr().out


def test_two_folders_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "new"
    shutil.copytree(ROOT / "data" / "catalogue", new)
    path = new / "matters" / "licence.yml"
    text = path.read_text("utf-8").replace("name: 从业人员健康证明", "name: 健康证", 1)
    path.write_text(text, encoding="utf-8")

    assert cli.main(["catalogue", "diff", str(ROOT / "data" / "catalogue"), str(new)]) == 0

    written = capsys.readouterr().out
    assert "内容变化 (facts): 2" in written
    assert "+ 材料 健康证" in written


@pytest.mark.parametrize("place", ["no-such-revision", "--output=x", "../nowhere"])
def test_what_is_neither_folder_nor_revision_is_said(
    capsys: pytest.CaptureFixture[str], place: str
) -> None:
    assert cli.main(["catalogue", "diff", "--", place, str(ROOT)]) == 1
    assert "neither a folder nor a revision" in capsys.readouterr().out


def test_freezing_and_lifting(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["catalogue", "freeze", FOOD, "--reason", "办法正在修订"]) == 0
    engine = open_engine(address)
    now = cli._now()
    assert frozen_matters(unit_of_work_factory(engine), now=now)[FOOD].frozen_by == "operator"

    assert cli.main(["catalogue", "unfreeze", FOOD]) == 0
    assert frozen_matters(unit_of_work_factory(engine), now=now) == {}
    engine.dispose()
    assert cli.main(["catalogue", "unfreeze", FOOD]) == 1
    assert "not frozen" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["freeze", "nosuch", "--reason", "x"], "no such matter"),
        (["freeze", FOOD, "--reason", " "], "give a reason"),
        (["freeze", FOOD, "--reason", "x", "--until", "2020-01-01"], "give a reason and a day"),
    ],
)
def test_bad_input_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cli.main(["catalogue", *arguments]) == 1
    written = capsys.readouterr().out.strip()
    assert said in written
    assert written.count("\n") == 0


def test_stale_facts_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["catalogue", "stale", "--days", "100000"]) == 0
    assert "共 0 条" in capsys.readouterr().out
