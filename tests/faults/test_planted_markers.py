"""One person's data said at every door: in the places that are declared, and nowhere else (P26)."""

import csv
import io
import uuid
from collections.abc import Iterator
from datetime import datetime, timezone
from html import escape
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from bot.bootstrap import utc_now
from bot.domain.people import Role
from bot.operations.cases import case_import, import_cases
from bot.operations.prepare import current_database
from bot.store.personal import PERSONAL
from tests.desk_cast import PASSWORD, Cast
from tests.faults.breakage import eventually
from tests.faults.city import City
from tests.faults.counting import Conversation, find, is_drained, reading
from tests.faults.people import TelegramWriter, WechatWriter
from tests.faults.planting import (
    LETTER,
    SCRIPT,
    TABLE,
    Desk,
    columns_with_markers,
    found_in,
    raw_bytes,
    talk_on_the_web,
)
from tests.faults.scripts import Script
from tests.otlp_receiver import Receiver
from tests.stack import Stack
from tests.telegram_api import FakeBotApi
from tests.wechat_api import FakeWechat

pytestmark = [pytest.mark.model, pytest.mark.long]

HIDDEN_IN_LISTS = {"phone", "identity", "name"}
"""Words, places and names of businesses are shown to those who work on them."""

PUBLIC = (
    "/",
    "/open",
    "/open/answers",
    "/open/answers.json",
    "/open/answers.csv",
    "/open/statistics",
    "/open/talks",
)
DATABASE_FILES = (".db", ".db-wal", ".db-shm")
EVER = (datetime(2020, 1, 1, tzinfo=timezone.utc), datetime(2090, 1, 1, tzinfo=timezone.utc))


@pytest.fixture(scope="module")
def planted(
    stack: Stack,
    bot_api: FakeBotApi,
    wechat_api: FakeWechat,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Desk]:
    """The running product after somebody told everything at every door; yields the desk."""
    folder = tmp_path_factory.mktemp("planted")
    with current_database(stack.settings) as unit:
        cast = Cast(unit)
        accounts = {
            role: cast.agent(f"planted-{role.value}", f"岗位{role.value}", role) for role in Role
        }
        table = folder / "cases.csv"
        table.write_text(TABLE, encoding="utf-8")
        work = case_import(stack.settings, unit, utc_now())
        taken = import_cases(work, table, folder / "report.csv", Console(quiet=True))
        assert taken.added == 1
    desk = Desk(stack.url, accounts, PASSWORD)
    desk.post(Role.AGENT, "/api/presence", is_available=True)
    desk.post(Role.AGENT, "/api/heartbeat", is_active=True)
    desk.talks = talks = talk_on_the_web(stack)
    _write_elsewhere(City(stack, None, folder, bot_api, wechat_api, lines={}))  # type: ignore[arg-type]  # nothing breaks here
    _serve(desk, talks[-1])
    yield desk
    desk.post(Role.AGENT, f"/api/conversations/{talks[-1]}/close", reason="")
    desk.post(Role.AGENT, "/api/presence", is_available=False)
    desk.close()


def _write_elsewhere(city: City) -> None:
    people = [TelegramWriter(city, [LETTER]), WechatWriter(city, [LETTER])]
    for one in people:
        one.send(LETTER, twice=False)
        one.await_acknowledgement()
    with reading(city) as connection:
        talks = [Conversation(one, Script(()), 0, find(connection, one)) for one in people]

    def is_over() -> bool:
        with reading(city) as connection:
            return is_drained(connection, talks)

    eventually(is_over, "the answers on the other channels")


def _serve(desk: Desk, conversation: str) -> None:
    address = f"/api/conversations/{conversation}"
    said = {"client_id": str(uuid.uuid4()), "text": LETTER, "is_sure": True}
    for answer in (
        desk.post(Role.AGENT, f"{address}/claim"),
        desk.post(Role.AGENT, f"{address}/note", text=LETTER),
        desk.post(Role.AGENT, f"{address}/reply", **said),
    ):
        assert answer.is_success, answer.text


def test_no_file_beside_the_databases_tells_of_it(planted: Desk, stack: Stack) -> None:
    """Logs of all processes, what the supervisor keeps, uploads: everything in the state folder."""
    files = [
        file
        for file in stack.settings.state_dir.rglob("*")
        if file.is_file() and not file.name.endswith(DATABASE_FILES)
    ]

    assert {"hub.log", "rasa.log", "actions.log"} <= {file.name for file in files}
    assert {str(file): told for file in files if (told := found_in(file.read_bytes()))} == {}


def test_no_figure_and_no_trace_tells_of_it(
    planted: Desk, stack: Stack, receiver: Receiver
) -> None:
    ports = range(stack.settings.metrics_port, stack.settings.metrics_port + 3)
    figures = [
        httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False, timeout=60).text
        for port in ports
    ]

    assert [found_in(one) for one in figures] == [set()] * 3
    assert receiver.spans
    assert found_in(repr(receiver.spans)) == set()


def test_in_the_databases_it_is_plain_only_where_that_is_declared(
    planted: Desk, stack: Stack
) -> None:
    ours, rasas = (
        Path(url.removeprefix("sqlite:///"))
        for url in (stack.settings.database_url, stack.settings.rasa_database)
    )
    plain = columns_with_markers(ours)

    assert "tickets.business_name" in plain, "what is declared as plain is found, so one looked"
    assert {one for one in plain if one not in PERSONAL or not PERSONAL[one].plain} == set()
    assert columns_with_markers(rasas) == {}
    assert found_in(raw_bytes(ours)) == {"business"}
    assert found_in(raw_bytes(rasas)) == set()


def test_no_list_page_of_figures_or_export_shows_a_number_or_a_name(planted: Desk) -> None:
    pages = dict(planted.pages())

    assert "business" in found_in(pages["/tickets"]), "the ticket is on the list"
    told = {path: found_in(content) & HIDDEN_IN_LISTS for path, content in pages.items()}
    assert {path: markers for path, markers in told.items() if markers} == {}


def test_what_was_told_runs_on_no_page_of_the_desk_and_in_no_table(
    planted: Desk, stack: Stack
) -> None:
    """Every list, and every page that a list leads to: complaint, whistle, case, talk and more."""
    talk = planted.talks[-1]
    with current_database(stack.settings) as unit, unit() as opened:
        filed = [one for talk in planted.talks for one in opened.feedback.of_conversation(talk)]
    more = (
        *(f"/conversations/{talk}", f"/quality/{talk}", f"/api/conversations/{talk}/brief"),
        # behind what other tests have filed, a list may not lead to it any more
        *(f"/feedback/{one.number}" for one in filed),
    )
    assert filed
    answers = list(planted.every_page(*more))
    pages = [one for one in answers if one.headers["content-type"].startswith("text/html")]
    tables = [one for one in answers if one.headers["content-type"].startswith("text/csv")]
    showing = {one.url.path.split("/")[2] for one in pages if escape(SCRIPT) in one.text}
    cells = [cell for one in tables for row in csv.reader(io.StringIO(one.text)) for cell in row]

    assert {one.url.path for one in answers if SCRIPT in one.text and one in pages} == set()
    assert {one.headers["x-content-type-options"] for one in answers} == {"nosniff"}
    assert not [one for one in pages if "unsafe" in one.headers["content-security-policy"]]
    assert {"feedback", "quality", "reviews"} <= showing, "it is shown there, as text"
    assert tables
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))] == []


def test_no_event_for_the_citys_data_platform_tells_of_it(planted: Desk, stack: Stack) -> None:
    with current_database(stack.settings) as unit, unit() as opened:
        opened.outgoing.replay(*EVER)
        waiting = opened.outgoing.waiting(100_000)

    assert {"ticket", "booking", "case", "feedback"} <= {one.source for _, one in waiting if one}
    assert found_in(repr(waiting)) == set()


def test_no_public_page_tells_of_it(planted: Desk, stack: Stack) -> None:
    pages = {path: httpx.get(stack.url + path, timeout=60) for path in PUBLIC}

    assert {path: one.status_code for path, one in pages.items()} == dict.fromkeys(PUBLIC, 200)
    assert {p: told for p, one in pages.items() if (told := found_in(one.content))} == {}
