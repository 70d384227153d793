from pathlib import Path

from bot.operations.keys import (
    Login,
    load_login,
    load_or_make_secrets,
    random_password,
    save_login,
    write_private,
)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_secret_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secrets.env"
    first = load_or_make_secrets(path, {})
    assert len(first["XIAOER_RASA_TOKEN"]) >= 40
    assert mode(path) == 0o600
    assert load_or_make_secrets(path, {}) == first


def test_two_machines_have_different_secrets(tmp_path: Path) -> None:
    assert load_or_make_secrets(tmp_path / "a", {}) != load_or_make_secrets(tmp_path / "b", {})


def test_the_operators_own_secret_wins(tmp_path: Path) -> None:
    environ = {"XIAOER_RASA_TOKEN": "from-the-vault"}
    assert load_or_make_secrets(tmp_path / "s", environ) == environ
    assert "from-the-vault" not in (tmp_path / "s").read_text()


def test_a_world_readable_file_becomes_private_when_written(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(0o644)
    write_private(path, "new")
    assert mode(path) == 0o600
    assert path.read_text() == "new"


def test_the_demo_login_is_kept_private_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "demo-login"
    assert load_login(path) is None
    login = Login("demo", random_password())
    save_login(path, login)
    assert mode(path) == 0o600
    assert load_login(path) == login


def test_random_passwords_differ_and_avoid_look_alike_letters() -> None:
    passwords = {random_password() for _ in range(50)}
    assert len(passwords) == 50
    assert not set("".join(passwords)) & set("lIO01")
    assert all(len(password) == 16 for password in passwords)
