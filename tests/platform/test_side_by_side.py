"""The reference platform and the hub side by side: follow, move, hear of it; stop it, ask again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.asgi import create_app
from bot.documents.case_text import case_text
from bot.operations.ports_free import free_port
from bot.platform.signing import read_keys
from bot.services.cases import cases
from bot.services.cases.views import CaseView
from bot.services.platform.lookup import Platform
from bot.settings import Settings
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from tests.casework_factories import calendar, case_rules, catalogue
from tests.chat_client import Chat
from tests.platform_bench import KEYS, NUMBER, PHONE, Bench, bench
from tests.servers import ServerThread
from tests.web_app import _read_once

TWO_SECONDS = 2.0


@dataclass
class Side:
    """Both, and 李雷's conversation."""

    platform: Bench
    chat: Chat
    hub: ServerThread
    engine: Engine
    used: Platform

    def ask(self, proof: str | None = None) -> CaseView:
        return cases.find_case(
            unit_of_work_factory(self.engine),
            number=NUMBER,
            credential=proof,
            conversation_id=self.chat.conversation_id,
            now=self.platform.clock(),
            calendar=calendar(),
            platform=self.used,
        )

    def follow(self) -> None:
        self.ask(PHONE[-4:])
        cases.follow_case(
            unit_of_work_factory(self.engine),
            number=NUMBER,
            conversation_id=self.chat.conversation_id,
            now=self.platform.clock(),
        )

    def lines(self) -> list[str]:
        return [line["text"] for line in self.chat.history()]

    def wait_for(self, words: str, within_s: float = TWO_SECONDS) -> float:
        """Return after how many seconds the page's API has these words."""
        began = time.monotonic()
        while not any(words in line for line in self.lines()):
            assert time.monotonic() - began < within_s, self.lines()
            time.sleep(0.02)  # between two looks at another process
        return time.monotonic() - began


@contextmanager
def side_by_side(
    folder: Path, engine: Engine, *, poll_s: float, is_pushing: bool
) -> Iterator[Side]:
    port = free_port()
    push_to = f"http://127.0.0.1:{port}" if is_pushing else ""
    with bench(folder, push_to) as platform:
        used = platform.platform()
        settings = Settings(testing=True, platform_poll_s=poll_s, platform_url="set")
        app = replace(
            _read_once(),
            settings=settings,
            engine=engine,
            unit_of_work=unit_of_work_factory(engine),
            reading=reading_factory(engine),
            now=platform.clock,
            platform=used,
            platform_keys=read_keys(KEYS),
        )
        hub = ServerThread(create_app(app), port)
        hub.start()
        try:
            with Chat(hub.url) as chat:
                platform.faults.set("no_push", times=0)
                yield Side(platform, chat, hub, engine, used)
        finally:
            hub.stop()


@pytest.fixture
def pushed(tmp_path: Path, engine: Engine) -> Iterator[Side]:
    with side_by_side(tmp_path, engine, poll_s=3600, is_pushing=True) as side:
        yield side


@pytest.fixture
def polled(tmp_path: Path, sqlite_engine: Engine) -> Iterator[Side]:
    with side_by_side(tmp_path, sqlite_engine, poll_s=0.3, is_pushing=False) as side:
        yield side


def test_a_followed_case_is_told_of_within_two_seconds_and_survives_an_outage(pushed: Side) -> None:
    pushed.follow()

    pushed.platform.move("受理", text="材料齐全")
    pushed.wait_for("有新进展：受理")
    assert any("说明：材料齐全" in line for line in pushed.lines())

    pushed.platform.server.stop()
    pushed.platform.clock.pass_time(minutes=10)
    text = case_text(pushed.ask(), catalogue(), case_rules())
    assert "现在：受理" in text
    assert "10 分钟前的数据），审批平台" in text
    assert "审批平台现在连不上，上面是 10 分钟前的数据，连上后马上告诉您" in text

    pushed.platform.move("审查")  # while nobody can hear it
    pushed.platform.server.start()
    pushed.wait_for("有新进展：审查", within_s=10)
    pushed.wait_for("审批平台答复了", within_s=10)
    assert sum("有新进展" in line for line in pushed.lines()) == 2


def test_duplicates_wrong_order_and_a_lost_push_are_told_once_and_in_order(pushed: Side) -> None:
    pushed.follow()
    faults = pushed.platform.faults
    faults.set("push_twice", times=5)
    faults.set("no_push", times=1)
    faults.set("push_reversed", times=1)

    pushed.platform.move("受理", "审查", "办结")
    pushed.wait_for("有新进展：办结", within_s=10)

    told = [line.rsplit("：", 1)[1] for line in pushed.lines() if "有新进展" in line]
    assert [one.split("。")[0] for one in told] == ["受理", "审查", "办结"]


def test_without_any_push_the_changes_are_polled(polled: Side) -> None:
    polled.follow()

    polled.platform.move("受理", "审查")
    polled.wait_for("有新进展：审查", within_s=10)

    assert sum("有新进展" in line for line in polled.lines()) == 2


def test_a_copy_that_is_listened_to_is_not_old(polled: Side) -> None:
    polled.follow()
    polled.platform.clock.pass_time(minutes=30)
    polled.platform.move("受理")
    polled.wait_for("有新进展：受理", within_s=10)

    view = polled.ask()

    assert view.age is not None
    assert view.age < timedelta(seconds=60)
    assert view.trouble is None


def test_an_answer_that_comes_too_late_for_the_turn_comes_by_itself(polled: Side) -> None:
    polled.used = replace(polled.used, within_s=0.3)
    # the hub asks at the same time, and must not take the only slow answer away
    polled.platform.faults.set("delay", times=50, seconds=1)

    with pytest.raises(cases.PlatformPending):
        polled.ask(PHONE[-4:])
    polled.wait_for("您刚才问的办件现在是这样", within_s=15)

    assert any(f"办件 {NUMBER}" in line and "现在：收件" in line for line in polled.lines())
    assert polled.ask().number == NUMBER  # and it is proven now
