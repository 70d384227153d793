"""Signatures: fixed examples of the contract, and everything that must be refused."""

import json
import re

import pytest

from bot.platform.signing import (
    NONCE,
    SIGNATURE,
    SKEW_S,
    TIME,
    BadKeys,
    BadSignature,
    check_answer,
    check_request,
    read_keys,
    sign_answer,
    sign_request,
)
from bot.settings import ROOT

SECRET = "contract-example-secret"
BODY = b'{"number":"371500201901020001","proof":"0901"}'
NOW = 1_795_660_800
EXAMPLES = (ROOT / "docs" / "approval-platform.md").read_text(encoding="utf-8")


def signed(**changes: str) -> dict[str, str]:
    keys = read_keys(f"k1:{SECRET}")
    return {**sign_request(keys, "POST", "/v1/x?a=1", BODY, now=NOW), **changes}


def check(headers: dict[str, str], *, body: bytes = BODY, keys: str = f"k1:{SECRET}") -> str:
    return check_request(read_keys(keys), "POST", "/v1/x?a=1", headers=headers, body=body, now=NOW)


@pytest.mark.parametrize("algorithm", ["HMAC-SHA256", "HMAC-SM3"])
def test_the_examples_of_the_contract_are_what_the_code_makes(algorithm: str) -> None:
    (example,) = (
        json.loads(block)
        for block in re.findall(r"```json\n(.*?)```", EXAMPLES, re.DOTALL)
        if f'"{algorithm}"' in block
    )
    keys = read_keys(f"city-1:{SECRET}", algorithm)

    made = sign_request(
        keys, "POST", "/v1/cases/lookup", BODY, now=NOW, nonce="00112233445566778899aabbccddeeff"
    )

    assert made == example


def test_what_was_signed_is_taken_and_names_its_nonce() -> None:
    headers = signed()

    assert check(headers) == headers[NONCE]


@pytest.mark.parametrize("name", [*signed()])
def test_no_signed_header_can_be_changed(name: str) -> None:
    headers = signed()
    headers[name] = headers[name][:-1] + ("0" if headers[name][-1] != "0" else "1")

    with pytest.raises(BadSignature):
        check(headers)


@pytest.mark.parametrize("name", [*signed()])
def test_no_signed_header_can_be_left_out(name: str) -> None:
    headers = signed()
    del headers[name]

    with pytest.raises(BadSignature):
        check(headers)


def test_neither_body_nor_address_can_be_changed() -> None:
    with pytest.raises(BadSignature):
        check(signed(), body=BODY + b" ")
    with pytest.raises(BadSignature):
        check_request(
            read_keys(f"k1:{SECRET}"), "POST", "/v1/x?a=2", headers=signed(), body=BODY, now=NOW
        )


@pytest.mark.parametrize("away", [SKEW_S + 1, -SKEW_S - 1])
def test_a_clock_that_is_too_far_away_is_named_as_the_reason(away: int) -> None:
    keys = read_keys(f"k1:{SECRET}")
    headers = sign_request(keys, "POST", "/v1/x?a=1", BODY, now=NOW + away)

    with pytest.raises(BadSignature) as refused:
        check(headers)
    assert refused.value.code == "clock"


def test_a_wrong_signature_with_a_wrong_clock_learns_nothing_about_the_clock() -> None:
    with pytest.raises(BadSignature) as refused:
        check(signed(**{TIME: "1", SIGNATURE: "0" * 64}))
    assert refused.value.code == "signature"


def test_keys_are_changed_without_a_gap() -> None:
    new, old = "k2:the-secret-of-tomorrow", f"k1:{SECRET}"
    headers = signed()

    assert check(headers, keys=f"{new}, {old}")  # the other side still signs with the old one
    with pytest.raises(BadSignature):
        check(headers, keys=new)  # and once it is taken away it is worth nothing


def test_an_answer_fits_its_own_request_only() -> None:
    keys = read_keys(f"k1:{SECRET}")
    first, second = signed(), signed()
    answer = sign_answer(keys, "k1", first[NONCE], status=200, body=b"{}", now=NOW)

    check_answer(keys, 200, first, headers=answer, body=b"{}", now=NOW)
    with pytest.raises(BadSignature):
        check_answer(keys, 200, second, headers=answer, body=b"{}", now=NOW)
    with pytest.raises(BadSignature):
        check_answer(keys, 404, first, headers=answer, body=b"{}", now=NOW)


@pytest.mark.parametrize("text", ["", "k1", "k1:short", "k1:long-enough-secret, k2:short"])
def test_keys_that_protect_nothing_are_refused(text: str) -> None:
    with pytest.raises(BadKeys):
        read_keys(text)


def test_an_unknown_algorithm_is_refused() -> None:
    with pytest.raises(BadKeys):
        read_keys(f"k1:{SECRET}", "MD5")


def test_secrets_are_not_printed() -> None:
    assert SECRET not in repr(read_keys(f"k1:{SECRET}"))
