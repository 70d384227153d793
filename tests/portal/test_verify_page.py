import io
import re
from collections.abc import Iterator

import pytest
from httpx import Response
from pypdf import PdfWriter

from bot.documents.jobs import notice
from bot.portal.verify import MAX_BODY_BYTES
from bot.services.papers.short_links import MAX_FAILURES
from tests.paper_factories import DOCUMENTS, HOSTILE, hot_pot, make_test_seal, notice_of
from tests.portal.conftest import PlanDesk, plan_desk
from tests.service_factories import NOW


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlanDesk]:
    """A desk that has given out a notice; a test looks at it and gives out nothing else."""
    with plan_desk(tmp_path_factory.mktemp("given")) as desk:
        the_notice(desk)
        yield desk


def upload(desk: PlanDesk, content: bytes) -> Response:
    return desk.client.post("/verify", files={"file": ("a.pdf", content, "application/pdf")})


def the_notice(desk: PlanDesk) -> bytes:
    return desk.client.get(f"{desk.path}/notice.pdf").content


def number_of(desk: PlanDesk) -> str:
    disposition = desk.client.get(f"{desk.path}/notice.pdf").headers["content-disposition"]
    found = re.search(r"GZ-\d{8}-\w{8}", disposition)
    assert found is not None
    return found[0]


def test_the_file_as_it_was_given_out_is_unchanged_but_bears_a_test_seal(given: PlanDesk) -> None:
    page = upload(given, the_notice(given)).text
    assert "没有改动，但盖的是测试印章" in page
    assert "没有法律效力" in page
    assert "一次性告知单" in page


def test_a_file_changed_after_sealing_is_not_to_be_trusted(given: PlanDesk) -> None:
    page = upload(given, the_notice(given) + b"\n").text
    assert "盖章以后被改动过" in page
    assert "不能采信" in page


def test_a_seal_of_somebody_else_is_not_vouched_for(
    given: PlanDesk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("other")
    foreign = notice(notice_of(hot_pot()), DOCUMENTS, make_test_seal(folder, NOW), NOW)
    assert "不是本系统出具的" in upload(given, foreign.content).text


def test_a_document_that_we_sealed_but_never_gave_out_is_unknown(given: PlanDesk) -> None:
    seal = make_test_seal(given.app.settings.state_dir, NOW)
    never = notice(notice_of(hot_pot()), DOCUMENTS, seal, NOW)
    assert "没有它的出具记录" in upload(given, never.content).text


def test_a_pdf_without_a_seal_is_told_from_junk(desk: PlanDesk) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    assert "没有找到印章" in upload(desk, out.getvalue()).text
    assert "读不出来" in upload(desk, b"hello").text
    assert "读不出来" in upload(desk, b"").text


def test_the_word_form_as_it_was_given_out_is_recognised(desk: PlanDesk) -> None:
    content = desk.client.get(f"{desk.path}/form.docx").content
    assert "与出具时一致" in upload(desk, content).text


@pytest.mark.parametrize("how", ["typed", "scanned"])
def test_a_number_is_on_record(given: PlanDesk, how: str) -> None:
    number = number_of(given)
    if how == "typed":
        page = given.client.post("/verify", data={"number": number.lower().replace("-", " ")}).text
    else:
        page = given.client.get(f"/verify/{number}").text
    assert "有这个编号" in page
    assert number in page
    assert "只凭编号看不出" in page
    assert given.path not in page


def test_an_unknown_number_is_said_to_be_unknown(desk: PlanDesk) -> None:
    response = desk.client.get("/verify/GZ-20261123-AAAAAAAA")
    assert response.status_code == 404
    assert "没有出具过这个编号的文件" in response.text
    assert desk.client.post("/verify", data={"number": ""}).status_code == 404
    assert desk.client.post("/verify").status_code == 404


def test_hostile_numbers_are_text(desk: PlanDesk) -> None:
    page = desk.client.post("/verify", data={"number": HOSTILE}).text
    assert "<script>alert" not in page


def test_trying_numbers_is_stopped(desk: PlanDesk) -> None:
    for _ in range(MAX_FAILURES):
        desk.client.get("/verify/GZ-20261123-AAAAAAAA")
    assert desk.client.get("/verify/GZ-20261123-AAAAAAAA").status_code == 429


def test_a_file_larger_than_said_is_refused(desk: PlanDesk) -> None:
    assert upload(desk, b"x" * (MAX_BODY_BYTES + 1)).status_code == 413
    assert upload(desk, b"x" * (MAX_BODY_BYTES - 10_000)).status_code == 200
