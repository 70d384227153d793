import socket
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import cli
from bot.data_keys import add_next_lookup, data_keys, ring_of
from bot.operations.ports_free import free_port
from bot.sealing import BadDataKeys
from bot.store.engine import open_engine
from bot.store.unit_of_work import unit_of_work_factory
from tests.casework_factories import whistle
from tests.new_files import empty_database


@pytest.fixture
def keys_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of keys of a database with one whistle in it."""
    monkeypatch.setenv("XIAOER_PORT", str(free_port()))
    address = f"sqlite:///{tmp_path / 'xiaoer.db'}"
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("XIAOER_DATABASE_URL", address)
    (tmp_path / "xiaoer.db").write_bytes(empty_database())
    engine = open_engine(address, data_keys("", tmp_path))
    whistle(unit_of_work_factory(engine))
    engine.dispose()
    return tmp_path / "data.key"


def ids(file: Path) -> Sequence[str]:
    return list(ring_of(file.read_text(encoding="utf-8").splitlines()).secrets)


def test_keys_are_rotated_and_the_old_one_retired(
    keys_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (old,) = ids(keys_file)

    assert cli.main(["keys", "rotate"]) == 0
    new, kept = ids(keys_file)
    assert kept == old
    assert cli.main(["keys", "retire"]) == 0
    assert ids(keys_file) == [new]
    assert cli.main(["keys", "show"]) == 0

    shown = capsys.readouterr().out
    assert f"{new}: " in shown.splitlines()[-1]
    assert keys_file.read_text(encoding="utf-8").split(":")[1].split()[0] not in shown
    engine = open_engine(f"sqlite:///{keys_file.with_name('xiaoer.db')}")
    with engine.connect() as connection:
        (sealed,) = connection.execute(text("SELECT description FROM tickets")).one()
    assert sealed.startswith(f"x1:{new}:")
    engine.dispose()


def test_a_key_that_is_in_use_is_not_retired(
    keys_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (old,) = ids(keys_file)
    keys_file.write_text(f"newer:{'n' * 40}\n{keys_file.read_text('utf-8')}", encoding="utf-8")
    data_keys.cache_clear()

    assert cli.main(["keys", "retire"]) != 0
    assert "rotate" in "".join(capsys.readouterr())
    assert old in ids(keys_file)


def test_new_keys_are_printed_as_the_setting_wants_them(
    keys_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["keys", "new"]) == 0

    name, _, value = capsys.readouterr().out.replace("\n", "").strip().partition("=")
    assert name == "XIAOER_DATA_KEYS"
    assert list(ring_of(value.split(",")).secrets) == ["k1"]


def test_what_is_over_is_counted_before_anything_goes(
    keys_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["retention", "preview"]) == 0
    preview = capsys.readouterr().out
    assert cli.main(["retention", "run"]) == 0

    assert "到期 0 条" in preview
    assert "处理了 0 条" in capsys.readouterr().out


def lookup_of(file: Path) -> str:
    return ring_of(file.read_text(encoding="utf-8").splitlines()).lookup


def test_the_key_of_the_hashes_is_changed_and_the_others_stay(keys_file: Path) -> None:
    old, others = lookup_of(keys_file), ids(keys_file)

    assert cli.main(["keys", "lookup"]) == 0

    assert lookup_of(keys_file) != old
    assert ids(keys_file) == others
    assert keys_file.stat().st_mode & 0o077 == 0


def test_while_the_change_is_not_finished_nothing_starts_and_the_command_goes_on(
    keys_file: Path,
) -> None:
    add_next_lookup(keys_file)
    waiting = keys_file.read_text(encoding="utf-8").rsplit(":", 1)[1].strip()
    data_keys.cache_clear()

    with pytest.raises(BadDataKeys, match="xiaoer keys lookup"):
        data_keys("", keys_file.parent)
    assert cli.main(["keys", "lookup"]) == 0
    assert lookup_of(keys_file) == waiting


def test_keys_of_the_settings_are_changed_by_the_operator_in_two_steps(
    keys_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ",".join(keys_file.read_text(encoding="utf-8").split())
    monkeypatch.setenv("XIAOER_DATA_KEYS", chosen)

    assert cli.main(["keys", "lookup"]) == 1
    assert "lookup-next:" in capsys.readouterr().out
    monkeypatch.setenv("XIAOER_DATA_KEYS", f"{chosen},lookup-next:{'n' * 40}")
    assert cli.main(["keys", "lookup"]) == 0
    assert "lookup-next" in capsys.readouterr().out


def test_the_key_of_the_hashes_is_not_changed_while_the_hub_runs(
    keys_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keys_file.read_text(encoding="utf-8")
    with socket.socket() as hub:
        hub.bind(("127.0.0.1", 0))
        hub.listen()
        monkeypatch.setenv("XIAOER_PORT", str(hub.getsockname()[1]))
        assert cli.main(["keys", "lookup"]) != 0
    assert keys_file.read_text(encoding="utf-8") == before
