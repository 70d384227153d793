"""韩梅梅 of the enterprise talks to 小二 in WeCom."""

import time
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.channels.registry import open_channels
from bot.channels.wecom.api import check_settings
from bot.channels.wecom.channel import PATH
from bot.domain.conversations import Author, Reply
from bot.services.desk.handovers import say_as_system
from bot.settings import BadSetting, Settings
from tests.channels.wecom.conftest import Site
from tests.tencent_api import (
    AES_KEY,
    CALLBACK_TOKEN,
    SECRET,
    plain_query,
    sealed_call,
    sealed_echo,
    xml_of,
)
from tests.wecom_api import AGENT_ID, CORP_ID, SEND, Member


def test_a_text_is_answered_in_as_few_messages_as_it_fits_in(site: Site, hanmeimei: Member) -> None:
    site.rasa.answer = lambda text: [{"text": f"一{text}"}, {"text": "二"}, {"text": "三" * 700}]
    hanmeimei.say("在吗")

    first, *rest = hanmeimei.read(3)
    assert first == "一在吗\n\n二"
    assert "".join(rest) == "三" * 700


def test_pictures_places_and_stickers_are_answered(site: Site, hanmeimei: Member) -> None:
    hanmeimei.send("image", PicUrl="http://p.example/1", MediaId="media-1")
    (picture,) = hanmeimei.read()
    hanmeimei.send("location", Location_X="36.45", Location_Y="115.98", Scale=16, Label="")
    (place,) = hanmeimei.read()
    hanmeimei.send("of_tomorrow")
    (other,) = hanmeimei.read()

    assert "照片" in picture
    assert "1. 东昌府区" in place
    assert "打字" in other


def test_a_message_that_comes_three_times_is_answered_once(site: Site, hanmeimei: Member) -> None:
    fields = hanmeimei.say("在吗")
    site.deliver(fields)
    site.deliver(fields)
    hanmeimei.say("好")
    site.api.wait(lambda: "听到：好" in "".join(hanmeimei.texts))

    assert site.said(hanmeimei) == ["在吗", "好"]
    assert "".join(hanmeimei.texts).count("听到：在吗") == 1


@pytest.mark.parametrize("trouble", ["errcode:-1", "expire", "broken"])
def test_an_error_of_a_moment_loses_nothing(site: Site, hanmeimei: Member, trouble: str) -> None:
    hanmeimei.say("先")
    hanmeimei.read()
    site.api.script[SEND].append(trouble)
    hanmeimei.say("一")

    assert hanmeimei.read() == ["听到：一"]


def test_whoever_the_application_does_not_see_is_out_of_reach(
    site: Site, hanmeimei: Member
) -> None:
    hanmeimei.say("你好")
    hanmeimei.read()
    site.api.gone.add(hanmeimei.id)
    say_as_system(
        site.app.unit_of_work,
        conversation_id=site.conversation(hanmeimei).id,
        reply=Reply("有新进展", author=Author.SYSTEM),
        now=site.app.now(),
    )
    site.api.wait(lambda: site.conversation(hanmeimei).unreachable_since)
    site.api.gone.clear()
    hanmeimei.say("我回来了")

    assert hanmeimei.read() == ["听到：我回来了"]


def test_forged_and_replayed_calls_and_those_of_others_store_nothing(
    site: Site, hanmeimei: Member
) -> None:
    xml = xml_of(hanmeimei.fields("text", Content="假的"))
    calls = {
        "unsigned": ({}, xml),
        "plain": (plain_query(), xml),
        "other token": sealed_call(xml, CORP_ID, token="otherTokenOfMine"),
        "other enterprise": sealed_call(xml, "wwfedcba9876543210"),
        "recorded": sealed_call(xml, CORP_ID, at_s=time.time() - 3600),
    }
    statuses = {
        name: site.http.post(PATH, params=query, content=body).status_code
        for name, (query, body) in calls.items()
    }
    site.deliver({**hanmeimei.fields("text", Content="别的应用"), "AgentID": "1000099"})
    with site.app.engine.connect() as connection:
        query = text("SELECT count(*) FROM conversations WHERE external_id = :who")
        known = connection.execute(query, {"who": hanmeimei.id}).scalar_one()

    assert statuses == dict.fromkeys(calls, 403)
    assert known == 0


def test_the_address_proves_itself(site: Site) -> None:
    answer = site.http.get(PATH, params=sealed_echo("1616140317555161061", CORP_ID))

    assert (answer.status_code, answer.text) == (200, "1616140317555161061")


@pytest.mark.parametrize(
    "values",
    [
        {"wecom_agent_id": "x"},
        {"wecom_agent_id": ""},
        {"wecom_secret": "short"},
        {"wecom_token": "weixin"},
        {"wecom_aes_key": ""},
    ],
    ids=range(5),
)
def test_settings_that_are_not_safe_stop_the_start(values: dict[str, str]) -> None:
    fine = {
        "wecom_corp_id": CORP_ID,
        "wecom_secret": SECRET,
        "wecom_agent_id": AGENT_ID,
        "wecom_token": CALLBACK_TOKEN,
        "wecom_aes_key": AES_KEY,
    }
    check_settings(Settings(**fine))  # type: ignore[arg-type]
    with pytest.raises(BadSetting) as refused:
        check_settings(Settings(**{**fine, **values}))  # type: ignore[arg-type]

    for secret in (SECRET, CALLBACK_TOKEN, AES_KEY):
        assert secret not in str(refused.value)


def test_each_of_the_two_channels_can_be_on_alone(site: Site) -> None:
    def names(**values: object) -> list[str]:
        settings = replace(site.app.settings, **values)  # type: ignore[arg-type]
        opened = open_channels(replace(site.app, settings=settings))
        return [one.declaration.name for one in opened]

    assert names(wecom_corp_id="") == ["web"]
    assert names(wecom_agent_id="") == ["web", "wecom_kf"]
    assert names(wecom_kf=False) == ["web", "wecom"]
