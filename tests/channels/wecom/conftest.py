"""A hub with WeCom and 微信客服, a fake WeCom and a fake Rasa: three real servers."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import httpx
import pytest

from bot.asgi import create_app
from bot.bootstrap import App
from bot.channels.wecom.channel import PATH
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
from tests.wecom_api import AGENT_ID, CORP_ID, OPEN_KFID, Customer, FakeWecom, Member, fake_wecom


@dataclass
class Site:
    """The hub's side of the scene."""

    url: str
    app: App
    api: FakeWecom
    rasa: FakeRasa
    http: httpx.Client = field(repr=False)

    def post(self, fields: dict[str, object]) -> httpx.Response:
        """Call the callback as WeCom does."""
        query, body = sealed_call(xml_of(fields), CORP_ID)
        return self.http.post(PATH, params=query, content=body)

    def deliver(self, fields: dict[str, object]) -> None:
        assert self.post(fields).status_code == 200

    def member(self) -> Member:
        return Member(self.api, self.deliver)

    def customer(self) -> Customer:
        return Customer(self.api, self.deliver)

    def conversation(self, person: Member) -> Conversation:
        is_customer = isinstance(person, Customer)
        name = f"{OPEN_KFID}:{person.id}" if is_customer else person.id
        with self.app.unit_of_work() as unit:
            found = unit.conversations.find("wecom_kf" if is_customer else "wecom", name)
        assert found is not None
        return found

    def lines(self, person: Member) -> tuple[Message, ...]:
        name = self.conversation(person).id
        with self.app.unit_of_work() as unit:
            return unit.conversations.messages(name)

    def said(self, person: Member) -> list[str]:
        """Return what the transcript holds of the person."""
        return [line.text for line in self.lines(person) if line.author.value == "applicant"]

    def said_or_none(self, person: Member) -> list[str]:
        """Return the same, nothing while there is no conversation yet."""
        with self.app.unit_of_work() as unit:
            known = unit.conversations.find("wecom_kf", f"{OPEN_KFID}:{person.id}")
        return self.said(person) if known else []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    port, folder = free_port(), tmp_path_factory.mktemp("wecom")
    with fake_rasa() as rasa, fake_wecom() as api:
        settings = Settings(
            port=port,
            database_url=f"sqlite:///{folder / 'hub.db'}",
            rasa_url=rasa.url,
            rasa_token=RASA_TOKEN,
            actions_url=rasa.actions_url,
            wecom_corp_id=CORP_ID,
            wecom_secret=SECRET,
            wecom_agent_id=AGENT_ID,
            wecom_token=CALLBACK_TOKEN,
            wecom_aes_key=AES_KEY,
            wecom_kf=True,
            wecom_api_url=api.url,
            testing=True,
        )
        with open_app(settings) as opened:
            secrets = store_secrets("", "a key for tests", folder)
            app = replace(opened, unit_of_work=unit_of_work_factory(opened.engine, secrets))
            server = ServerThread(create_app(app), port)
            server.start()
            with httpx.Client(base_url=server.url, timeout=60) as http:
                yield Site(server.url, app, api, rasa, http)
            server.close()


@pytest.fixture(autouse=True)
def no_violation(site: Site) -> Iterator[None]:
    """Fail a test in which the hub asked for something that WeCom does not take."""
    site.api.violations.clear()
    site.rasa.answer = lambda text: [{"text": f"听到：{text}"}]
    yield
    assert site.api.violations == []


@pytest.fixture
def hanmeimei(site: Site) -> Member:
    return site.member()


@pytest.fixture
def lilei(site: Site) -> Customer:
    return site.customer()
