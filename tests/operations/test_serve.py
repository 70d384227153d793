"""`xiaoer serve`: the processes of several machines, and settings that come from files."""

from pathlib import Path

import pytest

from bot.operations.serve import PARTS, NotServed, served
from bot.settings import BadSetting, Settings, load_settings

TOKEN = "a-shared-secret"


def settings(tmp_path: Path, **values: str) -> Settings:
    return Settings(state_dir=tmp_path, rasa_token=TOKEN, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("part", [part for part in PARTS if part != "rasa"])
def test_each_part_gets_what_all_machines_share(part: str, tmp_path: Path) -> None:
    command = served(part, settings(tmp_path, redis_url="redis://r:1", audit_key="k" * 32))

    assert command.environment["XIAOER_RASA_TOKEN"] == TOKEN
    assert command.environment["XIAOER_REDIS_URL"] == "redis://r:1"
    assert command.environment["XIAOER_AUDIT_KEY"] == "k" * 32
    assert command.environment["XIAOER_RASA_DATABASE_URL"].startswith("sqlite:///")


def test_a_part_listens_where_its_own_address_says(tmp_path: Path) -> None:
    actions = served("actions", settings(tmp_path, actions_url="http://10.0.0.7:6055"))

    assert actions.environment["SANIC_HOST"] == "10.0.0.7"
    assert actions.arguments[-2:] == ["--port", "6055"]


def test_without_a_shared_secret_nothing_is_served(tmp_path: Path) -> None:
    """Each machine would make one of its own, and no hub would reach any Rasa."""
    with pytest.raises(NotServed, match="XIAOER_RASA_TOKEN"):
        served("hub", Settings(state_dir=tmp_path))


def test_rasa_without_a_model_is_not_served(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "models").mkdir(parents=True)
    for name in ("config.yml", "domain.yml"):
        (project / name).write_text("version: '3.1'\n")
    (project / "data").mkdir()

    with pytest.raises(NotServed, match="xiaoer train"):
        served("rasa", settings(tmp_path), project)


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text(f"{TOKEN}\n")
    environ = {"XIAOER_RASA_TOKEN_FILE": str(secret)}

    assert load_settings(environ, tmp_path / "none").rasa_token == TOKEN


def test_the_plain_variable_wins_over_its_file(tmp_path: Path) -> None:
    environ = {"XIAOER_RASA_TOKEN": TOKEN, "XIAOER_RASA_TOKEN_FILE": str(tmp_path / "nowhere")}

    assert load_settings(environ, tmp_path / "none").rasa_token == TOKEN


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    environ = {"XIAOER_DATABASE_URL_FILE": str(tmp_path / "nowhere")}

    with pytest.raises(BadSetting, match="XIAOER_DATABASE_URL_FILE"):
        load_settings(environ, tmp_path / "none")


def test_the_business_data_lie_beside_the_keys_that_open_them(tmp_path: Path) -> None:
    chosen = load_settings({"XIAOER_STATE_DIR": str(tmp_path)}, tmp_path / "none")

    assert chosen.database_url == f"sqlite:///{tmp_path.resolve() / 'xiaoer.db'}"
