"""Facts of an enterprise that a sentence tells by the way."""

import pytest

from bot.services.words.policy import told_fields


def test_several_facts_of_one_sentence_are_read() -> None:
    told = told_fields("我们是高新技术企业，四十五个员工，小规模纳税人，看下能享受哪些")

    assert told == {"hightech_valid": True, "employees": 45.0, "taxpayer_type": "small_scale"}


@pytest.mark.parametrize("text", ["看看我们能享受啥政策", "人均三千块"])
def test_nothing_is_read_out_of_what_is_not_said(text: str) -> None:
    assert told_fields(text) == {}
