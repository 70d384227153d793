import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.nlu import model_seal
from bot.operations.early_rasa import begins_early, begun, early_rasa
from bot.operations.fingerprint import model_path
from bot.operations.supervisor import Command
from bot.settings import ROOT, Settings, load_settings
from tests.operations.waiting import is_running

SECRETS = {"XIAOER_RASA_TOKEN": "r" * 40}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    state = tmp_path / "state"
    environ = {
        "XIAOER_STATE_DIR": str(state),
        "XIAOER_DATABASE_URL": f"sqlite:///{state / 'new.db'}",
        "XIAOER_RASA_LEVERS": "all",
    }
    return load_settings(environ, env_file=tmp_path / "none.env")


def test_rasa_begins_early_only_where_no_database_is_yet(settings: Settings) -> None:
    assert begins_early(settings)
    settings.state_dir.mkdir()
    (settings.state_dir / "new.db").touch()
    assert not begins_early(settings)


def test_on_a_database_server_rasa_waits_for_the_database(settings: Settings) -> None:
    assert not begins_early(replace(settings, database_url="postgresql+psycopg2://x@127.0.0.1/x"))


def test_stock_rasa_keeps_its_order(settings: Settings) -> None:
    assert not begins_early(replace(settings, rasa_levers="none"))


def test_without_a_model_nothing_begins(settings: Settings, tmp_path: Path) -> None:
    for name in ("data", "models"):
        (tmp_path / name).mkdir()
    for name in ("config.yml", "domain.yml"):
        (tmp_path / name).touch()
    assert early_rasa(settings, tmp_path, SECRETS) is None


def test_what_begins_refuses_a_model_that_changes_before_it_is_read(
    settings: Settings, tmp_path: Path
) -> None:
    for name in ("data", "models"):
        (tmp_path / name).mkdir()
    for name in ("config.yml", "domain.yml"):
        (tmp_path / name).touch()
    model = model_path(tmp_path, tmp_path / "models", [])
    model.write_bytes(b"a model")

    early = early_rasa(settings, tmp_path, SECRETS)

    assert early is not None
    assert str(model) in early.arguments
    assert early.environment[model_seal.SETTING] == model_seal.sha256_of(model)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_while_the_database_is_made_leaves_nothing_behind(
    tmp_path: Path, number: signal.Signals
) -> None:
    sleeping = Command("rasa", [sys.executable, "-c", "import time; time.sleep(600)"], {})
    before = signal.getsignal(number)
    pids: list[int] = []

    def prepare() -> None:
        with begun(sleeping, ROOT, tmp_path) as supervisor:
            pids.extend(supervisor.pids().values())
            os.kill(os.getpid(), number)

    with pytest.raises(KeyboardInterrupt):
        prepare()
    assert len(pids) == 1
    assert not is_running(pids[0])
    assert signal.getsignal(number) is before
