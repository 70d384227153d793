import re
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.eligibility import (
    BadProfile,
    ProfileValue,
    Standing,
    Truth,
    evaluate,
    truth_of,
)
from bot.domain.policies import AllOf, AnyOf, Criteria, Criterion, Operator, PolicyStatus
from bot.services.finding.lookup import Lookup
from bot.services.policies.library import PolicyLibrary
from bot.services.policies.policies import (
    decisive_clauses,
    judge,
    policy_package,
    search_policies,
)
from bot.services.policies.questions import AnswerKind, PolicyQuestion, next_question
from bot.services.policies.text import clause_text, criterion_text
from tests.catalogue_factories import catalogue, facts, policy

TODAY = date(2026, 11, 23)
SMALL = Criterion("taxpayer_type", Operator.EQ, "small_scale")
SALES = Criterion("monthly_sales", Operator.LTE, 100_000)
STAFF = Criterion("employees", Operator.GTE, 1)
LAYOFF = Criterion("layoff_rate", Operator.LTE, 0.055)
FACTORY = Criterion("manufacturing", Operator.EQ, value=True)
OWNER = Criterion("owner_group", Operator.IN, ("退役军人", "网络商户"))
NOT_SHOP = Criterion("entity_type", Operator.NIN, ("个体工商户",))

Answers = dict[str, ProfileValue]


def test_a_policy_is_met_not_met_or_open_clause_by_clause() -> None:
    vat = policy(AllOf((SMALL, SALES)))
    met = evaluate(vat, {"taxpayer_type": "small_scale", "monthly_sales": 100_000}, TODAY)
    assert (met.truth, met.missing) == (Truth.MET, ())
    too_big = evaluate(vat, {"monthly_sales": 100_001}, TODAY)
    assert [clause.truth for clause in too_big.clauses] == [Truth.UNKNOWN, Truth.NOT_MET]
    # the other answer cannot help any more, so nobody is asked for it
    assert (too_big.truth, too_big.missing) == (Truth.NOT_MET, ())
    half = evaluate(vat, {"monthly_sales": 1}, TODAY)
    assert (half.truth, half.missing) == (Truth.UNKNOWN, ("taxpayer_type",))


def test_one_met_branch_is_enough_and_closes_the_others() -> None:
    found = evaluate(policy(AnyOf((SMALL, AllOf((STAFF, LAYOFF))))), {"employees": 3}, TODAY)
    assert found.missing == ("taxpayer_type", "layoff_rate")
    found = evaluate(
        policy(AnyOf((SMALL, AllOf((STAFF, LAYOFF))))), {"taxpayer_type": "small_scale"}, TODAY
    )
    assert (found.truth, found.missing) == (Truth.MET, ())


@pytest.mark.parametrize(
    ("criterion", "profile", "truth"),
    [
        (OWNER, {"owner_group": "退役军人"}, Truth.MET),
        (OWNER, {"owner_group": ("残疾人", "网络商户")}, Truth.MET),
        (OWNER, {"owner_group": "都不是"}, Truth.NOT_MET),
        (NOT_SHOP, {"entity_type": "公司"}, Truth.MET),
        (NOT_SHOP, {"entity_type": "个体工商户"}, Truth.NOT_MET),
        (NOT_SHOP, {}, Truth.UNKNOWN),
        (FACTORY, {"manufacturing": False}, Truth.NOT_MET),
        (LAYOFF, {"layoff_rate": 0.055}, Truth.MET),
        (Criterion("employees", Operator.LT, 30), {"employees": 30}, Truth.NOT_MET),
        (Criterion("employees", Operator.GT, 30), {"employees": 31}, Truth.MET),
    ],
)
def test_each_operator_decides_as_it_reads(
    criterion: Criterion, profile: Answers, truth: Truth
) -> None:
    assert truth_of(criterion, profile) is truth


@pytest.mark.parametrize(
    "profile", [{"employees": "三个"}, {"employees": True}, {"manufacturing": 1}]
)
def test_an_answer_of_the_wrong_type_is_refused(profile: Answers) -> None:
    with pytest.raises(BadProfile):
        truth_of(AllOf((STAFF, FACTORY)), profile)


@pytest.mark.parametrize(
    ("since", "until", "status", "standing"),
    [
        (date(2023, 1, 1), None, PolicyStatus.ACTIVE, Standing.IN_FORCE),
        (date(2023, 1, 1), TODAY, PolicyStatus.ACTIVE, Standing.IN_FORCE),
        (date(2023, 1, 1), date(2026, 11, 22), PolicyStatus.ACTIVE, Standing.ENDED),
        (date(2025, 1, 1), date(2025, 12, 31), PolicyStatus.NEEDS_CHECK, Standing.NEEDS_CHECK),
        (date(2027, 1, 1), None, PolicyStatus.ACTIVE, Standing.NOT_YET),
    ],
)
def test_a_policy_says_honestly_whether_it_is_in_force(
    since: date, until: date | None, status: PolicyStatus, standing: Standing
) -> None:
    found = evaluate(policy(SMALL, since=since, until=until, status=status), {}, TODAY)
    assert found.standing is standing


def test_the_package_sorts_fitting_open_refused_and_leaves_the_ended_out() -> None:
    cat = catalogue(
        policy(FACTORY, "refused"),
        policy(AllOf((SMALL, SALES)), "two-open"),
        policy(SALES, "one-open"),
        policy(STAFF, "unsure", status=PolicyStatus.NEEDS_CHECK),
        policy(STAFF, "fits"),
        policy(STAFF, "ended", until=date(2025, 1, 1)),
    )
    package = policy_package(
        {"employees": 3, "manufacturing": False}, PolicyLibrary(cat), today=TODAY
    )
    assert [each.policy.id for each in package.fitting] == ["fits", "unsure"]
    assert [each.policy.id for each in package.undecided] == ["one-open", "two-open"]
    assert [each.policy.id for each in package.nearly] == ["refused"]
    assert package.refused == ()
    assert package.question is not None
    assert package.question.field == "monthly_sales"
    assert (package.question.decides, package.question.example) == (2, "政策one-open")


def test_the_next_question_is_typed_and_a_skipped_one_is_not_repeated() -> None:
    cat = catalogue(policy(OWNER, "a"), policy(FACTORY, "b"), policy(OWNER, "c"))
    library = PolicyLibrary(cat)
    matches = judge({}, library, today=TODAY)
    first = next_question({}, matches, library)
    assert first is not None
    assert (first.field, first.kind) == ("owner_group", AnswerKind.CHOICE)
    assert first.options == ("退役军人", "网络商户")
    second = next_question({}, matches, library, skipped={"owner_group"})
    assert second is not None
    assert (second.field, second.kind, second.options) == (
        "manufacturing",
        AnswerKind.YES_NO,
        (),
    )
    skipped = {"owner_group", "manufacturing"}
    assert next_question({}, matches, library, skipped=skipped) is None


def test_reasons_name_what_carries_the_outcome() -> None:
    found = evaluate(policy(AllOf((SMALL, SALES, FACTORY))), {"monthly_sales": 200_000}, TODAY)
    lines = [clause_text(clause, catalogue()) for clause in decisive_clauses(found)]
    assert lines == ["不符合：月销售额不超过10万元（您填的是20万元）"]
    half = evaluate(policy(AllOf((SMALL, SALES, FACTORY))), {"monthly_sales": 80_000}, TODAY)
    lines = [clause_text(clause, catalogue()) for clause in decisive_clauses(half)]
    assert lines == [
        "待确认：增值税纳税人类型为小规模纳税人",
        "符合：月销售额不超过10万元（您填的是8万元）",
        "待确认：是“制造业”",
    ]


@pytest.mark.parametrize(
    ("criterion", "text"),
    [
        (LAYOFF, "上年度裁员率不超过5.5%"),
        (STAFF, "从业人数不低于1人"),
        (OWNER, "创业者身份属于退役军人、网络商户"),
        (Criterion("manufacturing", Operator.EQ, value=False), "不是“制造业”"),
    ],
)
def test_a_criterion_is_said_in_words(criterion: Criterion, text: str) -> None:
    assert criterion_text(criterion, catalogue()) == text


def test_no_clause_of_the_real_catalogue_shows_a_machine_word() -> None:
    for real in facts().policies.values():
        for clause in evaluate(real, {}, TODAY).clauses:
            text = criterion_text(clause.criterion, facts())
            assert re.fullmatch(r"[^a-z_]+", text), f"{real.id}: {text}"


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_any_enterprise_is_asked_to_an_end_and_each_answer_fits(data: st.DataObject) -> None:
    profile: Answers = {}
    skipped: set[str] = set()
    for _ in facts().policy_fields:
        package = policy_package(profile, real_library(), today=TODAY, skipped=skipped)
        question = package.question
        if question is None:
            break
        if data.draw(st.booleans(), label=f"answers {question.field}"):
            profile[question.field] = data.draw(answer_to(question))
        else:
            skipped.add(question.field)
    package = policy_package(profile, real_library(), today=TODAY, skipped=skipped)
    assert package.question is None
    for open_policy in package.undecided:
        assert set(open_policy.missing) <= skipped


def answer_to(question: PolicyQuestion) -> st.SearchStrategy[ProfileValue]:
    if question.kind is AnswerKind.YES_NO:
        return st.booleans()
    if question.kind is AnswerKind.NUMBER:
        return st.floats(0, 1e9) | st.integers(0, 10**9)
    return st.sampled_from([*question.options, "都不是"])


def test_a_small_taxpayer_gets_its_package_with_reasons() -> None:
    profile: Answers = {"taxpayer_type": "small_scale", "monthly_sales": 80_000.0}
    package = policy_package(profile, real_library(), today=TODAY)
    fitting = {each.policy.id: each for each in package.fitting}
    assert {"tax-vat-small-exempt", "tax-vat-1pct", "tax-six-fee-half"} <= set(fitting)
    reasons = decisive_clauses(package.match(fitting["tax-vat-small-exempt"]))
    assert [clause_text(clause, facts()) for clause in reasons] == [
        "符合：增值税纳税人类型为小规模纳税人（您填的是小规模纳税人）",
        "符合：月销售额不超过10万元（您填的是8万元）",
    ]


@pytest.mark.parametrize(
    ("text", "policy_id"),
    [
        ("六税两费", "tax-six-fee-half"),
        ("有没有创业补贴的政策", "job-start-subsidy"),
        ("研发费用加计扣除", "tax-rd-deduct"),
        ("稳岗返还", "job-unemp-refund"),
    ],
)
def test_a_topic_finds_its_policy_and_says_where_it_stands(text: str, policy_id: str) -> None:
    found = search_policies(text, lookup=lookup(), catalogue=facts(), today=TODAY)
    assert policy_id in [each.policy.id for each in found]
    needs_check = [each for each in found if each.policy.id == "job-unemp-refund"]
    assert all(each.standing is Standing.NEEDS_CHECK for each in needs_check)


def test_a_policy_that_has_ended_is_not_found() -> None:
    in_2040 = date(2040, 1, 1)
    found = search_policies("六税两费", lookup=lookup(), catalogue=facts(), today=in_2040)
    assert "tax-six-fee-half" not in [each.policy.id for each in found]


@cache
def real_library() -> PolicyLibrary:
    return PolicyLibrary(facts())


@cache
def lookup() -> Lookup:
    return Lookup(facts())


NAMES = ["a", "b", "c"]
LEAF = st.builds(
    Criterion,
    field=st.sampled_from(NAMES),
    operator=st.sampled_from([Operator.EQ]),
    value=st.booleans(),
)
TREES: st.SearchStrategy[Criteria] = st.recursive(
    LEAF,
    lambda parts: st.builds(
        lambda kind, found: kind(tuple(found)),
        st.sampled_from([AllOf, AnyOf]),
        st.lists(parts, min_size=1, max_size=3),
    ),
    max_leaves=8,
)
PROFILES = st.dictionaries(st.sampled_from(NAMES), st.booleans())


@settings(deadline=None)  # machines that run this are shared
@given(TREES, PROFILES)
def test_more_answers_never_overturn_a_certain_outcome(tree: Criteria, profile: Answers) -> None:
    truth = truth_of(tree, profile)
    endings = [
        truth_of(tree, {"a": a, "b": b, "c": c, **profile})
        for a in (True, False)
        for b in (True, False)
        for c in (True, False)
    ]
    assert Truth.UNKNOWN not in endings
    if truth is not Truth.UNKNOWN:
        assert set(endings) == {truth}


@settings(deadline=None)  # machines that run this are shared
@given(TREES, PROFILES)
def test_asking_all_that_is_missing_always_decides(tree: Criteria, profile: Answers) -> None:
    found = evaluate(policy(tree), profile, TODAY)
    assert (found.truth is Truth.UNKNOWN) == bool(found.missing)
    answered = {**dict.fromkeys(found.missing, True), **profile}
    assert truth_of(tree, answered) is not Truth.UNKNOWN
    assert not set(found.missing) & set(profile)
