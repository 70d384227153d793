"""The documents of a plan: each once, by who provides it, and what a missing one means."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.plan_snapshot import MaterialMark
from bot.services.plans.life_view import LivePlan, view_plan
from bot.services.plans.mentions import find_mentions
from bot.services.plans.papers import PlanPapers, has_paper, papers_of
from bot.services.plans.recipe import AnyAnswers, pack
from bot.services.plans.without_paper import without_paper
from bot.services.words.plan_remarks import (
    asks_for_papers,
    is_taken_back,
    lacks,
    new_name,
    remind_days_in,
    speaks_of_due_days,
    stops_reminders,
    wants_news,
)
from bot.store.paper_kinds import BadPaperKinds, load_paper_kinds, load_step_words
from tests.catalogue_factories import facts
from tests.plan_factories import (
    HOUSING,
    LIVE,
    MONDAY,
    RESTAURANT,
    composer,
    kinds,
    made_life,
    words,
)


def papers(answers: AnyAnswers = RESTAURANT) -> PlanPapers:
    return papers_of(composer().compose(pack(answers, MONDAY)), kinds())


def view(answers: AnyAnswers = RESTAURANT, **done: date) -> LivePlan:
    life = made_life(answers, {key.replace("_", "-"): day for key, day in done.items()})
    return view_plan(composer(), life, life.dates, MONDAY)


def test_one_licence_under_many_names_is_one_entry_with_its_steps() -> None:
    licence = papers().paper("licence")
    assert licence is not None
    names = {use.material.name for use in licence.uses}
    assert {"营业执照", "营业执照等主体资格证明", "营业执照信息（统一社会信用代码）"} <= names
    assert len(licence.uses) == len({use.step_id for use in licence.uses}) >= 4


def test_what_an_earlier_step_makes_is_not_to_be_brought() -> None:
    licence = papers().paper("licence")
    assert licence is not None
    assert licence.made_by is not None
    assert licence.made_by[0] == "biz-company"
    assert not licence.is_to_bring
    assert not has_paper(licence, {}, {})
    assert has_paper(licence, {}, {"biz-company": MONDAY})


def test_a_name_of_two_documents_becomes_two_entries() -> None:
    found = papers()
    agent, letter = found.paper("clerk-id"), found.paper("attorney")
    assert agent is not None
    assert letter is not None
    assert "委托书及经办人身份证" in {use.material.name for use in agent.uses}
    assert "委托书及经办人身份证" in {use.material.name for use in letter.uses}


def test_application_forms_of_different_matters_stay_apart() -> None:
    forms = [paper for paper in papers(HOUSING).papers if paper.name.endswith("：申请表")]
    assert len(forms) >= 3
    assert len({paper.name for paper in forms}) == len(forms)


def test_no_line_of_any_step_is_lost() -> None:
    for answers in (RESTAURANT, HOUSING):
        plan = composer().compose(pack(answers, MONDAY))
        wanted = {
            (step.planned.step.id, material.name)
            for step in plan.steps
            if step.matter
            for material in step.matter.materials
        }
        listed = {(u.step_id, u.material.name) for p in papers(answers).papers for u in p.uses}
        assert listed == wanted


def test_a_document_is_shown_under_the_strictest_of_its_marks() -> None:
    principal = papers().paper("principal-id")
    assert principal is not None
    assert principal.mark is MaterialMark.BRING


def test_the_list_is_shorter_than_the_lists_of_the_steps() -> None:
    assert len(papers().papers) < papers().n_lines


def test_keys_do_not_change_with_the_order_of_steps() -> None:
    again = papers_of(composer().compose(pack(RESTAURANT, date(2026, 12, 30))), kinds())
    assert [p.key for p in again.papers] == [p.key for p in papers().papers]


def test_without_the_lease_the_registration_takes_a_commitment() -> None:
    plan = view()
    premises = papers().paper("premises")
    assert premises is not None
    found = without_paper(plan, premises)
    assert [step.id for step in found.commit] == ["biz-company"]
    assert [step.id for step in found.free] == ["biz-name"]
    assert found.blocked == ()


def test_without_health_certificates_the_food_permit_goes_first() -> None:
    plan = view(biz_name=MONDAY, biz_company=MONDAY)
    certificates = papers().paper("health-certificates")
    assert certificates is not None
    found = without_paper(plan, certificates)
    assert [step.id for step in found.later] == ["lic-food-operate"]
    assert "biz-seal" in {step.id for step in found.free}


def test_without_a_document_that_must_be_there_its_step_and_what_follows_wait() -> None:
    done = {"biz_name": MONDAY}
    charter = next(p for p in papers().papers if p.name == "公司登记（备案）申请书")
    found = without_paper(view(**done), charter)
    assert [step.id for step in found.blocked] == ["biz-company"]
    assert {"biz-seal", "tax-newbiz"} <= {step.id for step in found.behind}
    assert found.free == ()


@pytest.mark.parametrize(
    ("text", "steps", "keys"),
    [
        ("注册办完了", ["biz-company"], []),
        ("营业执照昨天拿到了", ["biz-company"], []),
        ("刻章和银行开户都办好了", ["biz-seal", "bank-reserve"], []),
        ("身份证和章程有了", [], ["principal-id", "articles"]),
        ("租赁合同签好了", [], ["premises"]),
        ("健康证办出来了", [], ["health-certificates"]),
        ("食品证下来了", ["lic-food-operate"], []),
        ("天气不错", [], []),
        ("🦊🦊", [], []),
    ],
)
def test_what_people_call_steps_and_documents(text: str, steps: list[str], keys: list[str]) -> None:
    found = find_mentions(text, view(), papers(), words())
    assert (list(found.steps), list(found.papers)) == (steps, keys)


def test_a_name_that_fits_two_steps_is_asked_back() -> None:
    found = find_mentions("消防过了", view(HOUSING), papers(HOUSING), words())
    assert len(found.unclear) == 2
    assert found.steps == ()


def test_of_two_steps_the_one_still_open_is_meant() -> None:
    fire = find_mentions("消防过了", view(HOUSING), papers(HOUSING), words()).unclear
    plan = view(HOUSING, **{fire[0]: MONDAY})
    assert find_mentions("消防过了", plan, papers(HOUSING), words()).steps == (fire[1],)


def test_typos_and_homophones_still_find_the_step() -> None:
    found = find_mentions("营业执找到手了", view(), papers(), words())
    assert "biz-company" in {*found.steps, *found.unclear}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("提前三天提醒", 3),
        ("提前一周", 7),
        ("到期前2天叫我", 2),
        ("只在当天提醒", 0),
        ("到期提醒我", None),
        ("提前一个月", 30),
    ],
)
def test_days_before_are_read(text: str, days: int | None) -> None:
    assert remind_days_in(text) == days


@pytest.mark.parametrize("text", ["别提醒了", "不要再提醒我", "提醒关掉", "取消到期提醒"])
def test_stopping_is_understood(text: str) -> None:
    assert stops_reminders(text)


def test_remarks_are_told_apart() -> None:
    assert not stops_reminders("到期提醒我")
    assert is_taken_back("刚才标错了")
    assert not is_taken_back("施工许可证拿到了")
    assert lacks("身份证还没有")
    assert not lacks("身份证有了")
    assert asks_for_papers("方案的材料清单")
    assert speaks_of_due_days("到期前提醒我")
    assert not speaks_of_due_days("有进展了通知我")
    assert new_name("方案改名叫老街火锅店") == "老街火锅店"
    assert new_name("给方案起个名 就叫“一号厂房”") == "一号厂房"
    assert new_name("我的方案") is None
    assert wants_news("办妥了告诉俺")
    assert not wants_news("营业执照办妥了")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("营业执照复印件", "没有这份"),
        ("biz-seal]", "no-matter]"),
        ("part_of: [企业营业执照和章程]", "part_of: [一般]"),
        ("words: [健康证, 健康证明]", "colour: red"),
        ("providers:", "provider:"),
    ],
)
def test_a_wrong_list_of_documents_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = (LIVE / "papers.yml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "papers.yml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadPaperKinds, match=r"papers\.yml"):
        load_paper_kinds(file, facts())


def test_a_step_word_for_an_unknown_matter_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "steps.yml"
    file.write_text("no-matter: [x]", encoding="utf-8")
    with pytest.raises(BadPaperKinds, match="no-matter"):
        load_step_words(file, facts())


@pytest.mark.parametrize(
    ("matter", "said", "names"),
    [
        ("biz-individual", "租房合同", ["经营场所使用相关文件（可承诺）"]),
        ("lic-food-operate", "健康证", ["从业人员健康证明"]),
        ("lic-food-operate", "房产证", []),
        ("lic-hazchem", "安全评价报告", ["安全评价报告（带储存）"]),
    ],
)
def test_a_paper_of_a_matter_is_found_by_what_people_call_it(
    matter: str, said: str, names: list[str]
) -> None:
    materials = facts().matter(matter).materials

    assert [one.name for one in kinds().wanted(said, materials)] == names
