"""The package of policies under its short link: page, PDF, what a stranger and a guesser see."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.bootstrap import App
from bot.documents.worker import PaperWorker
from bot.domain.policy_watch import PackageFacts
from bot.portal.policies import routes
from bot.services.conversations.conversations import open_web_conversation
from bot.services.papers.short_links import MAX_FAILURES
from bot.services.policies.packages import keep_package
from bot.settings import Settings
from tests.service_factories import NOW
from tests.web_app import open_app

FACTS = PackageFacts(
    {"taxpayer_type": "small_scale", "monthly_sales": 120000.0, "owner_group": ("退役军人",)},
    ("employees",),
    ("lic-food-operate",),
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'portal.db'}",
        state_dir=tmp_path,
        public_url="https://example.org",
        testing=True,
    )
    with open_app(settings) as opened:
        yield replace(opened, now=lambda: NOW)


@pytest.fixture
def client(app: App) -> Iterator[TestClient]:
    worker = PaperWorker(lambda: ThreadPoolExecutor(1))
    with TestClient(Starlette(routes=routes(app, worker))) as client:
        yield client
    worker.close()


def kept(app: App, origin: str = "c:1:policy_package") -> tuple[str, str]:
    """Return the conversation and the path of a kept package."""
    conversation = open_web_conversation(app.unit_of_work, now=NOW).conversation_id
    path = keep_package(
        app.unit_of_work, origin=origin, conversation_id=conversation, facts=FACTS, now=NOW
    )
    return conversation, path


def test_the_page_shows_verdicts_amounts_versions_and_services(
    app: App, client: TestClient
) -> None:
    _, path = kept(app)
    page = client.get(path)

    assert page.status_code == 200
    for words in (
        "只要：月销售额不超过10万元（您填的是12万元）",
        "比按3%征收率少交的增值税约2.88万元",
        "版本 20261123-",
        "创业者身份：退役军人",
        "企业信用修复",
        "食品经营许可",
        "目录里没有本地的代理记账机构和法律服务机构，请运营单位录入。",
    ):
        assert words in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert page.headers["referrer-policy"] == "no-referrer"


def test_the_pdf_is_tagged_and_says_the_same(app: App, client: TestClient) -> None:
    _, path = kept(app)
    answer = client.get(f"{path}/package.pdf")

    assert answer.headers["content-type"] == "application/pdf"
    pdf: Any = PdfReader(BytesIO(answer.content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "zh-CN"
    text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    assert "月销售额不超过10万元" in text
    assert "企业信用修复" in text


def test_the_same_turn_again_keeps_one_package_under_the_newer_link(
    app: App, client: TestClient
) -> None:
    conversation, first = kept(app)
    second = keep_package(
        app.unit_of_work,
        origin="c:1:policy_package",
        conversation_id=conversation,
        facts=FACTS,
        now=NOW,
    )

    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_who_guesses_codes_is_stopped(app: App, client: TestClient) -> None:
    _, path = kept(app)
    answers = {client.get(f"/p/wrong{at}").status_code for at in range(MAX_FAILURES)}

    assert answers == {404}
    assert client.get("/p/wrong").status_code == 429
    assert client.get(path).status_code == 429


def test_a_package_goes_with_its_conversation(app: App, client: TestClient) -> None:
    conversation, path = kept(app)
    with app.unit_of_work() as unit:
        unit.policy_watch.begin(conversation, FACTS.profile, NOW)
        unit.erasures.erase(conversation, "SC-20261123-0001")

    assert client.get(path).status_code == 404
    assert "再配一份" in client.get(path).text
