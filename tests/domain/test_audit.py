"""The chain of seals: every way to tamper with a log is seen, and where it begins."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit import Anchor, AuditEntry, AuditHead, BadAnchor, SealedEntry, read_anchors
from bot.domain.audit_chain import NOTHING_BEFORE, AuditKeys, ChainCheck, Verdict, digest_before

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=timezone.utc)
KEYS = AuditKeys(["a key"])
Log = list[SealedEntry]


def entry(number: int) -> AuditEntry:
    return AuditEntry(NOW + timedelta(seconds=number), number, "case_read", f"c{number}", "理由")


def chain(length: int, keys: AuditKeys = KEYS, before: tuple[AuditEntry, ...] = ()) -> Log:
    log = [SealedEntry(n, None, one, "", "") for n, one in enumerate(before, start=1)]
    seal = digest_before(before)
    for seq in range(1, length + 1):
        seal = keys.seal(seal, seq, entry(seq))
        log.append(SealedEntry(len(before) + seq, seq, entry(seq), seal, keys.current_id))
    return log


def head_of(log: Log) -> AuditHead:
    before = digest_before(one.entry for one in log if one.seq is None)
    last = log[-1] if log else None
    return (
        AuditHead(last.seq or 0, last.seal or before, before)
        if last
        else AuditHead(0, before, before)
    )


def check(
    log: Log, head: AuditHead | None, keys: AuditKeys = KEYS, anchors: tuple[Anchor, ...] = ()
) -> Verdict:
    checker = ChainCheck(keys, anchors)
    for one in log:
        checker.add(one)
    return checker.finish(head)


@given(st.integers(min_value=0, max_value=12), st.integers(min_value=0, max_value=3))
def test_an_untouched_log_is_intact(length: int, before: int) -> None:
    log = chain(length, before=tuple(entry(n) for n in range(before)))

    verdict = check(log, head_of(log))

    assert verdict.is_intact
    assert (verdict.checked, verdict.before) == (length, before)


def _drop(log: Log) -> Log:
    return [one for one in log if one.seq != 3]


def _swap(log: Log) -> Log:
    return [*log[:2], replace(log[3], seq=3), replace(log[2], seq=4), *log[4:]]


def _edit(**changes: object) -> Callable[[Log], Log]:
    def tamper(log: Log) -> Log:
        return [
            replace(one, entry=replace(one.entry, **changes)) if one.seq == 3 else one  # type: ignore[arg-type]
            for one in log
        ]

    return tamper


def _insert(log: Log) -> Log:
    return [*log[:2], SealedEntry(99, 3, entry(99), log[2].seal, log[2].key_id), *log[2:]]


def _unseal(log: Log) -> Log:
    return [replace(one, seq=None) if one.seq == 3 else one for one in log]


def _reseal_with_another_key(log: Log) -> Log:
    mine = AuditKeys(["a guess"])
    forged = mine.seal(log[1].seal, 3, entry(99))
    return [*log[:2], SealedEntry(3, 3, entry(99), forged, mine.current_id), *log[3:]]


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (_drop, "missing"),
        (_swap, "changed"),
        (_insert, "changed"),
        (_unseal, "changed"),
        (_reseal_with_another_key, "unknown_key"),
        (_edit(agent_id=7), "changed"),
        (_edit(agent_id=None), "changed"),
        (_edit(action="case_moved"), "changed"),
        (_edit(subject=None), "changed"),
        (_edit(subject=""), "changed"),
        (_edit(detail="别的理由"), "changed"),
        (_edit(at=NOW + timedelta(microseconds=1)), "changed"),
    ],
)
def test_the_first_broken_entry_is_named(tamper: Callable[[Log], Log], problem: str) -> None:
    log = chain(6)

    verdict = check(tamper(log), head_of(log))

    assert (verdict.problem, verdict.at_seq, verdict.checked) == (problem, 3, 2)


@pytest.mark.parametrize("kept", [0, 1, 5])
def test_a_cut_off_end_is_seen(kept: int) -> None:
    log = chain(6)

    verdict = check(log[:kept], head_of(log))

    assert (verdict.problem, verdict.at_seq) == ("cut_off", kept + 1)


def test_a_log_without_its_head_is_not_whole() -> None:
    assert check(chain(2), None).problem == "cut_off"


def test_an_end_cut_off_together_with_the_head_is_seen_by_an_anchor() -> None:
    log = chain(6)
    anchor = Anchor(5, log[4].seal)
    short = log[:4]

    assert check(short, head_of(short)).is_intact
    assert check(short, head_of(short), anchors=(anchor,)).problem == "cut_off"
    assert check(log, head_of(log), anchors=(anchor,)).is_intact


def test_a_log_written_anew_with_the_right_key_is_seen_by_an_anchor() -> None:
    log = chain(6)
    anew = chain(6, before=(entry(50),))

    verdict = check(anew, head_of(anew), anchors=(Anchor(4, log[3].seal),))

    assert (verdict.problem, verdict.at_seq) == ("anchor", 4)


def test_entries_from_before_the_chain_are_covered_too() -> None:
    log = chain(2, before=(entry(50), entry(51)))
    head = head_of(log)
    touched = [replace(log[0], entry=entry(60)), *log[1:]]

    assert check(touched, head).problem == "changed"
    assert check(touched[:2], replace(head, seq=0)).problem == "changed_before"


def test_after_a_change_of_keys_both_are_known_and_the_new_one_seals() -> None:
    old, both = AuditKeys(["old"]), AuditKeys(["new", "old"])
    log = chain(2, old)
    seal = both.seal(log[-1].seal, 3, entry(3))
    log.append(SealedEntry(3, 3, entry(3), seal, both.current_id))

    assert check(log, head_of(log), both).is_intact
    assert check(log, head_of(log), old).problem == "unknown_key"


def test_anchors_are_read_line_by_line() -> None:
    text = f"# 2026-11-24\n\n12 {NOTHING_BEFORE}\n"

    assert read_anchors(text) == (Anchor(12, NOTHING_BEFORE),)
    assert Anchor(12, NOTHING_BEFORE).line() in text


@pytest.mark.parametrize("line", ["x", "12", "12 abc", f"-1 {NOTHING_BEFORE}"])
def test_a_line_that_is_no_anchor_is_refused(line: str) -> None:
    with pytest.raises(BadAnchor):
        read_anchors(line)
