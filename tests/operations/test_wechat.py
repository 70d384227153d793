"""`xiaoer wechat menu set|show|delete` and `card FILE` against a WeChat of ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli
from bot.channels.wechat.menu import BadMenu, load_menu, meanings
from bot.domain.payloads import BadPayload
from bot.settings import ROOT
from tests.tencent_api import CALLBACK_TOKEN, SECRET
from tests.wechat_api import APP_ID, THUMB, FakeWechat, fake_wechat


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeWechat]:
    with fake_wechat() as fake:
        values = {
            "WECHAT_APP_ID": APP_ID,
            "WECHAT_APP_SECRET": SECRET,
            "WECHAT_TOKEN": CALLBACK_TOKEN,
            "WECHAT_API_URL": fake.url,
            "PUBLIC_URL": "https://xiaoer.example.cn",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'cli.db'}",
            "STATE_DIR": str(tmp_path),
        }
        for name, value in values.items():
            monkeypatch.setenv(f"XIAOER_{name}", value)
        yield fake


def test_the_menu_is_set_shown_and_deleted(
    api: FakeWechat, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["wechat", "menu", "set"]) == 0
    assert api.menu is not None
    keys = {item["key"] for top in api.menu["button"] for item in top["sub_button"]}
    assert cli.main(["wechat", "menu", "show"]) == 0
    assert cli.main(["wechat", "menu", "delete"]) == 0
    written = capsys.readouterr().out

    assert api.menu is None
    assert keys == set(meanings(load_menu(ROOT / "data")))
    assert "查办件" in written
    assert SECRET not in written
    assert api.violations == []
    assert len(api.token_fetches) == 1, "kept between the commands"


def test_the_picture_of_the_card_is_kept_at_wechat(
    api: FakeWechat, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    picture = tmp_path / "封面.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 200)

    assert cli.main(["wechat", "card", str(picture)]) == 0
    (kept,) = api.thumbs - {THUMB}
    assert f"XIAOER_WECHAT_CARD_THUMB={kept}" in capsys.readouterr().out

    api.token = "token-that-wechat-has-given-since"
    assert cli.main(["wechat", "card", str(picture)]) == 0
    assert len(api.thumbs) == 3, "the old token is renewed"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"MZ\x90 a program", "不是 JPG 或 PNG"), (b"\xff\xd8\xff" + b"x" * 1_000_001, "超过 1 MB")],
    ids=["a program", "too large"],
)
def test_a_picture_that_no_card_can_show_is_refused_in_one_line(
    content: bytes, reason: str, api: FakeWechat, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    picture = tmp_path / "封面.png"
    picture.write_bytes(content)

    assert cli.main(["wechat", "card", str(picture)]) == 1
    assert reason in capsys.readouterr().out
    assert cli.main(["wechat", "card", str(tmp_path / "没有.png")]) == 1
    assert api.thumbs == {THUMB}


def test_a_refusal_is_one_line(api: FakeWechat, capsys: pytest.CaptureFixture[str]) -> None:
    api.script["/cgi-bin/menu/delete"].append("errcode:48001")

    assert cli.main(["wechat", "menu", "delete"]) == 1
    assert "48001" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("menu", "error"),
    [
        ("menu: [{name: 一个很长很长的名字, key: a, payload: /stop}]", BadMenu),
        ("menu: [" + "{name: 甲, key: a, payload: /stop}," * 4 + "]", BadMenu),
        ("menu: [{name: 甲, key: a, payload: /restart}]", BadPayload),
    ],
    ids=["name", "number", "payload"],
)
def test_a_menu_that_wechat_or_we_would_not_take_stops_the_start(
    tmp_path: Path, menu: str, error: type[Exception]
) -> None:
    (tmp_path / "wechat").mkdir()
    (tmp_path / "wechat" / "menu.yml").write_text(menu, encoding="utf-8")
    with pytest.raises(error):
        load_menu(tmp_path)
