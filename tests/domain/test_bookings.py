import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.bookings import (
    ALLOWED_BOOKING_STATES,
    OPEN_STATES,
    BadContact,
    BookingState,
    booking_number,
    contact,
)


def test_only_open_bookings_can_change() -> None:
    assert set(ALLOWED_BOOKING_STATES) == set(BookingState)
    movable = {s for s, after in ALLOWED_BOOKING_STATES.items() if BookingState.CHANGED in after}
    assert movable == OPEN_STATES


def test_whoever_came_late_is_not_held_to_be_absent_for_ever() -> None:
    assert BookingState.ARRIVED in ALLOWED_BOOKING_STATES[BookingState.NO_SHOW]
    assert not ALLOWED_BOOKING_STATES[BookingState.DONE]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13806350001", "13806350001"),
        ("138 0635 0001", "13806350001"),
        ("+86 138-0635-0001", "13806350001"),
        ("0635-8888888", "06358888888"),
        ("（0635）8888888", "06358888888"),
    ],
)
def test_a_dialable_number_is_kept_as_digits(typed: str, kept: str) -> None:
    assert contact("李雷", typed).phone == kept


@pytest.mark.parametrize("phone", ["", "12345", "没有电话", "1380635000x", "1" * 16])
def test_what_cannot_be_dialled_is_refused(phone: str) -> None:
    with pytest.raises(BadContact) as caught:
        contact("李雷", phone)
    assert caught.value.part == "phone"


@pytest.mark.parametrize("name", ["", "  ", "长" * 41])
def test_a_missing_or_endless_name_is_refused(name: str) -> None:
    with pytest.raises(BadContact) as caught:
        contact(name, "13806350001")
    assert caught.value.part == "name"


def test_a_contact_does_not_show_itself_in_logs() -> None:
    shown = repr(contact("李雷", "13806350001"))
    assert "李雷" not in shown
    assert "1380635" not in shown


@pytest.mark.parametrize(
    "typed",
    [
        "YY-20261123-0001",
        "yy20261123-0001",
        "我的预约号是ＹＹ－20261123－0001，帮我改一下",
        "yy 20261123 1",
        "YY—20261123—0001",
    ],
)
def test_a_booking_number_is_read_as_people_type_it(typed: str) -> None:
    assert booking_number(typed) == "YY-20261123-0001"


@pytest.mark.parametrize("typed", ["", "CS-20261123-0001", "YY-2026-1", "20261123-0001", "0001"])
def test_other_numbers_are_no_booking_number(typed: str) -> None:
    assert booking_number(typed) is None


@settings(deadline=None)  # machines that run this are shared
@given(st.dates(), st.integers(1, 999_999))
def test_every_number_we_hand_out_is_read_back(on: object, running: int) -> None:
    number = f"YY-{on:%Y%m%d}-{running:04d}"
    if len(f"{on:%Y%m%d}") == 8:
        assert booking_number(f"预约{number}。") == number
