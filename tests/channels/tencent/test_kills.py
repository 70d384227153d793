"""The hub as a real process, killed while it sends to one person and fetches another's words."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.channels.wechat.channel import PATH as WECHAT
from bot.channels.wecom.channel import PATH as WECOM
from bot.operations.ports_free import free_port
from bot.settings import Settings
from tests.channels.telegram.test_kills import START_S, HubProcess, stored
from tests.fake_rasa import TOKEN as RASA_TOKEN
from tests.fake_rasa import fake_rasa
from tests.keys import TEST_SETTING
from tests.operations.waiting import wait_for
from tests.tencent_api import AES_KEY, CALLBACK_TOKEN, SECRET, sealed_call, xml_of
from tests.web_app import open_app
from tests.wechat_api import APP_ID, SEND, FakeWechat, Follower, fake_wechat
from tests.wecom_api import CORP_ID, KF_SEND, SYNC, Customer, fake_wecom

pytestmark = pytest.mark.long


@pytest.fixture
def wechat() -> Iterator[FakeWechat]:
    with fake_wechat() as fake:
        yield fake


@pytest.fixture
def hub(tmp_path: Path, wechat: FakeWechat) -> Iterator[HubProcess]:
    with fake_rasa() as rasa, fake_wecom() as api:
        values = {
            "XIAOER_PORT": str(free_port()),
            "XIAOER_DATA_KEYS": TEST_SETTING,
            "XIAOER_DATABASE_URL": f"sqlite:///{tmp_path / 'hub.db'}",
            "XIAOER_STATE_DIR": str(tmp_path),
            "XIAOER_RASA_URL": rasa.url,
            "XIAOER_RASA_TOKEN": RASA_TOKEN,
            "XIAOER_ACTIONS_URL": rasa.actions_url,
            "XIAOER_WECHAT_APP_ID": APP_ID,
            "XIAOER_WECHAT_APP_SECRET": SECRET,
            "XIAOER_WECHAT_TOKEN": CALLBACK_TOKEN,
            "XIAOER_WECHAT_AES_KEY": AES_KEY,
            "XIAOER_WECHAT_API_URL": wechat.url,
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
    hub: HubProcess, wechat: FakeWechat
) -> None:
    url = f"http://127.0.0.1:{hub.environment['XIAOER_PORT']}"

    def is_up() -> bool:
        try:
            return httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def deliverer(path: str, owner_id: str) -> Callable[[dict[str, object]], None]:
        def deliver(fields: dict[str, object]) -> None:
            query, body = sealed_call(xml_of(fields), owner_id)
            answer = httpx.post(f"{url}{path}", params=query, content=body, trust_env=False)
            assert answer.status_code == 200

        return deliver

    api = hub.api
    lilei, wangwu = (Customer(api, deliverer(WECOM, CORP_ID)) for _person in range(2))
    zhaoliu = Follower(wechat, deliverer(WECHAT, APP_ID))
    hub.start()
    wait_for(is_up)
    # both platforms take a line, and the hub dies before it knows
    api.script[KF_SEND].append("slow:6")
    wechat.script[SEND].append("slow:6")
    lilei.say("一")
    zhaoliu.say("三")
    api.wait(lambda: not api.script[KF_SEND] and not wechat.script[SEND], START_S)
    api.script[SYNC].append("slow:6")
    wangwu.say("二")  # acknowledged, and the hub dies before it has it
    api.wait(lambda: not api.script[SYNC], START_S)
    hub.kill()
    wangwu.put("text", content="四")  # the callback finds nobody
    hub.start()
    api.wait(lambda: "四" in "".join(wangwu.texts) and len(lilei.texts) >= 2, START_S)
    api.wait(lambda: len(zhaoliu.texts) >= 2, START_S)

    assert lilei.texts == ["听到：一"] * 2, "in doubt it is sent again, once for the kill"
    assert zhaoliu.texts == ["听到：三"] * 2
    said = "\n\n".join(wangwu.texts).split("\n\n")
    assert said == ["听到：二", "听到：四"], "fetched without another callback"
    assert sorted(stored(hub.app)) == sorted(["一", "二", "三", "四"]), "each word once"
    assert api.violations == wechat.violations == []
