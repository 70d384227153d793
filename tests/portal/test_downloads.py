import io
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx import Document
from icalendar import Calendar
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.documents.seal_check import read_seal
from bot.documents.worker import PaperWorker
from bot.portal.downloads import plain_name
from bot.portal.papers import routes as paper_routes
from bot.services.papers.short_links import MAX_FAILURES, MAX_OPEN_LINKS
from bot.store.tables.papers import ISSUED_DOCUMENTS
from tests.data_copies import copied_data
from tests.portal.conftest import PlanDesk

FILES = ("notice.pdf", "form.docx", "plan.png", "plan.svg", "plan.ics")
PAGES = ("", "/form", "/sign")


def short_code(desk: PlanDesk) -> str:
    page = desk.client.post(f"{desk.path}/short-link").text
    found = re.search(r"https://example\.org/s/([a-z2-9]{12})", page)
    assert found is not None
    return found[1]


def kept_documents(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(
            connection.execute(select(func.count()).select_from(ISSUED_DOCUMENTS)).scalar() or 0
        )


@pytest.mark.parametrize("name", FILES)
def test_a_file_keeps_the_link_secret_and_has_a_chinese_name(desk: PlanDesk, name: str) -> None:
    response = desk.client.get(f"{desk.path}/{name}")
    assert response.status_code == 200
    headers = response.headers
    assert headers["cache-control"] == "private, no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    disposition = headers["content-disposition"]
    plain, _, real = disposition.partition("; filename*=UTF-8''")
    assert plain.isascii()
    assert re.search("[\u4e00-\u9fff]", unquote(real))
    assert unquote(real).endswith(Path(name).suffix)


def test_the_notice_is_sealed_and_carries_its_number_and_both_codes(desk: PlanDesk) -> None:
    response = desk.client.get(f"{desk.path}/notice.pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    number = re.search(r"GZ-20261123-[0-9A-Z]{8}", text)
    assert number is not None
    assert number[0] in unquote(response.headers["content-disposition"])
    assert "example.org/s/" in text.replace("\n", "")
    reading = read_seal(response.content)
    assert reading.found is not None
    assert reading.found.is_untouched


def test_the_short_link_on_the_notice_opens_the_plan(desk: PlanDesk) -> None:
    content = desk.client.get(f"{desk.path}/notice.pdf").content
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    code = re.search(r"example\.org/s/([a-z2-9]{12})", "".join(text.split()))
    assert code is not None
    assert desk.client.get(f"/s/{code[1]}").status_code == 200


def test_asked_for_again_the_same_notice_is_given(desk: PlanDesk) -> None:
    first = desk.client.get(f"{desk.path}/notice.pdf").content
    assert desk.client.get(f"{desk.path}/notice.pdf").content == first
    assert kept_documents(desk.app.engine) == 1


def test_the_form_is_filled_in_with_what_was_told(desk: PlanDesk) -> None:
    content = desk.client.get(f"{desk.path}/form.docx").content
    cells = [c.text for t in Document(io.BytesIO(content)).tables for r in t.rows for c in r.cells]
    assert "东昌府区" in cells
    assert "公司（有限责任公司、股份有限公司）" in cells


def test_picture_and_calendar_are_what_they_say(desk: PlanDesk) -> None:
    png = desk.client.get(f"{desk.path}/plan.png")
    assert png.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(png.content)).size[0] == 1080
    assert png.headers["content-disposition"].startswith("inline")
    svg = desk.client.get(f"{desk.path}/plan.svg")
    assert "sandbox" in svg.headers["content-security-policy"]
    calendar = desk.client.get(f"{desk.path}/plan.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert Calendar.from_ical(calendar.content).walk("VEVENT")


def test_a_picture_is_drawn_once(desk: PlanDesk) -> None:
    first = desk.client.get(f"{desk.path}/plan.png").content
    jobs = desk.executor.jobs
    assert desk.client.get(f"{desk.path}/plan.png").content == first
    assert desk.executor.jobs == jobs


@pytest.mark.parametrize("name", [*(f"/{name}" for name in FILES), *PAGES])
def test_under_a_wrong_link_there_is_nothing(desk: PlanDesk, name: str) -> None:
    response = desk.client.get(f"/plans/wrong{name}")
    assert response.status_code == 404
    assert "没有找到这份计划" in response.text


def test_the_page_offers_everything_that_can_be_taken_away(desk: PlanDesk) -> None:
    page = desk.client.get(desk.path).text
    for name in FILES:
        assert f'href="{desk.path}/{name}"' in page
    for name in ("form", "sign"):
        assert f'href="{desk.path}/{name}"' in page
    assert f'action="{desk.path}/short-link"' in page


def test_a_short_link_shows_the_plan_to_be_read_only(desk: PlanDesk) -> None:
    response = desk.client.get(f"/s/{short_code(desk)}")
    assert response.status_code == 200
    assert "公司设立登记" in response.text
    assert desk.path not in response.text
    assert "短链接和二维码" not in response.text
    assert "/sign" not in response.text
    assert response.headers["referrer-policy"] == "no-referrer"


def test_the_page_of_a_new_short_link_shows_a_code_for_scanning(desk: PlanDesk) -> None:
    page = desk.client.post(f"{desk.path}/short-link").text
    assert 'src="data:image/svg+xml;base64,' in page


def test_switched_off_a_short_link_opens_nothing(desk: PlanDesk) -> None:
    code = short_code(desk)
    assert "1 个短链接已经停用" in desk.client.post(f"{desk.path}/short-link/revoke").text
    response = desk.client.get(f"/s/{code}")
    assert response.status_code == 404
    assert "停用" in response.text
    assert desk.client.get(desk.path).status_code == 200


def test_guessing_codes_is_stopped_with_a_word_on_the_way_on(desk: PlanDesk) -> None:
    for number in range(MAX_FAILURES):
        assert desk.client.get(f"/s/guess{number}").status_code == 404
    response = desk.client.get("/s/onemore")
    assert response.status_code == 429
    assert "一小时后再试" in response.text


def test_too_many_short_links_are_refused_with_the_remedy(desk: PlanDesk) -> None:
    for _ in range(MAX_OPEN_LINKS):
        desk.client.post(f"{desk.path}/short-link")
    response = desk.client.post(f"{desk.path}/short-link")
    assert response.status_code == 409
    assert "停用全部短链接" in response.text


def test_without_a_seal_there_is_a_page_and_no_half_document(desk: PlanDesk) -> None:
    (desk.app.settings.state_dir / "seal" / "test-seal.p12").unlink()
    response = desk.client.get(f"{desk.path}/notice.pdf")
    assert response.status_code == 503
    assert "暂时做不出来" in response.text
    assert kept_documents(desk.app.engine) == 0


def test_a_template_with_an_unknown_field_gives_a_page_and_no_half_document(
    desk: PlanDesk, tmp_path: Path
) -> None:
    data = copied_data(tmp_path)
    folder = data / "documents"
    broken = (folder / "notice.html").read_text("utf-8").replace("notice.number", "notice.nmuber")
    (folder / "notice.html").write_text(broken, encoding="utf-8")
    app = replace(desk.app, settings=replace(desk.app.settings, data_dir=data))
    worker = PaperWorker()
    with TestClient(Starlette(routes=paper_routes(app, worker))) as client:
        response = client.get(f"{desk.path}/notice.pdf")
    worker.close()
    assert response.status_code == 503
    assert "不会给您一份不完整的文件" in response.text
    assert kept_documents(desk.app.engine) == 0


def test_names_of_files_hold_nothing_that_a_system_refuses() -> None:
    assert plain_name('a/b\\c:*?"<>|“d”\r\n e') == "abcd e"
    assert len(plain_name("长" * 200)) == 40
