"""Which part of a policy a question asks after."""

import pytest

from bot.services.policies.fields import Field, field_asked


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("谁能享受", Field.TERMS),
        ("个体户有吗", Field.TERMS),
        ("合作社也有没有", Field.TERMS),
        ("一年能领几次", Field.TIMES),
        ("领过一次还能再领不", Field.TIMES),
        ("要还吗", Field.REPAID),
        ("几年还清", Field.REPAID),
        ("还有别的吗", None),
        ("是真的吗", Field.GENUINE),
        ("啥时候截止", Field.UNTIL),
        ("到期是啥时候", Field.UNTIL),
        ("过期了咋办", Field.UNTIL),
        ("谁管", Field.OFFICE),
        ("找谁", Field.PLACE),
        ("要去申请不", Field.PLACE),
        ("到哪步了", None),
        ("他们批不下来咋办", None),
        ("多久到账", Field.PAID),
        ("几天能批下来", Field.TIME),
        ("今年还有没", Field.STILL),
        ("听说取消了", Field.STILL),
        ("今年交了多少", Field.AMOUNT),
        ("证书几年有效", Field.LASTS),
        ("能一起享受吗", Field.TOGETHER),
        ("按多少交", Field.AMOUNT),
        ("", None),
    ],
)
def test_the_first_part_that_the_words_tell_is_meant(text: str, field: Field | None) -> None:
    assert field_asked(text) is field
