"""Fixtures shared by all tests; helpers live in modules of their own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

import actions
from bot.bootstrap import App
from bot.operations.ports_free import free_ports_in_a_row
from bot.operations.training import ensure_model
from bot.settings import ROOT, load_settings
from bot.store.engine import open_engine
from bot.store.tables import METADATA
from tests.compiled import open_sqlite
from tests.databases import find_postgres, postgres_server
from tests.emptying import empty
from tests.keys import TEST_KEYS
from tests.otlp_receiver import Receiver, otlp_receiver
from tests.stack import Stack, channel_settings, running_stack
from tests.telegram_api import FakeBotApi, fake_bot_api
from tests.web_app import open_app
from tests.wechat_api import FakeWechat, fake_wechat
from tests.wecom_api import FakeWecom, fake_wecom

pytest_plugins = [
    "tests.plugins.no_skip",
    "tests.plugins.thorough_only",
    "tests.plugins.groups",
    "tests.plugins.garbage",
    "tests.plugins.one_trust",
    "tests.plugins.one_compilation",
    "tests.plugins.readable_examples",
    "tests.plugins.short_names",
    "tests.plugins.lean_rasa",
]


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """What `actions.app()` returns, with a database of its own; its files are read once."""
    monkeypatch.setenv("XIAOER_DATABASE_URL", f"sqlite:///{tmp_path / 'actions.db'}")
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    with open_app(load_settings()) as opened:
        monkeypatch.setattr(actions, "build", lambda _settings: opened)
        actions.app.cache_clear()
        yield actions.app()
    actions.app.cache_clear()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of one PostgreSQL server for the whole run.

    Its folder is none of pytest's: another run of pytest closes theirs to everybody but its own
    user, and the server, which does not run as root, could no longer read its files.
    """
    if find_postgres() is None:
        pytest.skip("no PostgreSQL server on this machine: install Debian's postgresql")
    with (
        tempfile.TemporaryDirectory(prefix="xiaoer-") as folder,
        postgres_server(Path(folder)) as url,
    ):
        yield url


@pytest.fixture(scope="session")
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url, TEST_KEYS)
    METADATA.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows, made once: copying it is quick."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    engine = open_engine(f"sqlite:///{path}", TEST_KEYS)
    METADATA.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_engine(tmp_path: Path, empty_sqlite: Path) -> Iterator[Engine]:
    """A fresh SQLite file with all tables."""
    copied = shutil.copyfile(empty_sqlite, tmp_path / "test.db")
    engine = open_sqlite(f"sqlite:///{copied}")
    yield engine
    engine.dispose()


@pytest.fixture
def emptied_postgres(postgres_engine: Engine) -> Iterator[Engine]:
    """The PostgreSQL of this process, emptied afterwards."""
    yield postgres_engine
    empty(postgres_engine)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty database of each kind; tests of the store run on both."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_engine")
        return
    opened: Engine = request.getfixturevalue("postgres_engine")
    yield opened
    empty(opened)


@pytest.fixture(scope="session")
def bot_api() -> Iterator[FakeBotApi]:
    """The platform of the shared stack's Telegram bot."""
    with fake_bot_api() as fake:
        yield fake


@pytest.fixture(scope="session")
def wechat_api() -> Iterator[FakeWechat]:
    """The platform of the shared stack's Official Account."""
    with fake_wechat() as fake:
        yield fake


@pytest.fixture(scope="session")
def wecom_api() -> Iterator[FakeWecom]:
    """The platform of the shared stack's WeCom application."""
    with fake_wecom() as fake:
        yield fake


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    """Takes the traces of the shared stack."""
    with otlp_receiver() as running:
        yield running


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The model that fits the data; waits for whoever trains it, trains it where nobody does."""
    return ensure_model(ROOT, ROOT / "var", lambda _: None)[0]


@pytest.fixture(scope="session")
def stack(
    tmp_path_factory: pytest.TempPathFactory,
    bot_api: FakeBotApi,
    wechat_api: FakeWechat,
    wecom_api: FakeWecom,
    receiver: Receiver,
) -> Iterator[Stack]:
    """The whole product, started once for the run; trains the model when none fits."""
    channels = channel_settings(bot_api.url, wechat_api.url, wecom_api.url)
    watched = {
        "XIAOER_METRICS_PORT": str(free_ports_in_a_row(4)),
        "XIAOER_OTLP_URL": receiver.url,
    }
    with running_stack(tmp_path_factory.mktemp("stack"), more={**channels, **watched}) as running:
        yield running
