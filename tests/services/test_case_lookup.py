from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.cases import CaseState
from bot.services.cases import cases
from bot.services.cases.cases import (
    AlreadyUrged,
    CaseClosed,
    CaseNotVerified,
    CaseView,
    CredentialNeeded,
    TooManyTries,
)
from bot.services.cases.views import Progress
from bot.services.privacy.identity import CONVERSATION_LIMIT, NUMBER_LIMIT
from tests.casework_factories import (
    CREDIT_CODE,
    LI_LEI,
    NOW,
    PHONE,
    WANG_WU,
    OpenUnit,
    calendar,
    case,
    local,
    opened,
)

S = CaseState
UNKNOWN = "371500202611239999"
MINUTE = timedelta(minutes=1)


def find(
    unit: OpenUnit,
    number: str,
    credential: str | None = PHONE[-4:],
    who: str = LI_LEI,
    at: object = NOW,
) -> CaseView:
    return cases.find_case(
        unit,
        number=number,
        credential=credential,
        conversation_id=who,
        now=at,  # type: ignore[arg-type]  # a datetime
        calendar=calendar(),
    )


def urge(unit: OpenUnit, number: str, origin: str = "msg-2:urge", at: object = NOW) -> object:
    return cases.urge_case(
        unit,
        number=number,
        conversation_id=LI_LEI,
        origin=origin,
        now=at,  # type: ignore[arg-type]  # a datetime
        calendar=calendar(),
    )


@pytest.mark.parametrize("credential", [PHONE[-4:], CREDIT_CODE[-4:], "4n59", PHONE, CREDIT_CODE])
def test_a_case_is_shown_to_the_one_who_knows_the_tail(engine: Engine, credential: str) -> None:
    unit = opened(engine)
    view = find(unit, case(unit).number, credential)
    assert (view.state_label, view.matter_id) == ("收件", "lic-food-operate")


def test_the_view_says_who_has_it_and_how_many_days_are_left(engine: Engine) -> None:
    unit = opened(engine)
    made = case(unit, (S.ACCEPTED, NOW), (S.UNDER_REVIEW, NOW))
    view = find(unit, made.number, at=local("2026-11-24 10:00"))
    assert [step.progress for step in view.steps] == [
        Progress.DONE,
        Progress.DONE,
        Progress.NOW,
        Progress.NEXT,
    ]
    assert view.holder_id == "approval"
    assert (view.working_days_used, view.working_days_left) == (1, 2)
    assert view.due is not None
    assert (str(view.due.on), view.due.provisional) == ("2026-11-26", False)  # Thursday
    assert str(view.statutory_due and view.statutory_due.on) == "2026-12-07"  # Monday
    assert not view.is_overdue


def test_papers_to_bring_are_named_and_the_applicant_has_the_case(engine: Engine) -> None:
    unit = opened(engine)
    view = find(unit, case(unit, (S.RECTIFICATION, NOW)).number)
    assert view.to_do == ("从业人员健康证明",)
    assert view.waits_for_applicant
    assert view.is_paused
    assert (view.holder_id, view.due) == (None, None)


def test_a_case_is_shown_again_in_the_same_conversation_without_proof(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit).number
    find(unit, number)
    assert find(unit, number, credential=None).number == number


@pytest.mark.parametrize("exists", [True, False])
def test_proof_is_asked_for_whether_the_case_exists_or_not(engine: Engine, exists: bool) -> None:
    unit = opened(engine)
    number = case(unit).number if exists else UNKNOWN
    with pytest.raises(CredentialNeeded):
        find(unit, number, credential=None)


def outcomes(look: Callable[[int], object], tries: int) -> list[tuple[str, object]]:
    """Return what each try raises, with everything the error tells."""
    raised: list[tuple[str, object]] = []
    for number in range(tries):
        with pytest.raises((CaseNotVerified, TooManyTries)) as caught:
            look(number)
        raised.append((type(caught.value).__name__, (vars(caught.value), caught.value.args)))
    return raised


def test_an_unknown_case_and_the_case_of_another_answer_alike(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit).number
    not_theirs = outcomes(lambda _: find(unit, number, "0001", who=WANG_WU), 5)
    unknown = outcomes(lambda _: find(unit, UNKNOWN, "0001", who="another"), 5)
    assert not_theirs == unknown
    assert [name for name, _ in unknown] == ["CaseNotVerified"] * 3 + ["TooManyTries"] * 2


def test_three_failed_tries_lock_the_conversation_for_half_an_hour(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit).number
    outcomes(lambda i: find(unit, number, "0001", who=WANG_WU, at=NOW + i * MINUTE), 3)
    with pytest.raises(TooManyTries) as locked:
        find(unit, number, who=WANG_WU, at=NOW + 31 * MINUTE)  # the right digits change nothing
    assert locked.value.until == NOW + 2 * MINUTE + CONVERSATION_LIMIT.lock
    assert find(unit, number, who=WANG_WU, at=locked.value.until).number == number


def test_after_the_lock_there_are_three_tries_again(engine: Engine) -> None:
    unit = opened(engine)
    case(unit)
    outcomes(lambda _: find(unit, UNKNOWN, "0001"), 3)
    later = NOW + CONVERSATION_LIMIT.lock
    with pytest.raises(CaseNotVerified) as first:
        find(unit, UNKNOWN, "0001", at=later)
    assert first.value.tries_left == 2


def test_old_failures_are_forgotten(engine: Engine) -> None:
    unit = opened(engine)
    case(unit)
    for day in range(5):
        with pytest.raises(CaseNotVerified) as failed:
            find(unit, UNKNOWN, "0001", at=NOW + timedelta(days=2 * day))
        assert failed.value.tries_left == 2


def test_a_lock_does_not_take_away_what_was_proven_before(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit).number
    find(unit, number)
    outcomes(lambda _: find(unit, UNKNOWN, "0001"), 4)
    assert find(unit, number, credential=None).number == number


def test_guessing_from_ever_new_conversations_is_stopped(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit).number
    limit = NUMBER_LIMIT.failures
    guesses = outcomes(lambda i: find(unit, number, f"{i:04d}", who=f"new-{i}"), limit)
    assert {name for name, _ in guesses} == {"CaseNotVerified"}
    with pytest.raises(TooManyTries) as locked:
        find(unit, number, who="one-more")
    assert locked.value.until == NOW + NUMBER_LIMIT.lock


def test_a_tail_means_the_one_proven_case_that_ends_so(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit).number

    def recall(text: str) -> str | None:
        return cases.recall_case_number(unit, text=text, conversation_id=LI_LEI)

    assert recall("尾号0001") is None
    find(unit, number)
    assert recall("尾号0001") == number
    assert recall("尾号0002") is None
    assert recall(f"查{number}") == number
    assert recall("没有数字") is None
    other = case(unit, origin="msg-9:case", at=NOW + timedelta(days=1)).number
    find(unit, other)
    assert recall("尾号0001") is None  # two end so


def test_only_a_proven_case_can_be_followed_or_urged(engine: Engine) -> None:
    unit = opened(engine)
    for number in (case(unit).number, UNKNOWN):
        with pytest.raises(CaseNotVerified):
            cases.follow_case(unit, number=number, conversation_id=LI_LEI, now=NOW)
        with pytest.raises(CaseNotVerified):
            urge(unit, number)


def test_a_case_is_urged_once_a_working_day(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit).number
    find(unit, number)
    urge(unit, number, "msg-2:urge", local("2026-11-27 16:00"))  # Friday
    with pytest.raises(AlreadyUrged):
        urge(unit, number, "msg-3:urge", local("2026-11-27 16:30"))
    urge(unit, number, "msg-4:urge", local("2026-11-28 10:00"))  # Saturday counts for Monday
    with pytest.raises(AlreadyUrged) as again:
        urge(unit, number, "msg-5:urge", local("2026-11-30 09:00"))  # Monday
    assert str(again.value.on) == "2026-11-30"
    urged = [e for e in find(unit, number).events if e.kind.value == "urged"]
    assert len(urged) == 2


def test_the_same_message_urges_once_and_is_answered_alike(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit).number
    find(unit, number)
    assert urge(unit, number) == urge(unit, number, at=NOW + MINUTE)


def test_a_finished_case_is_neither_urged_nor_followed(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit, (S.ACCEPTED, NOW), (S.COMPLETED, NOW)).number
    view = find(unit, number)
    assert view.is_final
    assert (view.holder_id, str(view.finished_on)) == (None, "2026-11-23")
    with pytest.raises(CaseClosed):
        urge(unit, number)
    with pytest.raises(CaseClosed):
        cases.follow_case(unit, number=number, conversation_id=LI_LEI, now=NOW)


def test_secrets_do_not_show_in_a_repr(engine: Engine) -> None:
    shown = repr(case(opened(engine)))
    for secret in (PHONE, CREDIT_CODE, "李雷"):
        assert secret not in shown
