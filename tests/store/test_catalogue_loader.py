import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.domain.errors import (
    UnknownDepartment,
    UnknownDistrict,
    UnknownEnterpriseType,
    UnknownEntry,
    UnknownIndustry,
    UnknownMatter,
    UnknownOneThing,
    UnknownPolicy,
    UnknownProjectType,
    UnknownQuestion,
)
from bot.domain.facts import Confidence
from bot.store.catalogue.__main__ import main
from bot.store.catalogue.loader import load_catalogue
from bot.store.catalogue.problems import CatalogueInvalid
from tests.catalogue_files import CATALOGUE, committed_catalogue


@pytest.fixture(autouse=True, scope="module")
def _parsed_once() -> Iterator[None]:
    """A file that no test has damaged is parsed once; whoever reads its nodes changes none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "compose", cache(yaml.compose))
        yield


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    target = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, target)
    return target


def damage(copy: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old` in a file, and return its line."""
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(copy: Path) -> list[str]:
    with pytest.raises(CatalogueInvalid) as caught:
        load_catalogue(copy)
    return [str(problem) for problem in caught.value.problems]


FAULTS = [
    ("matters/startup.yml", "verified: true", "verified: yes", "write true or false instead of"),
    ("matters/startup.yml", "verified: true", "verified: maybe", "true or false is expected here"),
    ("matters/startup.yml", "copies: 1", "copies: 0", "'copies' is a whole number from 1"),
    ("matters/startup.yml", "copies: 1", "copies: one", "a number is expected here"),
    ("matters/startup.yml", "copies: 1", "copys: 1", "the key 'copys' is unknown here"),
    ("matters/startup.yml", "unit: immediate", "unit: day", "unit is 'day', but must be one of"),
    ("matters/startup.yml", "confidence: high", "confidence: sure", "confidence is 'sure'"),
    ("matters/startup.yml", "department_id: approval", "department_id: x", "no department 'x'"),
    ("matters/startup.yml", "depends_on: [", "depends_on: [nothing, ", "no matter 'nothing'"),
    ("matters/startup.yml", "- id: biz-company", "- id: biz-name", "'biz-name' is already defined"),
    ("matters/startup.yml", "查名", "注册公司", "'注册公司' is already a name of the matter"),
    ("matters/startup.yml", "form: 电子件", "form: 7 #", "a text is expected here"),
    ("matters/startup.yml", "amount_cny: 0", "amount: 0", "'amount_cny' is missing"),
    ("matters/exit.yml", "checked_on: 2026-11-23\n", "", "'checked_on' is missing"),
    ("matters/exit.yml", "checked_on: 2026-11-23", "checked_on: 2026-13-40", "is not a date"),
    ("matters/exit.yml", "category: exit", "category: [", "this is not YAML"),
    (
        "one_things/ot-hotel.yml",
        "when: has_pool",
        "when: has_pond",
        "question asked here 'has_pond'",
    ),
    ("one_things/ot-hotel.yml", "when: has_pool", "when: has_pool()", "Call, which is not allowed"),
    ("one_things/ot-hotel.yml", "entity=='公司'", "entity=='企业'", "can never be an answer"),
    (
        "one_things/ot-hotel.yml",
        "after: [lic-fire-open]",
        "after: [lic-pet]",
        "component 'lic-pet'",
    ),
    ("one_things/ot-hotel.yml", "[H6110,", "[X0000,", "no industry 'X0000'"),
    ("project_types/soc-civil.yml", "depends_on: [rec]", "depends_on: [rex]", "no step 'rex'"),
    ("project_types/soc-civil.yml", "clock: government", "clock: town", "clock is 'town'"),
    ("project_types/soc-civil.yml", "stage: stage-1", "stage: stage-9", "project stage 'stage-9'"),
    ("project_types/soc-civil.yml", "  eia_type: ", "  eia_kind: ", "no answer for 'eia_type'"),
    (
        "policies.yml",
        "field: monthly_sales",
        "field: yearly_sales",
        "'yearly_sales' is not declared",
    ),
    ("policies.yml", "op: lte, value: 100000", "op: lte, value: 少", "needs a number as 'value'"),
    ("policies.yml", "op: lte, value: 100000", "op: in, value: 9", "need a list as 'value'"),
    ("policies.yml", "until: 2027-12-31", "until: 2007-12-31", "'until' is before 'since'"),
    ("policies.yml", "    kind: 税收减免", "    sort: 税收减免", "the key 'sort' is unknown here"),
    ("policies.yml", "monthly_sales * 12 * 0.01", "monthly_sales ** 2", "not allowed"),
    ("policies.yml", "monthly_sales * 12 * 0.01", "daily_sales * 12", "'daily_sales' is not"),
    ("policies.yml", "department_id: human-resources", "department_id: x", "no department 'x'"),
    ("policy_contradictions.yml", "sales_revenue > 5", "yearly > 5", "no field 'yearly'"),
    ("policy_contradictions.yml", "'small_scale' and", "'tiny' and", "'tiny' can never be"),
    (
        "policy_contradictions.yml",
        "quarterly_sales < monthly_sales",
        "employees < 0",
        "two fields",
    ),
    ("firm_services.yml", "[credit-repair]", "[credit-x]", "there is no matter 'credit-x'"),
    ("firm_services.yml", "[loan-guarantee, ", "[loan-x, ", "there is no policy 'loan-x'"),
    ("goods.yml", "matter: lic-hazchem", "matter: lic-x", "there is no matter 'lic-x'"),
    ("goods.yml", "question: 卖电子烟也要烟证吗？", "question: 卖啥？", "has no question '卖啥？'"),
    ("goods.yml", "words: [香烟,", "words: [烟弹,", "is already a name of the goods"),
    ("goods.yml", "    matter: lic-tobacco\n\n", "\n", "either a matter or a text"),
    ("terms.yml", "[prj-land-supply]", "[prj-land-x]", "there is no matter 'prj-land-x'"),
    ("terms.yml", "[tax-six-fee-half]", "[tax-x]", "there is no policy 'tax-x'"),
    ("terms.yml", "{term: paid-in-capital,", "{term: paid-x,", "no other term 'paid-x'"),
    ("terms.yml", "- id: paid-in-capital", "- id: subscribed-capital", "is already defined"),
    ("terms.yml", "aliases: [实缴制,", "aliases: [认缴制,", "is already a name of the term"),
    ("terms.yml", "    text: 认缴是写", "    means: 认缴是写", "the key 'means' is unknown here"),
    ("enterprise_types.yml", "answer: 公司", "answer: 企业", "no option of the question 'entity'"),
    ("industries.yml", "one_thing: ot-", "one_thing: no-", "there is no bundle 'no-"),
    ("questions.yml", "kind: number", "kind: enum", "an enum needs 'options'"),
    ("service_rules.yml", "score: 5", "score: five", "a number is expected here"),
    ("divisions.yml", "name: 东昌府区", "name: ''", "'name' is empty"),
    (
        "sources.yml",
        "    nature: 原文\n",
        "    nature: 原文\n    nature: 二\n",
        "'nature' stands twice",
    ),
    ("sources.yml", "sources:\n", "sources:\n  - 一\n", "a mapping of keys and values is expected"),
    ("matters/startup.yml", "depends_on_any:", "depends_on_any:\n      - 一", "a list is expected"),
    ("matters/startup.yml", "aliases: [", "aliases: [查名, ", "aliases has '查名' twice"),
    ("matters/startup.yml", "aliases: [", "aliases: 7 # [", "'aliases' must be a list"),
    ("matters/startup.yml", "amount_cny: 0", "amount_cny: .inf", "plain decimal number"),
    ("one_things/ot-hotel.yml", "has_pool: false", "has_pool: 3", "3 can never be an answer to"),
    ("project_types/soc-civil.yml", "[main, full]", "[main, all]", "counts_in has 'all'"),
    ("questions.yml", "id: area_m2", "id: area-m2", "cannot be used as a variable"),
    ("project_types/soc-civil.yml", "- id: regl", "- id: lup", "the step 'lup' stands twice"),
    ("sources.yml", "sources:", "origins:", "'sources' is missing"),
    ("contradictions.yml", "total_area_m2 > 3000", "total_area > 3000", "'total_area'"),
    (
        "contradictions.yml",
        "is_small_low_risk and has_hazard",
        "has_hazard",
        "needs two questions in 'when'",
    ),
    ("contradictions.yml", "'soc-small-lowrisk', ", "'moon-base', ", "'moon-base'"),
    ("enterprise_types.yml", "kind: for", "kind: perhaps", "kind is 'perhaps'"),
    ("enterprise_types.yml", "when: wants_limited", "when: wants_more", "'wants_more'"),
    ("life_events.yml", "matter: chg-name", "matter: chg-nam", "there is no matter 'chg-nam'"),
    ("life_events.yml", "after: [change]", "after: [chance]", "there is no step 'chance'"),
    ("life_events.yml", "when: has_food_licence", "when: has_pool", "'has_pool'"),
    ("life_events.yml", "calendar_days: 45", "note: 45天", "needs 'own' or 'calendar_days'"),
    ("name_rules.yml", "place: prefix", "place: front", "place is 'front'"),
    ("name_rules.yml", "    words: [赌博", "    word: [赌博", "needs 'words'"),
]


Fault = tuple[str, str, str, str]


def in_turns(faults: list[Fault]) -> list[list[Fault]]:
    """Return them in groups that hold one of each file, so that none hides another."""
    turns: list[list[Fault]] = []
    for fault in faults:
        free = (turn for turn in turns if all(other[0] != fault[0] for other in turn))
        turn = next(free, None)
        if turn is None:
            turns.append(turn := [])
        turn.append(fault)
    return turns


@pytest.mark.parametrize("faults", in_turns(FAULTS), ids=lambda faults: f"{len(faults)} faults")
def test_each_fault_is_told_in_a_sentence(copy: Path, faults: list[Fault]) -> None:
    for file, old, new, _ in faults:
        damage(copy, file, old, new)

    found = problems(copy)
    untold = [
        (file, sentence)
        for file, _, _, sentence in faults
        if not any(problem.startswith(f"{file}:") and sentence in problem for problem in found)
    ]
    assert untold == []


def test_a_fault_is_told_with_its_file_and_line(copy: Path) -> None:
    line = damage(copy, "matters/licence.yml", "amount_cny: 0", "amount_cny: 很多")

    assert problems(copy) == [
        f"matters/licence.yml:{line}: a number is expected here (quote a text that looks else)"
    ]


def test_all_faults_are_told_at_once(copy: Path) -> None:
    first = damage(copy, "matters/tax.yml", "unit: ", "unit: x")
    second = damage(copy, "policies.yml", "status: active", "status: perhaps")

    found = [problem.split(":")[:2] for problem in problems(copy)]
    assert ["matters/tax.yml", str(first)] in found
    assert ["policies.yml", str(second)] in found


def test_matters_that_wait_for_each_other_are_refused(copy: Path) -> None:
    damage(
        copy,
        "matters/startup.yml",
        "    fee:",
        "    depends_on: [biz-company]\n    fee:",
    )

    assert any("matters wait for each other: biz-" in problem for problem in problems(copy))


def test_components_that_wait_for_each_other_are_refused(copy: Path) -> None:
    damage(
        copy,
        "one_things/ot-hotel.yml",
        "  - matter: registration\n",
        "  - matter: registration\n    after: [lic-hotel-special]\n",
    )

    assert any("components wait for each other" in problem for problem in problems(copy))


def test_steps_that_wait_for_each_other_are_refused(copy: Path) -> None:
    damage(
        copy,
        "project_types/soc-civil.yml",
        "    clock: government",
        "    depends_on: [done]\n    clock: government",
    )

    assert any("steps wait for each other" in problem for problem in problems(copy))


@pytest.mark.parametrize("key", ["source", "verified"])
def test_a_fact_without_its_origin_is_refused(copy: Path, key: str) -> None:
    text = (copy / "matters/property.yml").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.strip().startswith(f"{key}:"))
    (copy / "matters/property.yml").write_text("".join(lines[:at] + lines[at + 1 :]))

    assert any(f"'{key}' is missing" in problem for problem in problems(copy))


def test_a_file_that_nobody_reads_is_reported(copy: Path) -> None:
    (copy / "matters.yaml").write_text("matters: []\n", encoding="utf-8")

    assert problems(copy) == ["matters.yaml:1: nobody reads this file; see docs/catalogue.md"]


def test_a_missing_file_is_reported(copy: Path) -> None:
    (copy / "policies.yml").unlink()

    assert any(p.startswith("policies.yml:1: the file cannot be read") for p in problems(copy))


def test_an_empty_folder_is_reported(copy: Path) -> None:
    shutil.rmtree(copy / "one_things")

    assert any("the folder is missing or has no .yml file" in problem for problem in problems(copy))


def test_an_unverified_fact_is_never_taken_for_sure_because_its_entry_is() -> None:
    company = committed_catalogue().matter("biz-name")
    unverified = next(item for item in company.materials if not item.provenance.verified)
    verified = next(item for item in company.materials if item.provenance.verified)

    assert company.confidence is Confidence.HIGH
    assert unverified.provenance.confidence is Confidence.MEDIUM
    assert verified.provenance.confidence is Confidence.HIGH


def test_a_fact_may_have_a_date_of_its_own(copy: Path) -> None:
    damage(
        copy,
        "matters/startup.yml",
        "      amount_cny: 0",
        "      checked_on: 2027-01-05\n      amount_cny: 0",
    )
    matter = load_catalogue(copy).matter("biz-name")

    assert matter.fee.provenance.checked_on == date(2027, 1, 5)
    assert matter.provenance.checked_on == date(2026, 11, 23)


def test_an_id_that_is_not_there_raises_the_error_of_its_kind() -> None:
    catalogue = committed_catalogue()
    lookups: list[tuple[Callable[[str], object], type[UnknownEntry]]] = [
        (catalogue.matter, UnknownMatter),
        (catalogue.department_of, UnknownMatter),
        (catalogue.one_thing, UnknownOneThing),
        (catalogue.project_type, UnknownProjectType),
        (catalogue.policy, UnknownPolicy),
        (catalogue.district, UnknownDistrict),
        (catalogue.department, UnknownDepartment),
        (catalogue.enterprise_type, UnknownEnterpriseType),
        (catalogue.industry, UnknownIndustry),
        (catalogue.question, UnknownQuestion),
    ]
    for find, error in lookups:
        with pytest.raises(error, match="no-such-id") as caught:
            find("no-such-id")
        assert caught.value.entry_id == "no-such-id"


def test_the_linter_says_ok_for_the_committed_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CATALOGUE)]) == 0
    assert capsys.readouterr().out.startswith("ok: 128 matters")


def test_the_linter_lists_problems_and_fails(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = damage(copy, "matters/tax.yml", "copies: 1", "copies: -1")

    assert main([str(copy)]) == 1
    assert f"matters/tax.yml:{line}: 'copies' is a whole number" in capsys.readouterr().out


def test_the_linter_explains_itself_when_called_wrongly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
