"""What reaches the webhook: twice, out of order, forged, replayed, oversized, of unknown kinds."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import structlog
from sqlalchemy import text

from bot import logs
from bot.channels.telegram.client import check_settings
from bot.channels.telegram.webhook import PATH, SECRET_HEADER
from bot.settings import BadSetting, Settings
from bot.web_guard import MAX_BODY_BYTES
from tests.channels.telegram.conftest import SECRET, Site
from tests.telegram_api import TOKEN
from tests.telegram_person import Person


def count_messages(site: Site) -> int:
    with site.app.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM messages")).scalar_one())


def test_an_update_sent_twice_is_answered_once(site: Site, lilei: Person) -> None:
    update = lilei.message(text="在吗")
    calls = [threading.Thread(target=site.deliver, args=(update,)) for _ in range(4)]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    site.deliver(update)
    lilei.say("好")

    assert lilei.read(2) == ["听到：在吗", "听到：好"]


def test_a_voice_or_a_press_sent_twice_is_answered_once(site: Site, lilei: Person) -> None:
    voice = lilei.send(voice={"file_id": "v", "file_unique_id": "v", "duration": 3})
    site.deliver(voice)
    lilei.read()
    press = lilei.press("转人工")
    site.deliver(press)
    lilei.read()
    lilei.say("好")

    assert lilei.read() == ["听到：好"]
    assert site.said(lilei) == ["（语音）", "转人工", "好"]


def test_an_update_that_comes_late_is_answered_all_the_same(site: Site, lilei: Person) -> None:
    first, second = lilei.message(text="先"), lilei.message(text="后")
    site.deliver(second)
    site.deliver(first)

    assert sorted(lilei.read(2)) == ["听到：先", "听到：后"]


@pytest.mark.parametrize(
    "secret", [None, "", "wrong", SECRET[:-1], f"{SECRET}x", SECRET.upper(), "秘密".encode().hex()]
)
def test_a_call_without_the_secret_stores_nothing(
    site: Site, lilei: Person, secret: str | None
) -> None:
    before = count_messages(site)

    assert site.post(lilei.message(text="假的"), secret).status_code == 403
    assert count_messages(site) == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"7",
        b'{"update_id": "x"}',
        b'{"update_id": 7, "message": 7}',
        b'{"update_id": 7, "message": {"message_id": 1}}',
        b"[" * 100_000,
        b'{"update_id": 7, "message": ' + b'{"reply_to_message": ' * 9000 + b"}" * 9001,
        b'{"update_id": 7, "message": {"message_id": 1, "date": 1e400, "chat": {"id": 1}}}',
        b"\xff\xfe",
    ],
    ids=range(11),
)
def test_what_is_no_update_is_taken_and_thrown_away(site: Site, body: bytes) -> None:
    before = count_messages(site)
    answer = site.http.post(PATH, content=body, headers={SECRET_HEADER: SECRET})

    assert answer.status_code == 200, "a refusal would make it come again for ever"
    assert count_messages(site) == before


def test_a_body_that_is_too_large_is_refused(site: Site) -> None:
    body = b'{"update_id": 7, "x": "' + b"x" * MAX_BODY_BYTES + b'"}'
    answer = site.http.post(PATH, content=body, headers={SECRET_HEADER: SECRET})

    assert answer.status_code == 413


def test_a_thousand_entities_are_only_a_text(lilei: Person) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 1} for _ in range(1000)]
    lilei.send(text="在吗", entities=entities)

    assert lilei.read() == ["听到：在吗"]


@pytest.mark.parametrize(
    "kind", ["channel_post", "poll", "inline_query", "chat_join_request", "of_tomorrow"]
)
def test_other_kinds_of_updates_are_ignored(site: Site, lilei: Person, kind: str) -> None:
    before = count_messages(site)
    content: dict[str, object] = {"of": "tomorrow"}
    if kind == "channel_post":
        channel = {"id": -100, "type": "channel", "title": "频道"}
        content = lilei.message(text="公告", chat=channel)["message"]

    assert site.post({"update_id": site.api.next_id(), kind: content}).status_code == 200
    assert count_messages(site) == before


def test_only_posting_is_answered(site: Site) -> None:
    assert site.http.get(PATH).status_code == 405


@pytest.mark.parametrize(
    "values",
    [
        {"telegram_mode": "webhook", "telegram_secret": ""},
        {"telegram_mode": "webhook", "telegram_secret": "with blank"},
        {"telegram_mode": "carrier pigeon"},
        {"telegram_token": "no-token"},
    ],
)
def test_settings_that_are_not_safe_stop_the_start(values: dict[str, str]) -> None:
    fine = {"telegram_token": TOKEN, "telegram_secret": SECRET}
    with pytest.raises(BadSetting) as refused:
        check_settings(Settings(**{**fine, **values}))  # type: ignore[arg-type]

    assert SECRET not in str(refused.value)
    assert TOKEN not in str(refused.value)


def test_without_a_token_there_is_no_webhook(site: Site) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from bot.channels.registry import open_channels  # noqa: PLC0415

    off = replace(site.app, settings=replace(site.app.settings, telegram_token=""))

    assert [one.declaration.name for one in open_channels(off)] == ["web"]


@contextmanager
def product_logs() -> Iterator[None]:
    """Log to the streams with the set-up of the product, whatever ran before.

    To be entered in the test itself: the streams of a fixture are closed once it is set up.
    """
    before = structlog.get_config()
    logs.configure(json=True)
    try:
        yield
    finally:
        structlog.configure(**before)


def test_neither_token_nor_words_get_into_the_log(
    site: Site, lilei: Person, capfd: pytest.CaptureFixture[str]
) -> None:
    with product_logs():
        site.api.script["sendMessage"].extend(["500", "400:chat is odd"])
        lilei.say("我的电话是13800138000")
        lilei.say("别外传")
        site.api.wait(lambda: not site.api.script["sendMessage"])
        site.post({"update_id": "x"}, "wrong")
        httpx.get(f"{site.url}{PATH}")
    logged = "".join(capfd.readouterr())

    assert "delivery_failed" in logged
    for secret in (TOKEN, TOKEN.split(":")[1], SECRET, "13800138000", "别外传"):
        assert secret not in logged
    assert json.dumps("别外传").strip('"') not in logged  # as the renderer would escape it
