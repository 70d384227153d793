"""`xiaoer telegram webhook set|delete|info` against a Bot API of ours."""

from collections.abc import Iterator

import pytest

from bot import cli
from tests.telegram_api import TOKEN, FakeBotApi, fake_bot_api

SECRET = "secret_of-ours"


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeBotApi]:
    with fake_bot_api() as fake:
        monkeypatch.setenv("XIAOER_TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setenv("XIAOER_TELEGRAM_SECRET", SECRET)
        monkeypatch.setenv("XIAOER_TELEGRAM_MODE", "webhook")
        monkeypatch.setenv("XIAOER_TELEGRAM_API_URL", fake.url)
        monkeypatch.setenv("XIAOER_PUBLIC_URL", "https://xiaoer.example.cn")
        yield fake


def test_a_webhook_is_registered_with_its_secret_shown_and_removed(
    api: FakeBotApi, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["telegram", "webhook", "set"]) == 0
    assert api.webhook is not None
    assert api.webhook["url"] == "https://xiaoer.example.cn/telegram/webhook"
    assert api.webhook["secret_token"] == SECRET
    assert "callback_query" in api.webhook["allowed_updates"]
    assert cli.main(["telegram", "webhook", "info"]) == 0
    assert cli.main(["telegram", "webhook", "delete"]) == 0
    written = capsys.readouterr().out

    assert api.webhook is None
    assert "https://xiaoer.example.cn/telegram/webhook" in written
    assert SECRET not in written
    assert TOKEN not in written
    assert api.violations == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("XIAOER_TELEGRAM_TOKEN", "", "XIAOER_TELEGRAM_TOKEN"),
        ("XIAOER_TELEGRAM_SECRET", "", "XIAOER_TELEGRAM_SECRET"),
        ("XIAOER_TELEGRAM_MODE", "polling", "XIAOER_TELEGRAM_MODE=webhook"),
        ("XIAOER_PUBLIC_URL", "http://xiaoer.example.cn", "https"),
        ("XIAOER_TELEGRAM_TOKEN", "1:wrong", "Not Found"),
        ("XIAOER_TELEGRAM_API_URL", "http://127.0.0.1:1", "Telegram"),
    ],
)
def test_what_is_missing_is_said_in_one_line(
    api: FakeBotApi,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    says: str,
) -> None:
    monkeypatch.setenv(name, value)

    assert cli.main(["telegram", "webhook", "set"]) == 1
    (line,) = capsys.readouterr().out.strip().splitlines()
    assert line.startswith("✗")
    assert says in line
    assert TOKEN not in line
