import pytest

from bot.domain.single_form import FormUse
from bot.services.applications.single_form import fill, form_for, open_fields
from bot.services.reading.form_reading import read_fields
from tests.form_factories import CREDIT_CODE, ID_NUMBER, STARTING, checks, committed_forms

START = form_for(committed_forms(), FormUse.START_BUSINESS)
GENERAL = form_for(committed_forms(), FormUse.MATTER)

SENTENCES = [
    (
        "公司名称：聊城鲁小二餐饮有限公司，注册资本50万，法人李雷，电话13800138000",
        {
            "company_name": "聊城鲁小二餐饮有限公司",
            "capital": "50万",
            "person_name": "李雷",
            "phone": "13800138000",
        },
    ),
    (
        "公司名叫聊城鲁小二餐饮有限公司注册资本五十万法定代表人李雷手机号13800138000",
        {
            "company_name": "聊城鲁小二餐饮有限公司",
            "capital": "五十万",
            "person_name": "李雷",
            "phone": "13800138000",
        },
    ),
    (
        f"李雷 {ID_NUMBER} 138 0013 8000",
        {"person_name": "李雷", "id_number": ID_NUMBER, "phone": "13800138000"},
    ),
    (
        "鲁小二火锅店，东昌府，柳园路1号，80平，租的",
        {
            "company_name": "鲁小二火锅店",
            "district": "东昌府",
            "address": "柳园路1号",
            "area": "80平",
            "premises": "租的",
        },
    ),
    ("经营范围：餐饮服务，食品销售", {"scope": "餐饮服务，食品销售"}),
    (
        "地址是东昌府区柳园路1号\n面积100平方米",
        {"address": "东昌府区柳园路1号", "area": "100平方米"},
    ),
    ("电话改成13900139000", {"phone": "13900139000"}),
    ("50万元", {"capital": "50万元"}),
    ("12月1号", {"opens_on": "12月1号"}),
    ("今天天气不错呀", {}),
]


@pytest.mark.parametrize(("sentence", "typed"), SENTENCES)
def test_several_fields_are_read_out_of_one_sentence(sentence: str, typed: dict[str, str]) -> None:
    company = {"enterprise_type": "company"}
    filled = fill(START, company, checks())
    fields = tuple(filled.fields)
    empty = [one.id for one in fields if one.id not in filled.values]

    assert read_fields(fields, sentence, empty=empty).typed == typed


def test_a_value_that_stands_alone_does_not_replace_one_that_is_there() -> None:
    filled = fill(START, STARTING, checks())

    reading = read_fields(tuple(filled.fields), "13900139000", empty=[])

    assert reading.typed == {}


def test_a_named_value_replaces_the_one_that_is_there() -> None:
    filled = fill(START, STARTING, checks())

    reading = read_fields(tuple(filled.fields), "面积不对，面积：100平", empty=[])

    assert reading.typed["area"] == "100平"
    assert "area" in reading.labelled


def test_a_business_that_stands_alone_is_the_applicant() -> None:
    fields = tuple(fill(GENERAL, {"applicant_kind": "enterprise"}, checks()).fields)
    empty = ["applicant_name", "credit_code", "contact_name", "phone"]

    sentence = f"聊城甲有限公司，{CREDIT_CODE}，李雷，13800138000"
    reading = read_fields(fields, sentence, empty=empty)

    assert reading.typed == {
        "applicant_name": "聊城甲有限公司",
        "credit_code": CREDIT_CODE,
        "contact_name": "李雷",
        "phone": "13800138000",
    }


def test_a_label_inside_a_company_name_is_not_one() -> None:
    fields = tuple(fill(GENERAL, {}, checks()).fields)

    sentence = "申请人名称聊城地址科技有限公司"
    reading = read_fields(fields, sentence, empty=["applicant_name"])

    assert reading.typed == {"applicant_name": "聊城地址科技有限公司"}


def test_twenty_values_in_one_message_are_all_taken() -> None:
    said = (
        "建设单位聊城示例机械有限公司，信用代码" + CREDIT_CODE + "，法人李雷，联系人韩梅梅，"
        "电话13800138000，项目名称二期厂房，项目代码2611-371500-04-01-123456，所在区县东昌府区，"
        "建设地点嘉明路12号，总投资3000万，用地面积30亩，建筑面积12000平，土地：有地，"
        "开工日期2026-12-20，建设内容：两栋三层厂房，做轴承"
    )
    form = committed_forms()["construction"]
    fields = tuple(fill(form, {}, checks()).fields)

    reading = read_fields(fields, said, empty=[one.id for one in fields])
    filled = fill(form, reading.typed, checks())

    assert [one.id for one in open_fields(filled)] == ["project_type"]
    assert filled.values["summary"] == "两栋三层厂房，做轴承"
    assert filled.values["land_area"] == "20000"
