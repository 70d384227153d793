from pathlib import Path

import pytest

from bot.operations.commands import address_of, commands
from bot.operations.supervisor import Command
from bot.settings import Settings

SECRETS = {"XIAOER_RASA_TOKEN": "hush"}


@pytest.fixture
def by_name(tmp_path: Path) -> dict[str, Command]:
    settings = Settings(
        port=8123,
        rasa_url="http://127.0.0.1:5105",
        actions_url="http://127.0.0.1:5155",
        state_dir=tmp_path,
    )
    made = commands(settings, tmp_path, tmp_path / "models" / "m.tar.gz", SECRETS)
    return {command.name: command for command in made}


def test_the_hub_is_started_first(by_name: dict[str, Command]) -> None:
    assert next(iter(by_name)) == "hub"


def test_rasa_listens_on_loopback_behind_the_token(by_name: dict[str, Command]) -> None:
    arguments = list(by_name["rasa"].arguments)
    assert arguments[arguments.index("--interface") + 1] == "127.0.0.1"
    assert arguments[arguments.index("--port") + 1] == "5105"
    assert "--auth-token=hush" in arguments, "one word, should it begin with a hyphen"


def test_the_action_server_listens_on_loopback_only(by_name: dict[str, Command]) -> None:
    assert by_name["actions"].environment["SANIC_HOST"] == "127.0.0.1"
    assert "5155" in by_name["actions"].arguments


def test_the_hub_uses_the_websocket_library_that_works(by_name: dict[str, Command]) -> None:
    arguments = list(by_name["hub"].arguments)
    assert arguments[arguments.index("--ws") + 1] == "wsproto"
    assert arguments[arguments.index("--port") + 1] == "8123"


def test_every_process_knows_the_addresses_and_the_token(by_name: dict[str, Command]) -> None:
    for command in by_name.values():
        assert command.environment["XIAOER_RASA_TOKEN"] == "hush"
        assert command.environment["XIAOER_ACTIONS_URL"] == "http://127.0.0.1:5155"


def test_an_address_without_a_port_has_the_usual_one() -> None:
    assert address_of("http://rasa.internal", 5005) == ("rasa.internal", 5005)
