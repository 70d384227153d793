"""What tells the form of a business, and who works there, without the form's name."""

import pytest

from bot.services.reading.answers import read_yes_no, takes_back
from bot.services.words.business import says_company, told_by, works_alone
from bot.services.words.policy import told_fields
from bot.services.words.policy_remarks import asks_for_more, asks_how_to_claim, tells_of_firm


@pytest.mark.parametrize("text", ["想注册一家公司做软件", "开个广告公司", "一个股东，就我"])
def test_a_company_is_told_without_a_form_of_it(text: str) -> None:
    assert says_company(text)


@pytest.mark.parametrize("text", ["个体户还是公司", "不想办公司", "开个分公司", "我们公司在茌平"])
def test_other_forms_and_refusals_tell_no_company(text: str) -> None:
    assert not says_company(text)


@pytest.mark.parametrize("text", ["个人搞就行", "就我自己", "就俺跟俺媳妇", "两口子干"])
def test_one_person_or_one_family_works_alone(text: str) -> None:
    assert works_alone(text)


@pytest.mark.parametrize("text", ["就我一个股东", "跟朋友合伙", "不是个人的", "我们公司"])
def test_partners_and_companies_do_not(text: str) -> None:
    assert not works_alone(text)


@pytest.mark.parametrize(
    ("text", "hires"),
    [("招俩小妹", "yes"), ("招个小工", "yes"), ("不招人", None), ("就我一个股东", None)],
)
def test_who_is_hired_is_read_in_any_number(text: str, hires: str | None) -> None:
    assert told_by(text, {}).get("hires_staff") == hires


@pytest.mark.parametrize("text", ["排污是不是要管", "要不要做环评", "这个用办吗"])
def test_a_question_is_no_answer_whatever_the_model_takes_it_for(text: str) -> None:
    assert read_yes_no(text, "deny") is None
    assert read_yes_no(text, "affirm") is None


def test_what_is_not_there_is_still_a_no() -> None:
    assert read_yes_no("没什么危险的", "deny") is False
    assert takes_back("不对不对加上院子得一百八")
    assert not takes_back("一百八不对外")


def test_remarks_on_policies_are_told_from_wishes() -> None:
    assert tells_of_firm("我这公司成立才一年")
    assert tells_of_firm("我们一年大概八十万")
    assert not tells_of_firm("我想成立个公司")
    assert asks_how_to_claim("谁负责 有电话没")
    assert asks_for_more("还有别的不")
    assert not asks_for_more("还有啥材料要带")


def test_groups_of_founders_are_read_from_what_they_say_of_themselves() -> None:
    assert told_fields("退伍军人")["owner_group"] == "退役军人"
    assert told_fields("我去年刚毕业") == {}
    assert told_fields("我去年大学毕业")["owner_group"] == "离校2年内高校毕业生"
