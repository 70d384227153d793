"""A hub with Telegram by webhook, a fake Bot API and a fake Rasa: three real servers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from bot.asgi import create_app
from bot.bootstrap import App
from bot.channels.telegram.webhook import PATH, SECRET_HEADER
from bot.domain.conversations import Conversation, Message
from bot.operations.ports_free import free_port
from bot.settings import Settings
from tests.fake_rasa import TOKEN as RASA_TOKEN
from tests.fake_rasa import FakeRasa, fake_rasa
from tests.servers import ServerThread
from tests.telegram_api import TOKEN, FakeBotApi, fake_bot_api
from tests.telegram_person import Person
from tests.web_app import open_app

SECRET = "webhook-secret_42"


@dataclass
class Site:
    """The hub's side of the scene."""

    url: str
    app: App
    api: FakeBotApi
    rasa: FakeRasa
    http: httpx.Client = field(repr=False)

    def post(self, update: Any, secret: str | None = SECRET) -> httpx.Response:
        """Call the webhook as Telegram does."""
        headers = {} if secret is None else {SECRET_HEADER: secret}
        return self.http.post(PATH, json=update, headers=headers)

    def deliver(self, update: dict[str, Any]) -> None:
        assert self.post(update).status_code == 200

    def person(self) -> Person:
        return Person(self.api, self.deliver)

    def conversation(self, person: Person) -> Conversation:
        with self.app.unit_of_work() as unit:
            found = unit.conversations.find("telegram", str(person.id))
        assert found is not None
        return found

    def lines(self, person: Person) -> tuple[Message, ...]:
        name = self.conversation(person).id
        with self.app.unit_of_work() as unit:
            return unit.conversations.messages(name)

    def said(self, person: Person) -> list[str]:
        """Return what the transcript holds of the person."""
        return [line.text for line in self.lines(person) if line.author.value == "applicant"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    port = free_port()
    with fake_rasa() as rasa, fake_bot_api() as api:
        settings = Settings(
            port=port,
            database_url=f"sqlite:///{tmp_path_factory.mktemp('telegram') / 'hub.db'}",
            rasa_url=rasa.url,
            rasa_token=RASA_TOKEN,
            actions_url=rasa.actions_url,
            telegram_token=TOKEN,
            telegram_secret=SECRET,
            telegram_mode="webhook",
            telegram_api_url=api.url,
            testing=True,
        )
        with open_app(settings) as app:
            server = ServerThread(create_app(app), port)
            server.start()
            with httpx.Client(base_url=server.url, timeout=60) as http:
                yield Site(server.url, app, api, rasa, http)
            server.close()


@pytest.fixture(autouse=True)
def no_violation(site: Site) -> Iterator[None]:
    """Fail a test in which the hub asked for something that no Bot API takes."""
    site.api.violations.clear()
    site.rasa.answer = lambda text: [{"text": f"听到：{text}"}]
    yield
    assert site.api.violations == []


@pytest.fixture
def lilei(site: Site) -> Person:
    return site.person()
