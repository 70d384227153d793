import base64
import io
import re
from typing import Any

import pytest
from httpx import Response
from PIL import Image, ImageDraw
from pypdf import PdfReader

from bot.documents.seal_check import read_seal
from bot.services.papers.signing import signatures_of
from tests.form_factories import STARTING
from tests.paper_factories import HOSTILE
from tests.portal.conftest import PlanDesk


def drawn(*, is_blank: bool = False, size: tuple[int, int] = (900, 300)) -> str:
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    if not is_blank:
        ImageDraw.Draw(picture).line((50, 50, 400, 250, 700, 60), fill="black", width=6)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


@pytest.fixture
def filled(desk: PlanDesk) -> PlanDesk:
    desk.client.post(f"{desk.path}/form", data=dict(STARTING))
    return desk


def ask_code(desk: PlanDesk) -> str:
    response = desk.client.post(f"{desk.path}/sign/code")
    assert response.status_code == 200
    found = re.search(r"确认码：(\d{6})", desk.lines()[-1])
    assert found is not None
    assert found[1] not in response.text
    return found[1]


def sign(desk: PlanDesk, **changes: Any) -> Response:
    page = desk.client.get(f"{desk.path}/sign").text
    shown = re.search(r'name="sha256" value="([0-9a-f]{64})"', page)
    given = {
        "sha256": shown[1] if shown else "",
        "signer": "李雷",
        "method": "drawn",
        "image": drawn(),
        "agree": "yes",
        "code": "",
    }
    return desk.client.post(f"{desk.path}/sign", data={**given, **changes})


def signatures(desk: PlanDesk) -> int:
    return len(signatures_of(desk.app.unit_of_work, desk.plan))


def test_the_code_is_written_into_the_conversation_and_its_page_is_woken(
    filled: PlanDesk,
) -> None:
    ask_code(filled)
    assert "开办企业一表申请" in filled.lines()[-1]
    assert f"conversation:{filled.plan.conversation_id}" in filled.rung


def test_a_drawn_signature_with_the_code_is_kept_and_the_conversation_is_told(
    filled: PlanDesk,
) -> None:
    response = sign(filled, code=ask_code(filled))
    assert response.status_code == 200
    assert "签好了" in response.text
    assert "李雷" in filled.lines()[-1]
    (kept,) = signatures_of(filled.app.unit_of_work, filled.plan)
    assert kept.image is not None


def test_a_typed_name_signs_without_a_drawing(filled: PlanDesk) -> None:
    sign(filled, code=ask_code(filled), method="typed", image="")
    (kept,) = signatures_of(filled.app.unit_of_work, filled.plan)
    assert kept.image is None


def test_the_receipt_is_sealed_and_names_document_signer_and_fingerprint(
    filled: PlanDesk,
) -> None:
    page = sign(filled, code=ask_code(filled)).text
    href = re.search(rf"{filled.path}/receipt/\d+\.pdf", page)
    assert href is not None
    content = filled.client.get(href[0]).content
    reading = read_seal(content)
    assert reading.found is not None
    assert reading.found.is_untouched
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    (kept,) = signatures_of(filled.app.unit_of_work, filled.plan)
    plain = "".join(text.split())
    assert kept.document_sha256 in plain
    assert kept.document_number in plain
    assert "李雷" in plain
    assert filled.plan.conversation_id not in plain
    assert filled.client.get(href[0]).content == content


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "000000"}, "还可以试 4 次"),
        ({"signer": " "}, "请填签署人的姓名"),
        ({"signer": "雷" * 50}, "姓名太长"),
        ({"image": drawn(is_blank=True)}, "没有看清手写的签名"),
        ({"image": drawn(size=(5000, 20))}, "没有看清手写的签名"),
        ({"image": "data:image/png;base64,%%%"}, "没有看清手写的签名"),
        ({"image": "data:image/svg+xml;base64,PHN2Zz4="}, "没有看清手写的签名"),
        ({"image": "data:image/png;base64,aGVsbG8="}, "没有看清手写的签名"),
        ({"agree": ""}, "我已核对，同意签署"),
        ({"sha256": "0" * 64}, "和您刚才看到的不一样"),
    ],
)
def test_what_cannot_be_signed_says_why_and_nothing_is_kept(
    filled: PlanDesk, changes: dict[str, str], words: str
) -> None:
    code = ask_code(filled)
    response = sign(filled, **{"code": code, **changes})
    assert response.status_code == 422
    assert words in response.text
    assert signatures(filled) == 0
    assert sign(filled, code=code).status_code == 200


def test_after_a_wrong_code_name_and_drawing_are_still_there(filled: PlanDesk) -> None:
    ask_code(filled)
    image = drawn()
    page = sign(filled, code="000000", image=image).text
    assert 'value="李雷"' in page
    assert image in page


def test_a_used_code_says_so_and_shows_the_receipt(filled: PlanDesk) -> None:
    code = ask_code(filled)
    sign(filled, code=code)
    response = sign(filled, code=code)
    assert "已经用过了" in response.text
    assert "下载签署回执" in response.text
    assert signatures(filled) == 1


def test_asking_for_a_second_code_at_once_is_refused_in_words(filled: PlanDesk) -> None:
    ask_code(filled)
    response = filled.client.post(f"{filled.path}/sign/code")
    assert response.status_code == 429
    assert "隔半分钟再发" in response.text


def test_an_incomplete_form_is_not_signed_and_says_what_is_missing(desk: PlanDesk) -> None:
    page = desk.client.get(f"{desk.path}/sign").text
    assert "还不能签" in page
    assert "企业（店铺）名称" in page
    code = ask_code(desk)
    assert "先填完再签" in sign(desk, code=code).text
    assert signatures(desk) == 0


def test_a_hostile_name_is_text(filled: PlanDesk) -> None:
    page = sign(filled, code="1", signer=HOSTILE[:30]).text
    assert "<script>alert" not in page


def test_only_this_page_runs_a_script_and_only_our_own(filled: PlanDesk) -> None:
    policy = filled.client.get(f"{filled.path}/sign").headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    for path in (filled.path, f"{filled.path}/form", "/verify"):
        assert "script-src" not in filled.client.get(path).headers["content-security-policy"]


def test_the_receipt_of_another_plan_is_not_given(filled: PlanDesk) -> None:
    assert filled.client.get(f"{filled.path}/receipt/999.pdf").status_code == 404
