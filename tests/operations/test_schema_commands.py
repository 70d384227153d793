"""`xiaoer db`: what it says, and that a way back loses nothing unasked."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli import main
from bot.data_keys import data_keys
from bot.operations.ports_free import free_port
from bot.store import migrate
from bot.store.engine import opened
from bot.store.schema_loss import loss_of
from tests.keys import TEST_KEYS
from tests.scale.old_schema import fill, read_schema

DEMO = "INSERT INTO demo_marks VALUES (1, '2026-11-26 01:00:00.000000')"
BEFORE_DEMO, BEFORE_WHISTLES = "0023", "0008"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Settings of a machine of its own; the file is at the schema before demo marks."""
    url = f"sqlite:///{tmp_path / 'own.db'}"
    for name, value in {
        "DATABASE_URL": url,
        "STATE_DIR": str(tmp_path),
        "PORT": str(free_port()),
        "RASA_URL": f"http://127.0.0.1:{free_port()}",
        "ACTIONS_URL": f"http://127.0.0.1:{free_port()}",
    }.items():
        monkeypatch.setenv(f"XIAOER_{name}", value)
    with opened(url, data_keys("", tmp_path)) as engine:
        migrate.upgrade(engine, BEFORE_DEMO)
    return url


def test_status_lists_what_is_missing_and_upgrade_brings_it(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["db", "status"]) == 1
    assert "0024 expand" in capsys.readouterr().out

    assert main(["db", "upgrade"]) == 0

    assert main(["db", "status"]) == 0
    with opened(database) as engine:
        assert migrate.missing(engine) == []


def test_a_way_back_names_what_would_be_lost_and_waits_for_the_word(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["db", "upgrade"])
    with opened(database) as engine, engine.begin() as connection:
        connection.execute(text(DEMO))
    capsys.readouterr()

    assert main(["db", "downgrade", BEFORE_DEMO]) == 1

    said = capsys.readouterr()
    assert "demo_marks" in said.out
    assert "--lose-data" in said.err + said.out
    with opened(database) as engine:
        assert loss_of(engine, BEFORE_DEMO) == {"demo_marks": 1}
        assert migrate.missing(engine) == []

    assert main(["db", "downgrade", BEFORE_DEMO, "--lose-data"]) == 0
    with opened(database) as engine:
        assert migrate.missing(engine)[0].revision == "0024"


def test_a_column_that_holds_its_default_only_is_no_loss(database: str) -> None:
    with opened(database) as engine:
        fill(engine, read_schema(engine, TEST_KEYS, BEFORE_DEMO), 1)
        event = {"audit_head": 1, "outgoing_events": 1}  # written by the schema itself
        assert loss_of(engine, BEFORE_WHISTLES) == event
        with engine.begin() as connection:
            connection.execute(text("UPDATE tickets SET escalation = 1"))
        assert loss_of(engine, BEFORE_WHISTLES) == {**event, "tickets.escalation": 1}


def test_a_revision_that_is_not_ours_is_refused_in_one_line(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["db", "upgrade"])

    assert main(["db", "downgrade", "4711"]) == 1

    assert "4711" in "".join(capsys.readouterr())
