from pathlib import Path

import pytest

from bot.data_keys import add_key, data_keys, keep_newest, ring_of
from bot.sealing import BadDataKeys, DataKeys, Ring, UnreadableData, key_of
from tests.keys import TEST_KEYS

PHONE = "13800001234"
LONG = "a secret with thirty-two signs at least"


def test_a_sealed_text_shows_nothing_and_opens_again() -> None:
    sealed = TEST_KEYS.seal(PHONE, "bookings.contact_phone")

    assert PHONE not in sealed
    assert TEST_KEYS.seal(PHONE, "bookings.contact_phone") != sealed, "equal values look different"
    assert TEST_KEYS.open(sealed, "bookings.contact_phone") == PHONE
    assert key_of(sealed) == "test"


def test_sealed_bytes_open_again_whatever_is_in_them() -> None:
    content = bytes(range(256)) + b"x1:other:"
    sealed = TEST_KEYS.seal_bytes(content, "chat_files.content")

    assert content not in sealed
    assert TEST_KEYS.open_bytes(sealed, "chat_files.content") == content


def test_what_is_empty_stays_empty() -> None:
    assert TEST_KEYS.seal("", "a.b") == TEST_KEYS.open("", "a.b") == TEST_KEYS.hash("", "a.b") == ""
    assert TEST_KEYS.seal_bytes(b"", "a.b") == TEST_KEYS.open_bytes(b"", "a.b") == b""


@pytest.mark.parametrize(
    "stored",
    [
        TEST_KEYS.seal("王五", "bookings.note"),
        TEST_KEYS.seal("王五", "bookings.contact_name")[:-6],
        TEST_KEYS.seal("王五", "bookings.contact_name").replace("x1:test:", "x1:gone:"),
        "x1:test:not base64!",
        "x1:test:",
        "王五",
    ],
    ids=["of another column", "cut off", "of an unknown key", "no base64", "nothing", "plain"],
)
def test_a_value_that_was_moved_changed_or_put_in_does_not_open(stored: str) -> None:
    with pytest.raises(UnreadableData) as refused:
        TEST_KEYS.open(stored, "bookings.contact_name")
    assert "王五" not in str(refused.value)


def test_equal_numbers_have_equal_hashes_within_a_column_only() -> None:
    here, there = "bookings.contact_phone", "cases.phone"

    assert TEST_KEYS.hash(PHONE, here) == TEST_KEYS.hash(PHONE, here) != PHONE
    assert TEST_KEYS.hash(PHONE, here) != TEST_KEYS.hash(PHONE, there)
    other = DataKeys(lambda: Ring({"test": LONG}, "another key of hashes"))
    assert other.hash(PHONE, here) != TEST_KEYS.hash(PHONE, here)


def test_keys_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    first = data_keys("", tmp_path)
    sealed = first.seal(PHONE, "a.b")

    data_keys.cache_clear()
    assert data_keys("", tmp_path).open(sealed, "a.b") == PHONE
    assert (tmp_path / "data.key").stat().st_mode & 0o077 == 0


def test_a_running_process_reads_what_a_newer_key_sealed_and_hashes_stay(tmp_path: Path) -> None:
    running = data_keys("", tmp_path)
    before = running.hash(PHONE, "a.b")
    name = add_key(tmp_path / "data.key")
    data_keys.cache_clear()
    rotated = data_keys("", tmp_path)

    assert rotated.newest == name
    assert running.open(rotated.seal(PHONE, "a.b"), "a.b") == PHONE
    assert rotated.hash(PHONE, "a.b") == before
    keep_newest(tmp_path / "data.key")
    assert list(ring_of((tmp_path / "data.key").read_text().splitlines()).secrets) == [name]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f"k1:{LONG}", "lookup"),
        (f"lookup:{LONG}", "at least one key"),
        (f"k1:short,lookup:{LONG}", "k1 has fewer than 32"),
        (f"k1:{LONG},k1:{LONG},lookup:{LONG}", "twice"),
        (f"bad id:{LONG},lookup:{LONG}", "no id"),
        (LONG, "no id"),
    ],
)
def test_keys_that_cannot_be_used_are_refused_without_being_shown(lines: str, said: str) -> None:
    with pytest.raises(BadDataKeys, match=said) as refused:
        ring_of(lines.split(","))
    assert LONG[:21] not in str(refused.value)
