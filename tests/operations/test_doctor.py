import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.operations.doctor import (
    check_calendar,
    check_catalogue,
    check_database,
    check_disk,
    check_model,
    check_platform,
    check_ports,
    check_python,
    examine,
)
from bot.operations.errors import OperationFailed
from bot.operations.findings import Finding, Level, way
from bot.operations.ports_free import free_port
from bot.settings import Settings
from tests.platform_bench import KEYS, bench

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=timezone.utc)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        port=free_port(),
        rasa_url=f"http://127.0.0.1:{free_port()}",
        actions_url=f"http://127.0.0.1:{free_port()}",
        database_url=f"sqlite:///{tmp_path / 'var' / 'xiaoer.db'}",
        state_dir=tmp_path / "var",
    )


def test_the_right_python_is_fine(settings: Settings, tmp_path: Path) -> None:
    assert [f.level for f in check_python(settings, tmp_path, NOW)] == [Level.OK]


def test_the_space_left_is_reported(settings: Settings, tmp_path: Path) -> None:
    (finding,) = check_disk(settings, tmp_path, NOW)
    assert "MB" in finding.text


def test_free_ports_are_fine(settings: Settings, tmp_path: Path) -> None:
    findings = list(check_ports(settings, tmp_path, NOW))
    assert [finding.level for finding in findings] == [Level.OK] * 3


def test_a_stranger_on_a_port_is_found(settings: Settings, tmp_path: Path) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", int(settings.rasa_url.rsplit(":", 1)[1])))
        stranger.listen()
        findings = list(check_ports(settings, tmp_path, NOW))
    assert [f.level for f in findings] == [Level.OK, Level.FAIL, Level.OK]
    assert "rasa" in findings[1].text


def test_a_database_that_cannot_be_reached_is_found_without_its_password(
    settings: Settings, tmp_path: Path
) -> None:
    url = f"postgresql+psycopg2://someone:hush@127.0.0.1:{free_port()}/none"
    (finding,) = check_database(Settings(database_url=url), tmp_path, NOW)
    assert finding.level is Level.FAIL
    assert "hush" not in finding.text


def test_a_database_that_nobody_has_made_is_said_to_be_missing_and_is_not_made(
    settings: Settings, tmp_path: Path
) -> None:
    (finding,) = check_database(settings, tmp_path, NOW)
    assert (finding.level, finding.text) == (Level.WARN, "还没有数据库")
    assert not (tmp_path / "var").exists()


def test_data_inside_of_the_environment_are_warned_about(tmp_path: Path) -> None:
    inside = Settings(state_dir=Path(sys.prefix) / "share" / "xiaoer" / "var")
    levels = {finding.level: finding for finding in check_disk(inside, tmp_path, NOW)}
    assert "XIAOER_STATE_DIR" in levels[Level.WARN].remedy


def test_a_remedy_names_a_command_that_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert way("run") == "make run"
    monkeypatch.setattr("bot.operations.findings.ROOT", tmp_path)
    assert way("run") == "xiaoer run"


def test_a_missing_model_is_a_warning_that_says_what_to_do(
    settings: Settings, tmp_path: Path
) -> None:
    (finding,) = check_model(settings, tmp_path, NOW)
    assert finding.level is Level.WARN
    assert "make train" in finding.remedy


def test_a_check_that_breaks_is_itself_a_finding(settings: Settings, tmp_path: Path) -> None:
    def broken(_settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
        raise OperationFailed("no such folder")
        yield

    (finding,) = examine(settings, tmp_path, NOW, [broken])
    assert finding.level is Level.FAIL
    assert "no such folder" in finding.text


def test_the_catalogue_of_this_repository_is_fine(tmp_path: Path) -> None:
    (finding,) = check_catalogue(Settings(), tmp_path, NOW)
    assert finding.level is Level.OK


def test_a_broken_catalogue_is_told_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "catalogue").mkdir()
    findings = list(check_catalogue(Settings(data_dir=tmp_path), tmp_path, NOW))
    assert findings
    assert {finding.level for finding in findings} == {Level.FAIL}


@pytest.mark.parametrize(
    ("today", "levels"),
    [
        (datetime(2026, 6, 1, tzinfo=timezone.utc), [Level.OK]),
        (datetime(2026, 12, 1, tzinfo=timezone.utc), [Level.WARN]),
        # already 2027 in Shanghai
        (datetime(2026, 12, 31, 20, 0, tzinfo=timezone.utc), [Level.FAIL]),
    ],
)
def test_years_without_an_official_calendar_are_named(
    today: datetime, levels: list[Level], tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path)  # no files of our own: what the library knows
    assert [f.level for f in check_calendar(settings, tmp_path, today)] == levels


def test_without_an_approval_platform_nothing_is_said(settings: Settings, tmp_path: Path) -> None:
    assert list(check_platform(settings, tmp_path, NOW)) == []


def test_an_approval_platform_is_asked_with_our_key(settings: Settings, tmp_path: Path) -> None:
    with bench(tmp_path) as platform:
        used = replace(settings, platform_url=platform.server.url, platform_keys=KEYS)
        platform.clock.follow_real_time()
        (there,) = check_platform(used, tmp_path, NOW)
        wrong = replace(used, platform_keys="k1:a-secret-that-nobody-has")
        (refused,) = check_platform(wrong, tmp_path, NOW)
        platform.server.stop()
        (away,) = check_platform(used, tmp_path, NOW)

    assert [one.level for one in (there, refused, away)] == [Level.OK, Level.WARN, Level.WARN]
