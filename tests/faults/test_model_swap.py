"""The model is changed, and changed back, while people talk: nothing lost, nothing said twice."""

import json
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import utc_now
from bot.data_keys import data_keys
from bot.domain.model_life import ChoiceState
from bot.domain.people import Agent
from bot.nlu.model_seal import sha256_of
from bot.operations.fingerprint import fingerprint
from bot.operations.model_keeper import ModelKeeper, Place
from bot.services.learning import model_choices
from bot.services.learning.model_choices import KnownModel
from bot.services.learning.model_switch import begin_with
from bot.services.ports import OpenUnitOfWork
from bot.settings import ROOT
from bot.store.engine import open_engine
from bot.store.hub_texts import load_hub_texts
from bot.store.store_secrets import store_secrets
from bot.store.unit_of_work import unit_of_work_factory
from tests.chat_client import Chat
from tests.faults.breakage import eventually, say_all, tickets_of
from tests.stack import Stack, running_stack

pytestmark = [pytest.mark.model, pytest.mark.long]

TALKERS = 6
PACE_S = 1.2
"""Between two messages of one person; faster ones are turned away."""

QUESTIONS = ("营业执照在哪办", "食品经营许可证要什么材料", "你好", "施工许可证几天能办下来")
TO_THE_LAST_QUESTION = [
    "我要吹哨，办证卡了半个月没人管",
    "示例餐饮店",
    "跳过",
    "临清",
    "13800138000",
]


@dataclass
class Scene:
    """A stack of its own whose model a keeper changes."""

    stack: Stack
    unit_of_work: OpenUnitOfWork
    keeper: ModelKeeper
    first: KnownModel
    second: KnownModel

    def let_pass(self, name: str) -> None:
        """Tick until a model serves alone."""

        def serves() -> bool:
            self.stack.supervisor.tick()
            self.keeper.tick(self.stack.supervisor)
            with self.unit_of_work() as unit:
                active = unit.models.newest_in(ChoiceState.ACTIVE)
            return active is not None and active.name == name and self.keeper.is_idle

        eventually(serves, f"{name} in service")


@pytest.fixture
def scene(tmp_path: Path, trained_model: Path) -> Iterator[Scene]:
    models = tmp_path / "models"
    models.mkdir()
    first, second = models / "first.tar.gz", models / "second.tar.gz"
    shutil.copy(trained_model, first)
    shutil.copy(trained_model, second)
    base = fingerprint(ROOT)
    with running_stack(tmp_path, first) as stack:
        engine = open_engine(stack.settings.database_url, data_keys("", stack.settings.state_dir))
        unit_of_work = unit_of_work_factory(engine, store_secrets("", "", tmp_path))
        known = [KnownModel(one.name, sha256_of(one), base, utc_now()) for one in (first, second)]
        begin_with(unit_of_work, known[0], now=utc_now())
        place = Place(stack.settings, stack.secrets, ROOT, models, base, lambda _line: None)
        yield Scene(stack, unit_of_work, ModelKeeper(unit_of_work, place, utc_now), *known)
        engine.dispose()


@pytest.mark.thorough
def test_a_model_is_changed_and_changed_back_while_people_talk(scene: Scene) -> None:
    in_a_form = Chat(scene.stack.url)
    say_all(in_a_form, TO_THE_LAST_QUESTION)
    quiet = threading.Event()
    with ThreadPoolExecutor(TALKERS) as pool:
        talks = [pool.submit(talk, scene.stack.url, quiet) for _ in range(TALKERS)]
        try:
            with scene.unit_of_work() as unit:
                model_choices.choose(unit, scene.second, by=None, reason="试", now=utc_now())
            scene.let_pass(scene.second.name)
            confirmed = in_a_form.say("对，派单")
            model_choices.go_back(
                scene.unit_of_work, agent=leader(scene), reason="退回", now=utc_now()
            )
            scene.let_pass(scene.first.name)
        finally:
            quiet.set()
        transcripts = [one.result() for one in talks]

    assert "CS-" in confirmed.text
    assert len(tickets_of(scene.stack, in_a_form)) == 1
    for transcript in transcripts:
        assert_each_answered_once(transcript)
    assert all(count == 1 for count in turns_by_message(scene.stack).values())
    assert "rasa-old" not in scene.stack.supervisor.pids()


def talk(url: str, quiet: threading.Event) -> list[dict[str, Any]]:
    """Ask one question after the other, each once the one before is answered."""
    with Chat(url) as chat:
        number = 0
        while not quiet.is_set():
            chat.say(QUESTIONS[number % len(QUESTIONS)])
            number += 1
            quiet.wait(PACE_S)
        assert number > len(QUESTIONS)
        return chat.history()


def leader(scene: Scene) -> Agent:
    with scene.unit_of_work() as unit:
        return unit.people.agents()[0]


def assert_each_answered_once(transcript: list[dict[str, Any]]) -> None:
    """Each message has an answer, the same number of lines each time, and none is an excuse."""
    outage = load_hub_texts(ROOT / "data").lines["outage"].text
    lines: dict[str, set[int]] = {}
    texts = [(one["author"], one["text"]) for one in transcript]
    asked = [at for at, (author, _) in enumerate(texts) if author == "applicant"]
    for at, following in zip(asked, [*asked[1:], len(texts)], strict=True):
        lines.setdefault(texts[at][1], set()).add(following - at - 1)
    assert outage not in [text for _, text in texts]
    for counts in lines.values():
        assert len(counts) == 1, lines
        assert counts != {0}, lines


def turns_by_message(stack: Stack) -> Counter[str]:
    """Return how often Rasa took each message, by the hub's id."""
    path = stack.settings.rasa_database.removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT data FROM events WHERE type_name = 'user'").fetchall()
    database.close()
    keys = data_keys("", stack.settings.state_dir)
    events = (json.loads(keys.open(data, "events.data")) for (data,) in rows)
    return Counter(event["metadata"]["message_id"] for event in events)
