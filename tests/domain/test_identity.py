import pytest

from bot.domain.identity import compact, proves

KNOWN = ("13800138000", "91440101MA5CJQ4N59")


@pytest.mark.parametrize(
    "given",
    [
        "8000",
        "８０００",
        "4N59",
        "4n59",
        " 80 00 ",
        "138-0013-8000",
        "91440101MA5CJQ4N59",
        "91440101ma5cjq4n59",
    ],
)
def test_the_whole_or_the_last_four_characters_prove_it(given: str) -> None:
    assert proves(given, KNOWN)


@pytest.mark.parametrize(
    "given", ["", "000", "38000", "1380", "9144", "8001", "十二三四", "😀😀😀😀"]
)
def test_anything_else_proves_nothing(given: str) -> None:
    assert not proves(given, KNOWN)


def test_nothing_known_is_never_proven() -> None:
    assert not proves("", ("", ""))
    assert not proves("0000", ("", ""))


def test_compact_keeps_letters_and_digits_only() -> None:
    assert compact(" 9144-0101 ｍａ５ ") == "91440101MA5"
