"""What reaches the callback: twice, out of order, forged, replayed, oversized, entity bombs."""

import threading
import time
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import text

from bot.channels.registry import open_channels
from bot.channels.wechat.api import check_settings
from bot.channels.wechat.channel import PATH
from bot.channels.wechat.notices import read_fields
from bot.settings import BadSetting, Settings
from bot.web_guard import MAX_BODY_BYTES
from tests.channels.telegram.test_webhook import product_logs
from tests.channels.wechat.conftest import Site
from tests.tencent_api import (
    AES_KEY,
    CALLBACK_TOKEN,
    SECRET,
    plain_query,
    sealed_call,
    sealed_echo,
    xml_of,
)
from tests.wechat_api import APP_ID, SEND, Follower

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><xml><FromUserName>oLiLei</FromUserName>'
    "<MsgType>text</MsgType><MsgId>7</MsgId><Content>&c;</Content></xml>"
)
FILE_ENTITY = (
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><FromUserName>oLiLei</FromUserName>'
    "<MsgType>text</MsgType><MsgId>8</MsgId><Content>&f;</Content></xml>"
)
OTHER_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def count_messages(site: Site) -> int:
    with site.app.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM messages")).scalar_one())


def test_the_address_proves_itself_in_safe_and_in_plain_mode(site: Site) -> None:
    sealed = site.http.get(PATH, params=sealed_echo("12345", APP_ID))
    plain = site.http.get(PATH, params={**plain_query(), "echostr": "6789"})
    forged = site.http.get(PATH, params={**plain_query("otherTokenOfMine"), "echostr": "x"})

    assert (sealed.status_code, sealed.text) == (200, "12345")
    assert (plain.status_code, plain.text) == (200, "6789")
    assert forged.status_code == 403


def test_a_message_that_comes_three_times_is_answered_once(site: Site, lilei: Follower) -> None:
    fields = lilei.message("text", Content="在吗")
    site.api.left[lilei.id] = 5
    calls = [threading.Thread(target=site.deliver, args=(fields,)) for _ in range(3)]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    lilei.say("好")
    site.api.wait(lambda: "听到：好" in "".join(lilei.texts))

    assert "\n\n".join(lilei.texts).split("\n\n") == ["听到：在吗", "听到：好"]


def test_an_event_that_comes_three_times_is_answered_once(site: Site, lilei: Follower) -> None:
    fields = lilei.event("subscribe")
    site.api.left[lilei.id] = 3
    for _time in range(3):
        site.deliver(fields)
    lilei.say("好")
    site.api.wait(lambda: "听到：好" in "".join(lilei.texts))

    assert "".join(lilei.texts).count("我是小二") == 1
    assert site.said(lilei) == ["（关注了我们）", "好"]


def test_a_message_that_comes_late_is_answered_all_the_same(site: Site, lilei: Follower) -> None:
    first, second = lilei.message("text", Content="先"), lilei.message("text", Content="后")
    site.api.left[lilei.id] = 5
    site.deliver(second)
    site.deliver(first)
    site.api.wait(lambda: all(one in "".join(lilei.texts) for one in ("听到：先", "听到：后")))


def test_the_answer_comes_before_the_bot_has_thought(site: Site, lilei: Follower) -> None:
    site.rasa.delay_s = 3.0
    try:
        began = time.monotonic()
        lilei.say("想想")
        waited = time.monotonic() - began
    finally:
        site.rasa.delay_s = 0.0

    assert waited < 3, "WeChat waits five seconds"
    assert lilei.read() == ["听到：想想"]


def test_forged_replayed_and_unsealed_calls_store_nothing(site: Site, lilei: Follower) -> None:
    xml = xml_of(lilei.message("text", Content="假的"))
    good_query, good_body = sealed_call(xml, APP_ID)
    before = count_messages(site)
    calls = {
        "unsigned": ({}, good_body),
        "empty signature": ({**good_query, "msg_signature": ""}, good_body),
        "odd signature": ({**good_query, "msg_signature": "秘"}, good_body),
        "other nonce": ({**good_query, "nonce": "1"}, good_body),
        "other token": sealed_call(xml, APP_ID, token="otherTokenOfMine"),
        "other key": sealed_call(xml, APP_ID, key=OTHER_KEY),
        "other account": sealed_call(xml, "wxfedcba9876543210"),
        "recorded": sealed_call(xml, APP_ID, at_s=time.time() - 3600),
        "of tomorrow": sealed_call(xml, APP_ID, at_s=time.time() + 86400),
        "plain though sealing is set": (plain_query(), xml),
        "no xml": (plain_query(), "{}"),
        "no body": (good_query, ""),
    }
    statuses = {
        name: site.http.post(PATH, params=query, content=body.encode()).status_code
        for name, (query, body) in calls.items()
    }

    assert statuses == dict.fromkeys(calls, 403)
    assert count_messages(site) == before


@pytest.mark.parametrize("xml", [BOMB, FILE_ENTITY], ids=["bomb", "file"])
def test_an_entity_in_a_signed_call_is_never_expanded(site: Site, xml: str) -> None:
    before = count_messages(site)
    sealed = site.http.post(PATH, params=(call := sealed_call(xml, APP_ID))[0], content=call[1])
    bare = site.http.post(PATH, params=plain_query(), content=xml)

    assert sealed.status_code == 200, "signed: a refusal would make it come again"
    assert bare.status_code == 403
    assert count_messages(site) == before


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<xml/>",
        "not xml",
        "<xml>" + "<a>" * 5000,
        "<xml>" + "<a>1</a>" * 5000 + "</xml>",
        xml_of({"FromUserName": "../../etc", "MsgType": "text", "MsgId": 7, "Content": "x"}),
        xml_of({"FromUserName": "oLiLei", "MsgType": "text", "Content": "x"}),
        xml_of({"FromUserName": "oLiLei", "MsgType": "text", "MsgId": "x", "Content": "x"}),
        xml_of({"MsgType": "event", "Event": "of_tomorrow", "FromUserName": "o", "CreateTime": 7}),
    ],
    ids=range(9),
)
def test_what_is_no_callback_is_taken_and_thrown_away(site: Site, xml: str) -> None:
    before = count_messages(site)
    query, body = sealed_call(xml, APP_ID)

    assert site.http.post(PATH, params=query, content=body).status_code == 200
    assert count_messages(site) == before


def test_a_body_that_is_too_large_is_refused(site: Site) -> None:
    query, body = sealed_call("<xml>" + "x" * MAX_BODY_BYTES + "</xml>", APP_ID)

    assert site.http.post(PATH, params=query, content=body).status_code == 413


def test_plain_mode_takes_signed_calls_and_no_sealed_ones(site: Site) -> None:
    from bot.channels.tencent.callbacks import Callback, Refused  # noqa: PLC0415

    plain = Callback(CALLBACK_TOKEN, "", APP_ID, site.app.now)
    xml = xml_of({"FromUserName": "oLiLei", "Content": "在吗"})
    query, body = sealed_call(xml, APP_ID)

    assert plain.read(plain_query(), xml.encode())["Content"] == "在吗"
    with pytest.raises(Refused):
        plain.read(query, body.encode())
    with pytest.raises(Refused):
        plain.read(plain_query("otherTokenOfMine"), xml.encode())


@pytest.mark.parametrize(
    "values",
    [
        {"wechat_app_id": "gh_xiaoer"},
        {"wechat_app_secret": ""},
        {"wechat_app_secret": "short"},
        {"wechat_token": ""},
        {"wechat_token": "weixin"},
        {"wechat_token": "aaaaaaaaaaaaaaaa"},
        {"wechat_token": "with blank and more"},
        {"wechat_aes_key": "a" * 43},
        {"wechat_aes_key": AES_KEY[:-1]},
    ],
    ids=range(9),
)
def test_settings_that_are_not_safe_stop_the_start(values: dict[str, str]) -> None:
    fine = {
        "wechat_app_id": APP_ID,
        "wechat_app_secret": SECRET,
        "wechat_token": CALLBACK_TOKEN,
        "wechat_aes_key": AES_KEY,
    }
    check_settings(Settings(**fine))  # type: ignore[arg-type]
    with pytest.raises(BadSetting) as refused:
        check_settings(Settings(**{**fine, **values}))  # type: ignore[arg-type]

    for secret in (SECRET, CALLBACK_TOKEN, AES_KEY):
        assert secret not in str(refused.value)


@pytest.mark.parametrize("setting", ["", "thing1={title}", "thing 1={text}", "a={text"])
def test_a_template_that_could_not_be_filled_stops_the_start(setting: str) -> None:
    assert read_fields("thing1={text}, time2={time}") == {"thing1": "{text}", "time2": "{time}"}
    with pytest.raises(BadSetting):
        read_fields(setting)


def test_without_an_app_id_there_is_no_callback(site: Site) -> None:
    off = replace(site.app, settings=replace(site.app.settings, wechat_app_id=""))

    assert [one.declaration.name for one in open_channels(off)] == ["web"]


def test_neither_secrets_nor_words_get_into_the_log(
    site: Site, lilei: Follower, capfd: pytest.CaptureFixture[str]
) -> None:
    with product_logs():
        site.api.script[SEND].extend(["500", "errcode:45002"])
        lilei.say("我的电话是13800138000")
        site.api.wait(lambda: not site.api.script[SEND])
        site.api.script[SEND].append("expire")
        lilei.say("别外传")
        site.api.wait(lambda: "别外传" in "".join(lilei.texts))
        site.http.post(PATH, params={"signature": "x"}, content="<xml/>")
        httpx.get(f"{site.url}{PATH}")
    logged = "".join(capfd.readouterr())

    assert "delivery_failed" in logged
    assert "callback_refused" in logged
    for secret in (SECRET, CALLBACK_TOKEN, AES_KEY, site.api.token, "13800138000", "别外传"):
        assert secret not in logged
