"""What lists show of a line: enough to know the conversation, too little to know the person."""

import pytest

from bot.services.privacy.personal_names import without_person, without_told

CREDIT_CODE = "91440101MA5CJQ4N59"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("我叫李雷，电话13812345678", "我叫李*，电话138******78"),
        ("联系人：王小明 身份证371502199003074239", "联系人：王** 身份证371*************39"),
        ("收到您发来的“李雷的身份证.jpg”", "收到您发来的“*.jpg”"),
        ("“提交”了还能改吗", "“提交”了还能改吗"),
        (f"我们公司{CREDIT_CODE}，在柳园路", f"我们公司{CREDIT_CODE}，在柳园路"),
        ("", ""),
    ],
)
def test_a_line_in_a_list_hides_the_person(line: str, shown: str) -> None:
    assert without_person(line) == shown


def test_a_comment_names_neither_its_author_nor_a_number() -> None:
    assert without_told("我叫李雷，13812345678，态度差") == "我叫李*，＊＊＊，态度差"
