from dataclasses import replace

import pytest

from bot.domain.conditions import parse
from bot.domain.single_form import (
    FieldFault,
    FieldKind,
    FieldOption,
    FieldProblem,
    FormField,
    FormUse,
    KnownFact,
    UnknownField,
)
from bot.services.applications.form_checks import check_field, name_check
from bot.services.applications.single_form import fill, form_for, known_facts, open_fields, prefill
from tests.catalogue_files import committed_catalogue
from tests.form_factories import CREDIT_CODE, GENERAL, ID_NUMBER, STARTING, checks, committed_forms

FORM = form_for(committed_forms(), FormUse.START_BUSINESS)

GOOD = [
    (FieldKind.TEXT, " 卖 火锅 ", "卖 火锅"),
    (FieldKind.PERSON_NAME, "阿卜杜·热合曼", "阿卜杜·热合曼"),
    (FieldKind.COMPANY_NAME, "聊城鲁小二餐饮有限公司", "聊城鲁小二餐饮有限公司"),
    (FieldKind.PHONE, "电话 138-0013-8000", "13800138000"),
    (FieldKind.PHONE, "0635-8231234", "06358231234"),
    (FieldKind.CREDIT_CODE, CREDIT_CODE.lower(), CREDIT_CODE),
    (FieldKind.ID_NUMBER, "110105 19491231 002x", ID_NUMBER),
    (FieldKind.MONEY, "50万", "500000元"),
    (FieldKind.MONEY, "50", "500000元"),
    (FieldKind.MONEY, "5000元", "5000元"),
    (FieldKind.AREA, "两亩", "1333.3"),
    (FieldKind.AREA, "80㎡", "80"),
    (FieldKind.DATE, "2026-12-01", "2026-12-01"),
    (FieldKind.DATE, "明天", "2026-11-24"),
    (FieldKind.DATE, "今天", "2026-11-23"),
    (FieldKind.CHOICE, "租的", "rented"),
    (FieldKind.CHOICE, "2", "rented"),
    (FieldKind.ADDRESS, "柳园路1号", "柳园路1号"),
]

BAD = [
    (FieldKind.TEXT, "。。。", FieldFault.TOO_SHORT),
    (FieldKind.TEXT, "字" * 101, FieldFault.TOO_LONG),
    (FieldKind.TEXT, "   ", FieldFault.MISSING),
    (FieldKind.PERSON_NAME, "李雷123", FieldFault.NOT_A_NAME),
    (FieldKind.PERSON_NAME, "李", FieldFault.NOT_A_NAME),
    (FieldKind.COMPANY_NAME, "88", FieldFault.NOT_A_NAME),
    (FieldKind.COMPANY_NAME, "中国第一火锅有限公司", FieldFault.FORBIDDEN_NAME),
    (FieldKind.PHONE, "1380013", FieldFault.NO_PHONE),
    (FieldKind.PHONE, "8231234", FieldFault.NO_AREA_CODE),
    (FieldKind.CREDIT_CODE, "91440101MA5CJQ4N5", FieldFault.WRONG_LENGTH),
    (FieldKind.CREDIT_CODE, "91440101MA5CJQ4N5I", FieldFault.ILLEGAL_CHARACTER),
    (FieldKind.CREDIT_CODE, "91440101MA5CJQ4N50", FieldFault.WRONG_CHECK_DIGIT),
    (FieldKind.ID_NUMBER, "110105194912310021", FieldFault.WRONG_CHECK_DIGIT),
    (FieldKind.ID_NUMBER, "11010519491331002X", FieldFault.WRONG_BIRTHDAY),
    (FieldKind.MONEY, "不多", FieldFault.NOT_A_NUMBER),
    (FieldKind.MONEY, "0元", FieldFault.OUT_OF_RANGE),
    (FieldKind.AREA, "挺大", FieldFault.NOT_A_NUMBER),
    (FieldKind.DATE, "2026-11-22", FieldFault.PAST_DATE),
    (FieldKind.DATE, "再说吧", FieldFault.NOT_A_DATE),
    (FieldKind.CHOICE, "偷的", FieldFault.NOT_OFFERED),
    (FieldKind.ADDRESS, "柳园路", FieldFault.TOO_SHORT),
]


def a_field(kind: FieldKind, **changes: object) -> FormField:
    options = (FieldOption("owned", "自有"), FieldOption("rented", "租赁", ("租的",)))
    made = FormField("one", "这一项", kind, required=True, unit="万元", not_past=True)
    made = replace(made, is_proposed=kind is FieldKind.COMPANY_NAME)
    made = replace(made, options=options if kind is FieldKind.CHOICE else ())
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "typed", "canonical"), GOOD)
def test_a_good_value_becomes_canonical_and_stays_so(
    kind: FieldKind, typed: str, canonical: str
) -> None:
    field = a_field(kind)

    assert check_field(field, typed, checks()) == canonical
    assert check_field(field, canonical, checks()) == canonical


@pytest.mark.parametrize(("kind", "typed", "fault"), BAD)
def test_a_bad_value_is_refused_with_its_fault(
    kind: FieldKind, typed: str, fault: FieldFault
) -> None:
    problem = check_field(a_field(kind), typed, checks(forbidden="中国"))

    assert isinstance(problem, FieldProblem)
    assert problem.fault is fault


def test_a_credit_code_that_fails_its_check_digit_may_be_insisted_on() -> None:
    early = "91440101MA5CJQ4N50"

    assert check_field(a_field(FieldKind.CREDIT_CODE), early, checks(early)) == early


def test_an_identity_number_cannot_be_insisted_on() -> None:
    wrong = "110105194912310021"

    assert isinstance(check_field(a_field(FieldKind.ID_NUMBER), wrong, checks(wrong)), FieldProblem)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("中国鲁小二火锅店", "中国"),
        ("聊城赌博火锅店", "赌博"),
        ("聊城ABC餐饮有限公司", "A"),
        ("聊城鲁小二餐饮有限公司", None),
    ],
)
def test_a_proposed_name_is_held_against_the_catalogues_rules(name: str, word: str | None) -> None:
    by_rules = replace(checks(), forbidden_word=name_check(committed_catalogue()))

    checked = check_field(FORM.field("company_name"), name, by_rules)

    if word is None:
        assert checked == name
    else:
        assert isinstance(checked, FieldProblem)
        assert checked.details["word"] == word
        assert "企业名称登记管理规定" in checked.details["rule"]


def test_a_registered_enterprise_keeps_its_name() -> None:
    builder = committed_forms()["construction"].field("company_name")
    name = "中国示例建设集团有限公司"

    assert check_field(builder, name, checks(forbidden="中国")) == name


def test_a_form_that_is_filled_in_is_complete() -> None:
    filled = fill(FORM, STARTING, checks())

    assert filled.problems == ()
    assert filled.is_complete
    assert filled.values["capital"] == "500000元"
    assert (filled.applicant, filled.phone) == ("聊城鲁小二餐饮有限公司", "13800138000")
    assert (filled.credential, filled.district_id) == (ID_NUMBER, "371502")


def test_filling_in_canonical_values_again_changes_nothing() -> None:
    once = fill(FORM, STARTING, checks())

    assert fill(FORM, once.values, checks()) == once


def test_only_what_is_missing_or_wrong_stays_open() -> None:
    filled = fill(FORM, {**STARTING, "phone": "138", "address": ""}, checks())

    assert [field.id for field in open_fields(filled)] == ["address", "phone"]
    assert [field.id for field in filled.missing] == ["address"]
    assert "phone" not in filled.values


def test_the_capital_is_asked_of_companies_only() -> None:
    shop = fill(FORM, {**STARTING, "enterprise_type": "individual", "capital": ""}, checks())

    assert shop.is_complete
    assert "capital" not in [field.id for field in shop.fields]


def test_an_answer_that_no_longer_applies_is_left_out() -> None:
    general = form_for(committed_forms(), FormUse.MATTER)
    person = {**GENERAL, "applicant_kind": "person", "id_number": ID_NUMBER}

    filled = fill(general, person, checks())

    assert filled.is_complete
    assert "credit_code" not in filled.values
    assert filled.credential == ID_NUMBER


def test_what_the_conversation_knows_is_filled_in() -> None:
    slots = {
        "start_business_enterprise_type": "individual",
        "start_business_trade": "bundle:ot-restaurant",
        "start_business_area_m2": 80.0,
        "start_business_hires_staff": "yes",
        "start_business_district": "371502",
        "booking_phone": "13800138000",
    }

    values = prefill(FORM, known_facts(slots, committed_catalogue()), checks())

    assert values == {
        "enterprise_type": "individual",
        "trade": "开饭店",
        "area": "80",
        "hires_staff": "yes",
        "district": "371502",
        "phone": "13800138000",
    }


def test_a_name_and_a_rented_shop_are_filled_in() -> None:
    slots = {"start_business_name": "聊城市老王面馆", "start_business_rents_premises": "yes"}

    values = prefill(FORM, known_facts(slots, committed_catalogue()), checks())

    assert values == {"company_name": "聊城市老王面馆", "premises": "rented"}


@pytest.mark.parametrize(("told", "state"), [("yes", "have"), ("no", "none"), ("unknown", None)])
def test_a_project_tells_its_size_and_whether_it_has_land(told: str, state: str | None) -> None:
    form = committed_forms()["construction"]
    slots = {"plan_project_total_area_m2": 3000.0, "plan_project_has_land": told}

    values = prefill(form, known_facts(slots, committed_catalogue()), checks())

    assert values.get("building_area") == "3000"
    assert values.get("land_state") == state


def test_what_was_left_open_in_the_conversation_is_asked_again() -> None:
    slots = {"start_business_enterprise_type": "unknown", "start_business_area_m2": -1.0}

    assert known_facts(slots, committed_catalogue()) == {}


def test_a_known_fact_that_fails_its_check_is_not_filled_in() -> None:
    assert prefill(FORM, {KnownFact.PHONE: "12"}, checks()) == {}


def test_a_field_that_a_form_does_not_have_is_named() -> None:
    with pytest.raises(UnknownField, match="shoe_size"):
        FORM.field("shoe_size")


def test_a_condition_on_an_answer_not_given_keeps_the_field_back() -> None:
    field = a_field(FieldKind.TEXT, when=parse("premises == 'rented'"))

    assert not field.applies({})
    assert field.applies({"premises": "rented"})
