"""The hub as a real process, killed while it sends to one person and fetches another's words."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.channels.wecom.channel import PATH
from bot.settings import Settings
from tests.channels.telegram.test_kills import START_S, HubProcess, stored
from tests.databases import free_port
from tests.fake_rasa import TOKEN as RASA_TOKEN
from tests.fake_rasa import fake_rasa
from tests.operations.waiting import wait_for
from tests.tencent_api import AES_KEY, CALLBACK_TOKEN, SECRET, sealed_call, xml_of
from tests.web_app import open_app
from tests.wecom_api import CORP_ID, KF_SEND, SYNC, Customer, fake_wecom


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with fake_rasa() as rasa, fake_wecom() as api:
        values = {
            "XIAOER_PORT": str(free_port()),
            "XIAOER_DATABASE_URL": f"sqlite:///{tmp_path / 'hub.db'}",
            "XIAOER_STATE_DIR": str(tmp_path),
            "XIAOER_RASA_URL": rasa.url,
            "XIAOER_RASA_TOKEN": RASA_TOKEN,
            "XIAOER_ACTIONS_URL": rasa.actions_url,
            "XIAOER_WECOM_CORP_ID": CORP_ID,
            "XIAOER_WECOM_SECRET": SECRET,
            "XIAOER_WECOM_TOKEN": CALLBACK_TOKEN,
            "XIAOER_WECOM_AES_KEY": AES_KEY,
            "XIAOER_WECOM_KF": "true",
            "XIAOER_WECOM_API_URL": api.url,
            "XIAOER_TESTING": "true",
        }
        with open_app(Settings(database_url=values["XIAOER_DATABASE_URL"])) as app:
            made = HubProcess(api, app, {**os.environ, **values}, tmp_path / "hub.log")
            yield made
            made.stop()


def test_a_kill_loses_nothing_acknowledged_and_doubles_at_most_the_line_on_its_way(
    hub: HubProcess,
) -> None:
    url = f"http://127.0.0.1:{hub.environment['XIAOER_PORT']}"

    def is_up() -> bool:
        try:
            return httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def deliver(fields: dict[str, object]) -> None:
        query, body = sealed_call(xml_of(fields), CORP_ID)
        answer = httpx.post(f"{url}{PATH}", params=query, content=body, trust_env=False)
        assert answer.status_code == 200

    api = hub.api
    lilei, wangwu = Customer(api, deliver), Customer(api, deliver)
    hub.start()
    wait_for(is_up)
    api.script[KF_SEND].append("slow:3")  # taken, and the hub dies before it knows
    lilei.say("一")
    api.wait(lambda: not api.script[KF_SEND], START_S)
    api.script[SYNC].append("slow:3")
    wangwu.say("二")  # acknowledged, and the hub dies before it has it
    api.wait(lambda: not api.script[SYNC], START_S)
    hub.kill()
    hub.start()
    api.wait(lambda: wangwu.texts and len(lilei.texts) >= 2, START_S)

    assert lilei.texts == ["听到：一"] * 2, "in doubt it is sent again, once for the kill"
    assert wangwu.texts == ["听到：二"], "fetched without another callback"
    assert stored(hub.app) == ["一", "二"], "each word once"
    assert api.violations == []
