"""The hub as a real process that fetches its updates, killed in the middle of things."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.bootstrap import App
from bot.operations.ports_free import free_port
from bot.settings import ROOT, Settings
from bot.store.tables.conversations import MESSAGES
from tests.fake_rasa import TOKEN as RASA_TOKEN
from tests.fake_rasa import fake_rasa
from tests.keys import TEST_SETTING
from tests.telegram_api import TOKEN, FakeBotApi, fake_bot_api
from tests.telegram_person import Person
from tests.web_app import open_app

pytestmark = pytest.mark.long

START_S = 60.0


@dataclass
class HubProcess:
    """A hub that can be killed and started again."""

    api: FakeBotApi
    app: App
    environment: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = field(default=None)
    kills: int = 0

    def start(self) -> None:
        port = self.environment["XIAOER_PORT"]
        arguments = [
            *(sys.executable, "-m", "uvicorn", "--factory", "bot.hub_start:application"),
            *("--host", "127.0.0.1", "--port", port, "--ws", "wsproto", "--log-level", "error"),
        ]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                arguments, cwd=ROOT, env=self.environment, stdout=output, stderr=output
            )

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.kills += 1

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with fake_rasa() as rasa, fake_bot_api() as api:
        values = {
            "XIAOER_PORT": str(free_port()),
            "XIAOER_DATABASE_URL": f"sqlite:///{tmp_path / 'hub.db'}",
            "XIAOER_STATE_DIR": str(tmp_path),
            "XIAOER_RASA_URL": rasa.url,
            "XIAOER_RASA_TOKEN": RASA_TOKEN,
            "XIAOER_ACTIONS_URL": rasa.actions_url,
            "XIAOER_TELEGRAM_TOKEN": TOKEN,
            "XIAOER_TELEGRAM_MODE": "polling",
            "XIAOER_TELEGRAM_API_URL": api.url,
            "XIAOER_TESTING": "true",
            "XIAOER_DATA_KEYS": TEST_SETTING,
        }
        with open_app(Settings(database_url=values["XIAOER_DATABASE_URL"])) as app:
            made = HubProcess(api, app, {**os.environ, **values}, tmp_path / "hub.log")
            yield made
            made.stop()


def stored(app: App) -> list[str]:
    query = select(MESSAGES.c.text).where(MESSAGES.c.author == "applicant").order_by(MESSAGES.c.id)
    with app.engine.connect() as connection:
        return [row.text for row in connection.execute(query)]


def heard(person: Person) -> list[str]:
    """Return the answers to what was said; a slow machine also tells people of their place."""
    return [text for text in person.texts if text.startswith("听到")]


def test_a_kill_loses_nothing_and_doubles_at_most_one_line_a_chat(hub: HubProcess) -> None:
    """One start costs seconds, so it is killed once; each chat has one line on its way at most."""
    people = [Person(hub.api, hub.api.queue) for _ in range(3)]
    api = hub.api
    # Telegram takes two lines, and the hub dies before it knows
    api.script["sendMessage"].extend(["slow:3", "slow:3"])
    for word in ("一", "二"):
        for person in people:
            person.say(word)
    hub.start()
    api.wait(lambda: not api.script["sendMessage"], START_S)
    hub.kill()
    for person in people:
        person.say("三")
    hub.start()
    api.wait(lambda: all(len(set(heard(person))) == 3 for person in people), START_S)

    doubled = 0
    for person in people:
        assert list(dict.fromkeys(heard(person))) == ["听到：一", "听到：二", "听到：三"]
        assert len(heard(person)) <= 3 + hub.kills
        doubled += len(heard(person)) - 3
    assert doubled >= 2, "the kill came in the middle of sending"
    assert len(stored(hub.app)) == len(people) * 3, "each update once"
    assert hub.api.violations == []
