import io

from docx import Document

from tests.form_factories import ID_NUMBER, STARTING
from tests.paper_factories import HOSTILE
from tests.portal.conftest import PlanDesk


def send(desk: PlanDesk, **changes: str) -> str:
    response = desk.client.post(f"{desk.path}/form", data={**STARTING, **changes})
    assert response.status_code == 200
    return response.text


def word(desk: PlanDesk) -> str:
    content = desk.client.get(f"{desk.path}/form.docx").content
    tables = Document(io.BytesIO(content)).tables
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def test_what_the_conversation_told_is_filled_in_and_nothing_is_scolded_yet(
    desk: PlanDesk,
) -> None:
    page = desk.client.get(f"{desk.path}/form").text
    assert '<option value="371502" selected>' in page
    assert "还要看一下" not in page


def test_a_complete_form_is_said_to_be_complete_and_goes_into_the_word_file(
    desk: PlanDesk,
) -> None:
    page = send(desk)
    assert "都填好了" in page
    assert f'href="{desk.path}/sign"' in page
    assert "聊城鲁小二餐饮有限公司" in word(desk)


def test_every_wrong_field_is_named_beside_it_and_stays_as_it_was_typed(desk: PlanDesk) -> None:
    wrong = ID_NUMBER[:-1] + "1"
    page = send(desk, id_number=wrong, phone="123")
    assert "“身份证号”的校验位对不上" in page
    assert "“联系电话”不像电话号码" in page
    assert f'value="{wrong}"' in page
    assert 'value="聊城鲁小二餐饮有限公司"' in page


def test_what_was_right_is_kept_for_the_next_time(desk: PlanDesk) -> None:
    send(desk, id_number="1")
    page = desk.client.get(f"{desk.path}/form").text
    assert 'value="聊城鲁小二餐饮有限公司"' in page
    assert 'value="李雷"' in page


def test_a_field_that_was_emptied_stays_empty(desk: PlanDesk) -> None:
    send(desk, district="")
    page = desk.client.get(f"{desk.path}/form").text
    assert '<option value="371502" selected>' not in page


def test_fields_that_stop_to_apply_are_gone(desk: PlanDesk) -> None:
    send(desk, enterprise_type="individual")
    assert "注册资本" not in word(desk)


def test_hostile_text_is_text_on_the_page_and_in_the_file(desk: PlanDesk) -> None:
    page = send(desk, scope=HOSTILE)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert HOSTILE in word(desk)


def test_unknown_fields_and_huge_values_do_no_harm(desk: PlanDesk) -> None:
    page = send(desk, moon="cheese", trade="火" * 5000)
    assert "最多 60 个字" in page
