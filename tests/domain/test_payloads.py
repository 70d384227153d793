"""What applicants may send."""

import json
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import Author, EmptyMessage, Message, TextTooLong
from bot.domain.payloads import (
    HAND_BACK,
    PUBLIC_COMMANDS,
    BadPayload,
    clean_text,
    parse_payload,
    to_rasa_text,
)

PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20))
SHORT_ENOUGH = st.dictionaries(st.text(max_size=10), PLAIN, max_size=4)
"""What a payload of 2,000 characters holds, though each sign is escaped by twelve."""

NOW = datetime(2026, 11, 23, tzinfo=timezone.utc)


def message(text: str, payload: str | None = None) -> Message:
    return Message(1, "c", Author.APPLICANT, text, NOW, payload=payload)


@given(st.sampled_from(sorted(PUBLIC_COMMANDS)), SHORT_ENOUGH)
def test_a_public_command_comes_back_as_it_was(name: str, entities: dict[str, object]) -> None:
    payload = parse_payload(f"/{name}{json.dumps(entities)}")

    assert (payload.name, payload.entities) == (name, entities)
    assert parse_payload(str(payload)) == payload


@given(st.text())
def test_no_text_breaks_the_parser(raw: str) -> None:
    try:
        payload = parse_payload(raw)
    except BadPayload:
        return
    assert payload.name in PUBLIC_COMMANDS


@pytest.mark.parametrize(
    "raw",
    [
        "", "/", "greet", "/greet ", HAND_BACK, "/restart", "/session_start", "/back", "/Greet",
        "/greet@1.0", "/greet{", "/greet{}x", "/greet[1]", '/greet{"a": {"b": 1}}',
        '/inform{"a": [[1]]}', "/greet;ask{a}", '/inform{"a": ' + "[" * 1900 + "}",
        '/inform{"a": "' + "x" * 2000 + '"}', "//greet", "／greet",
    ],
)  # fmt: skip
def test_anything_else_is_refused(raw: str) -> None:
    if raw.strip() == "/greet":  # blanks around a command are harmless
        assert parse_payload(raw).name == "greet"
        return
    with pytest.raises(BadPayload):
        parse_payload(raw)


@given(st.text(max_size=200))
def test_what_is_typed_never_reaches_rasa_as_a_command(raw: str) -> None:
    try:
        text = clean_text(raw)
    except EmptyMessage:
        return
    assert not to_rasa_text(message(text)).strip().startswith("/")


def test_a_leading_slash_is_kept_readable_and_a_payload_untouched() -> None:
    assert to_rasa_text(message("/restart 一下")) == "／restart 一下"
    assert to_rasa_text(message("东昌府", "/inform{}")) == "/inform{}"


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    try:
        text = clean_text(raw)
    except EmptyMessage:
        return
    assert clean_text(text) == text
    assert "\x00" not in text
    text.encode()  # no halves of surrogate pairs


@pytest.mark.parametrize("raw", ["", "  \n\t", "\x00\x07", "\u200b\u200d", "\u3000\ufeff"])
def test_nothing_is_refused_as_nothing(raw: str) -> None:
    with pytest.raises(EmptyMessage):
        clean_text(raw)


def test_emoji_joined_by_zero_width_characters_stay_whole() -> None:
    family = "👨\u200d👩\u200d👧"

    assert clean_text(f" {family} ") == family


def test_the_limit_counts_what_is_left() -> None:
    assert len(clean_text(" " * 100 + "长" * 5000)) == 5000
    with pytest.raises(TextTooLong) as refused:
        clean_text("长" * 5003)
    assert refused.value.length == 5003
