"""What is asked about a service while it is used."""

import pytest

from bot.domain.asides import read_asides

ASIDES = read_asides(
    {
        "asides": [
            {
                "name": "ways",
                "where": ["case_form"],
                "unless_asks": ["case_number"],
                "response": "utter_ways",
                "words": ["身份证.{0,4}查", "短信"],
            },
            {
                "name": "what",
                "where": ["any"],
                "unless_asks": [],
                "response": "utter_what",
                "words": ["吹哨是啥"],
            },
            {
                "name": "back",
                "where": ["after"],
                "unless_asks": [],
                "response": "utter_back",
                "words": ["^撤了吧"],
            },
            {
                "name": "no",
                "where": ["outside"],
                "unless_asks": [],
                "response": "utter_no",
                "words": ["号忘了"],
            },
        ]
    }
)


@pytest.mark.parametrize(
    ("text", "form", "requested", "is_after", "response"),
    [
        ("用身份证能查吗", "case_form", "case_phone", False, "utter_ways"),
        ("用身份证能查吗", "case_form", "case_number", False, None),  # there it is an answer
        ("用身份证能查吗", None, None, False, None),
        ("吹哨是啥", None, None, False, "utter_what"),
        ("吹哨是啥", "booking_form", "booking_mode", False, "utter_what"),
        ("撤了吧", None, None, True, "utter_back"),
        ("撤了吧", None, None, False, None),
        ("撤了吧", "feedback_form", "feedback_phone", True, None),
        ("号忘了", None, None, False, "utter_no"),
        ("号忘了", "case_form", "case_phone", False, None),
        ("短信" + "长" * 30, "case_form", "case_phone", False, None),  # a story
    ],
)
def test_an_aside_is_meant_where_its_service_is_used(
    text: str, form: str | None, requested: str | None, is_after: bool, response: str | None
) -> None:
    fitting = [a.response for a in ASIDES if a.fits(text, form, requested, is_after=is_after)]
    assert fitting == ([response] if response else [])
