"""`xiaoer plans recompute` on a database of its own."""

from pathlib import Path

import pytest

from bot import cli
from bot.data_keys import data_keys
from bot.domain.plan_life import PlanLife
from bot.store.engine import open_engine
from bot.store.unit_of_work import unit_of_work_factory
from tests.new_files import empty_database
from tests.plan_factories import life_of, saved


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty database at the newest schema."""
    address = f"sqlite:///{tmp_path / 'xiaoer.db'}"
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("XIAOER_DATABASE_URL", address)
    (tmp_path / "xiaoer.db").write_bytes(empty_database())
    return address


def with_plans(url: str, n_plans: int) -> None:
    engine = open_engine(url, data_keys("", Path(url.removeprefix("sqlite:///")).parent))
    unit = unit_of_work_factory(engine)
    for n in range(n_plans):
        saved(unit, origin=f"m{n}")  # by the fingerprint of the tests, so it is stale
    engine.dispose()


def first_life(url: str) -> PlanLife:
    engine = open_engine(url, data_keys("", Path(url.removeprefix("sqlite:///")).parent))
    unit = unit_of_work_factory(engine)
    shared = saved(unit, origin="m0")
    life = life_of(unit, shared)
    engine.dispose()
    return life


def test_plans_are_recomputed_with_a_count_and_a_second_run_finds_none(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with_plans(url, 3)
    assert cli.main(["plans", "recompute", "--batch", "2"]) == 0
    first = capsys.readouterr().out
    assert "重算 3 份方案, 日期变了的 0 份" in first
    assert "3/3" in first
    assert first_life(url).fingerprint != "rules-1"

    assert cli.main(["plans", "recompute"]) == 0
    assert "重算 0 份方案" in capsys.readouterr().out


def test_without_plans_there_is_nothing_to_do(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plans", "recompute"]) == 0
    assert "重算 0 份方案" in capsys.readouterr().out
