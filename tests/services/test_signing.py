from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.domain.issued import IssuedDocument, PaperKind, fingerprint
from bot.domain.plans import SavedPlan
from bot.domain.signing import (
    LARGEST_IMAGE_BYTES,
    LIFETIME,
    MAX_CODES_A_DAY,
    MAX_TRIES,
    PAUSE,
    BadSignature,
    CodeExpired,
    CodeUsed,
    CodeWrong,
    DocumentChanged,
    Signature,
    SigningMethod,
    TooManyCodes,
)
from bot.services.papers.issuing import keep_issued
from bot.services.papers.signing import ask_confirmation, sign, signatures_of
from bot.store.tables.papers import CONFIRMATIONS
from bot.store.unit_of_work import unit_of_work_factory
from tests.paper_factories import saved_hot_pot
from tests.service_factories import NOW, OpenUnit
from tests.services.test_booking_races import together

PNG = b"\x89PNG\r\n\x1a\n" + b"drawn"


@dataclass(frozen=True)
class Desk:
    """A plan with its form, ready to be signed."""

    unit_of_work: OpenUnit
    saved: SavedPlan
    form: IssuedDocument

    def code(self, origin: str = "c0:m2:sign", **later: float) -> str:
        return ask_confirmation(
            self.unit_of_work, origin=origin, saved=self.saved, now=NOW + timedelta(**later)
        )

    def sign(self, code: str, **changes: Any) -> Signature:
        wanted: dict[str, Any] = {
            "saved": self.saved,
            "document": self.form,
            "shown_sha256": self.form.sha256,
            "code": code,
            "signer": "李雷",
            "image": PNG,
            "now": NOW + timedelta(minutes=1),
        }
        return sign(self.unit_of_work, **{**wanted, **changes})


@pytest.fixture
def desk(engine: Engine) -> Desk:
    saved = saved_hot_pot(engine).plan
    unit_of_work = unit_of_work_factory(engine)
    form = IssuedDocument(
        "SQ-20261123-AAAAAAAA",
        PaperKind.FORM,
        saved.id,
        "v",
        fingerprint(b"w"),
        "x",
        None,
        NOW,
        b"w",
    )
    return Desk(unit_of_work, saved, keep_issued(unit_of_work, form))


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_signature_is_kept_with_its_evidence(desk: Desk) -> None:
    signed = desk.sign(desk.code())
    assert signatures_of(desk.unit_of_work, desk.saved) == (signed,)
    assert signed.document_number == desk.form.number
    assert signed.document_sha256 == fingerprint(b"w")
    assert signed.conversation_id == "c0"
    assert signed.signer == "李雷"
    assert signed.image == PNG
    assert signed.method is SigningMethod.DRAWN
    assert signed.signed_at == NOW + timedelta(minutes=1)


def test_a_typed_name_signs_too(desk: Desk) -> None:
    signed = desk.sign(desk.code(), image=None, signer="  李  雷 ")
    assert (signed.method, signed.image, signed.signer) == (SigningMethod.TYPED, None, "李 雷")


def test_blanks_and_words_around_the_code_do_not_matter(desk: Desk) -> None:
    code = desk.code()
    desk.sign(f" 确认码 {code[:3]} {code[3:]}")


def test_a_code_signs_once(desk: Desk) -> None:
    code = desk.code()
    desk.sign(code)
    with pytest.raises(CodeUsed):
        desk.sign(code)
    assert len(signatures_of(desk.unit_of_work, desk.saved)) == 1


def test_pressed_twice_at_the_same_time_it_signs_once(desk: Desk) -> None:
    code = desk.code()

    outcomes = [type(one) for one in together([lambda: desk.sign(code)] * 3)]
    assert sorted(kind.__name__ for kind in outcomes) == ["CodeUsed", "CodeUsed", "Signature"]


def test_a_wrong_code_says_how_many_tries_are_left_and_the_last_one_ends_it(desk: Desk) -> None:
    code = desk.code()
    left = []
    for _ in range(MAX_TRIES):
        with pytest.raises(CodeWrong) as raised:
            desk.sign(other(code))
        left.append(raised.value.tries_left)
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(CodeExpired):
        desk.sign(code)


def test_many_guesses_at_once_are_as_many_tries(desk: Desk) -> None:
    code = desk.code()

    guesses = [lambda: desk.sign(other(code))] * (MAX_TRIES + 3)
    outcomes = [type(one) for one in together(guesses)]
    assert outcomes.count(CodeWrong) == MAX_TRIES
    assert outcomes.count(CodeExpired) == 3


def test_an_old_code_has_expired(desk: Desk) -> None:
    code = desk.code()
    with pytest.raises(CodeExpired):
        desk.sign(code, now=NOW + LIFETIME)


def test_a_newer_code_ends_the_one_before(desk: Desk) -> None:
    first = desk.code()
    second = desk.code("c0:m3:sign", minutes=1)
    if first != second:
        with pytest.raises(CodeWrong):
            desk.sign(first, now=NOW + timedelta(minutes=2))
    desk.sign(second, now=NOW + timedelta(minutes=2))


def test_without_a_code_nothing_is_signed(desk: Desk) -> None:
    with pytest.raises(CodeExpired):
        desk.sign("123456")
    with pytest.raises(CodeExpired):
        desk.sign("")


def test_codes_do_not_flood_the_conversation(desk: Desk) -> None:
    desk.code("page:0")
    with pytest.raises(TooManyCodes):
        desk.code("page:1", seconds=PAUSE.seconds - 1)
    for number in range(1, MAX_CODES_A_DAY):
        desk.code(f"page:{number}", minutes=number)
    with pytest.raises(TooManyCodes):
        desk.code("page:last", hours=1)
    desk.code("page:tomorrow", hours=25)


def test_a_repeated_turn_makes_no_second_confirmation(desk: Desk, engine: Engine) -> None:
    desk.code()
    again = desk.code(seconds=1)
    with engine.connect() as connection:
        assert len(connection.execute(select(CONFIRMATIONS)).all()) == 1
    desk.sign(again)


def test_neither_code_nor_salted_digest_tells_the_code(desk: Desk, engine: Engine) -> None:
    code = desk.code()
    with engine.connect() as connection:
        (row,) = connection.execute(select(CONFIRMATIONS)).all()
    assert code not in {row.code_hash, row.salt}
    assert fingerprint(code.encode()) != row.code_hash


def test_a_form_that_changed_meanwhile_is_not_signed_and_the_code_stays_good(desk: Desk) -> None:
    code = desk.code()
    with pytest.raises(DocumentChanged):
        desk.sign(code, shown_sha256=fingerprint(b"what was shown"))
    desk.sign(code)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"signer": "  "}, "nameless"),
        ({"signer": "雷" * 41}, "long_name"),
        ({"image": b"GIF89a"}, "image"),
        ({"image": PNG + b"x" * LARGEST_IMAGE_BYTES}, "image"),
    ],
)
def test_what_is_no_signature_is_refused_and_the_code_stays_good(
    desk: Desk, changes: dict[str, Any], reason: str
) -> None:
    code = desk.code()
    with pytest.raises(BadSignature) as raised:
        desk.sign(code, **changes)
    assert raised.value.reason == reason
    desk.sign(code)


def test_the_code_of_one_plan_signs_no_other(desk: Desk, engine: Engine) -> None:
    code = desk.code()
    stranger = saved_hot_pot(engine, origin="c1:m1:plan", conversation_id="c1").plan
    with pytest.raises(CodeExpired):
        desk.sign(code, saved=stranger, document=replace(desk.form, plan_id=stranger.id))
