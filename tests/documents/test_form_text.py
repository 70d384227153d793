import string

import pytest

from bot.documents.form_text import FAULTS, fault_text, form_text, value_text
from bot.domain.single_form import FieldFault, FieldProblem, FormUse
from bot.services.applications.single_form import fill, form_for
from tests.form_factories import ID_NUMBER, STARTING, checks, committed_forms

FORM = form_for(committed_forms(), FormUse.START_BUSINESS)


def test_the_form_is_read_back_with_codes_and_telephone_masked() -> None:
    text = form_text(fill(FORM, STARTING, checks()))

    assert "· 企业（店铺）名称：聊城鲁小二餐饮有限公司" in text
    assert "· 注册资本（出资额）：50 万元" in text
    assert "· 场所来源：租赁" in text
    assert "· 计划开业日期：2026年12月1日（周二）" in text
    assert "138****8000" in text
    assert ID_NUMBER not in text
    assert "1101**********002X" in text


def test_a_printed_form_shows_the_whole_number() -> None:
    assert value_text(FORM.field("id_number"), ID_NUMBER, masked=False) == ID_NUMBER


@pytest.mark.parametrize("fault", list(FieldFault))
def test_every_fault_has_a_sentence_that_names_the_field(fault: FieldFault) -> None:
    holes = {name for _, name, _, _ in string.Formatter().parse(FAULTS[fault]) if name}
    details = dict.fromkeys(holes - {"label", "day", "options", "example"}, "7")
    details |= {"day": "2026-11-22"} if "day" in holes else {}

    text = fault_text(FORM, FieldProblem("premises", fault, details))

    assert "场所来源" in text
    assert "{" not in text
