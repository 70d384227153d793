"""A copy is made of the running product under load, and put back on an empty machine."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from bot.asgi import create_app
from bot.bootstrap import utc_now
from bot.data_keys import DATA_KEY_FILE, data_keys
from bot.domain.audit import AuditEntry
from bot.operations.backup import backup, restore
from bot.operations.ports_free import free_port
from bot.services.accounts.audit import verify_log
from bot.settings import Settings
from bot.store.engine import open_engine
from bot.store.keys import AUDIT_KEY_FILE, SECRET_KEY_FILE
from bot.store.store_secrets import store_secrets
from bot.store.unit_of_work import unit_of_work_factory
from tests.chat_client import Chat
from tests.faults.breakage import another_business, eventually, is_idle, say_all, tickets_of
from tests.servers import ServerThread
from tests.stack import Stack
from tests.web_app import open_app

pytestmark = [pytest.mark.model, pytest.mark.long]

KEYS = (AUDIT_KEY_FILE, DATA_KEY_FILE, SECRET_KEY_FILE)
"""What a backup does not hold; docs/operations.md tells to keep it beside."""

COUNTED = ("conversations", "messages", "tickets", "ticket_events", "ticket_clocks")
ASKED = "食品经营许可要什么材料"
WHISTLE = ("我要吹哨, 厂房通不上电", "", "跳过", "开发区", "13800138000")


@contextmanager
def people_writing(stack: Stack) -> Iterator[None]:
    """Have somebody open conversations and write all the time."""
    is_over = threading.Event()

    def write() -> None:
        while not is_over.is_set():
            with Chat(stack.url) as chat:
                chat.put("你好")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        is_over.set()
        writer.join()


def rows(file: Path) -> Mapping[str, int]:
    """Return how many rows each table has, after the file was checked in all its parts."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for (name,) in names
        }


def note_in_the_log(settings: Settings) -> None:
    """Write an entry of the audit log with the keys of the running product."""
    engine = open_engine(settings.database_url, data_keys("", settings.state_dir))
    secrets = store_secrets(settings.audit_key, settings.secret_key, settings.state_dir)
    with unit_of_work_factory(engine, secrets)() as unit:
        unit.audit.add(AuditEntry(utc_now(), 1, "case_read", "before the copy", ""))
    engine.dispose()


def empty_machine(folder: Path) -> Settings:
    """Return the settings of a machine on which nothing is yet."""
    state = folder / "elsewhere"
    state.mkdir()
    return Settings(
        port=free_port(),
        rasa_url=f"http://127.0.0.1:{free_port()}",
        actions_url=f"http://127.0.0.1:{free_port()}",
        database_url=f"sqlite:///{state / 'xiaoer.db'}",
        state_dir=state,
        testing=True,
    )


def test_all_that_was_acknowledged_before_a_copy_is_there_after_it_was_put_back(
    stack: Stack, tmp_path: Path
) -> None:
    chat = Chat(stack.url)
    last = say_all(chat, [one or another_business("餐饮有限公司") for one in WHISTLE])
    chat.press(last.buttons["对，派单"])
    (ticket,) = tickets_of(stack, chat)
    note_in_the_log(stack.settings)
    live = Path(stack.settings.database_url.removeprefix("sqlite:///"))
    with people_writing(stack):
        message_id = chat.put(ASKED)
        before = rows(live)
        saved = backup(stack.settings, tmp_path / "backups", utc_now())
        after = rows(live)
    eventually(lambda: is_idle(chat), "the answer")

    there = empty_machine(tmp_path)
    assert restore(there, saved, utc_now()) is None
    for file in (stack.settings.state_dir / name for name in KEYS):
        if file.exists():  # made when it is first needed
            shutil.copy(file, there.state_dir)

    found = rows(there.state_dir / "xiaoer.db")
    assert found.keys() == before.keys()
    assert [one for one in COUNTED if not before[one] <= found[one] <= after[one]] == []
    assert rows(there.state_dir / "rasa.db")["events"] > 0
    secrets = store_secrets(there.audit_key, there.secret_key, there.state_dir)
    with open_app(there, data_keys("", there.state_dir)) as app:
        verdict = verify_log(unit_of_work_factory(app.engine, secrets))
        with app.unit_of_work() as unit:
            kept = unit.tickets.by_number(ticket.number)
        server = ServerThread(create_app(app))
        server.start()
        headers = {"Authorization": f"Bearer {chat.token}"}
        with httpx.Client(base_url=server.url, headers=headers, timeout=60) as http:
            page = http.get("/api/chat/messages", params={"after": 0, "wait": 0}).json()
        server.stop()
    assert verdict.is_intact
    assert verdict.checked > 0
    assert kept is not None
    assert kept.events == ticket.events
    assert message_id in [message["id"] for message in page["messages"]]
