"""A hub with WeChat in safe mode, a fake WeChat and a fake Rasa: three real servers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.asgi import create_app
from bot.bootstrap import App
from bot.channels.wechat.channel import PATH
from bot.domain.conversations import Conversation, Message
from bot.operations.ports_free import free_port
from bot.settings import Settings
from bot.store.store_secrets import store_secrets
from bot.store.unit_of_work import unit_of_work_factory
from tests.fake_rasa import TOKEN as RASA_TOKEN
from tests.fake_rasa import FakeRasa, fake_rasa
from tests.servers import ServerThread
from tests.tencent_api import AES_KEY, CALLBACK_TOKEN, SECRET, sealed_call, xml_of
from tests.web_app import open_app
from tests.wechat_api import APP_ID, TEMPLATE_ID, FakeWechat, Follower, fake_wechat


@dataclass
class Site:
    """The hub's side of the scene."""

    url: str
    app: App
    api: FakeWechat
    rasa: FakeRasa
    http: httpx.Client = field(repr=False)

    def post(self, fields: dict[str, object]) -> httpx.Response:
        """Call the callback as WeChat does in safe mode."""
        query, body = sealed_call(xml_of(fields), APP_ID)
        return self.http.post(PATH, params=query, content=body)

    def deliver(self, fields: dict[str, object]) -> None:
        answer = self.post(fields)
        assert (answer.status_code, answer.text) == (200, "success")

    def person(self) -> Follower:
        return Follower(self.api, self.deliver)

    def conversation(self, person: Follower) -> Conversation:
        with self.app.unit_of_work() as unit:
            found = unit.conversations.find("wechat", person.id)
        assert found is not None
        return found

    def lines(self, person: Follower) -> tuple[Message, ...]:
        name = self.conversation(person).id
        with self.app.unit_of_work() as unit:
            return unit.conversations.messages(name)

    def said(self, person: Follower) -> list[str]:
        """Return what the transcript holds of the person."""
        return [line.text for line in self.lines(person) if line.author.value == "applicant"]


@contextmanager
def open_site(folder: Path, **more: Any) -> Iterator[Site]:
    """Run one; `more` are settings."""
    port = free_port()
    with fake_rasa() as rasa, fake_wechat() as api:
        settings = Settings(
            port=port,
            database_url=f"sqlite:///{folder / 'hub.db'}",
            rasa_url=rasa.url,
            rasa_token=RASA_TOKEN,
            actions_url=rasa.actions_url,
            wechat_app_id=APP_ID,
            wechat_app_secret=SECRET,
            wechat_token=CALLBACK_TOKEN,
            wechat_aes_key=AES_KEY,
            wechat_api_url=api.url,
            wechat_template=TEMPLATE_ID,
            testing=True,
            **more,
        )
        with open_app(settings) as opened:
            secrets = store_secrets("", "a key for tests", folder)
            app = replace(opened, unit_of_work=unit_of_work_factory(opened.engine, secrets))
            server = ServerThread(create_app(app), port)
            server.start()
            with httpx.Client(base_url=server.url, timeout=60) as http:
                yield Site(server.url, app, api, rasa, http)
            server.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("wechat")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_violation(site: Site) -> Iterator[None]:
    """Fail a test in which the hub asked for something that WeChat does not take."""
    site.api.violations.clear()
    site.rasa.answer = lambda text: [{"text": f"听到：{text}"}]
    yield
    assert site.api.violations == []


@pytest.fixture
def lilei(site: Site) -> Follower:
    return site.person()
