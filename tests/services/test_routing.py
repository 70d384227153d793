"""Who leads: the matter's table, a named department, what was learnt, the text, or nobody yet."""

import pytest

from bot.domain.routing import Basis, Reviewed, UnknownCategory
from bot.domain.tickets import Role
from bot.services.tickets.dispatch import find_matter
from bot.services.tickets.routing import SURE, Router, departments_of
from bot.services.tickets.routing_model import RoutingModel
from bot.store.routing_words import load_routing
from tests.casework_factories import ROOT, catalogue, rules
from tests.routing_factories import model, router


def test_a_matter_decides_by_its_table() -> None:
    text = "厂房通不上电，两周没人管"
    matter = find_matter(catalogue(), rules().keywords, text)
    proposal = router().propose(text, matter)
    assert proposal.basis is Basis.MATTER
    assert proposal.leading == "power-supply"
    assert proposal.matter_id == "util-power"
    assert proposal.confidence == 1


def test_a_department_that_is_named_leads() -> None:
    proposal = router().propose("税务局的窗口排队三个小时还没办上")
    assert (proposal.basis, proposal.leading) == (Basis.NAMED, "tax")
    assert "税务局" in proposal.words


@pytest.mark.parametrize(
    ("text", "department", "word"),
    [
        ("隔壁烧烤店油烟太大，天天熏得没法开门", "ecology", "油烟"),
        ("门口道路施工围挡三个月了，客户进不来", "urban-management", "围挡"),
        ("物业公司不让装修，业主都没法开业", "housing", "物业公司"),
        ("景区门票太贵，游客都不来了", "culture-tourism", "门票"),
        ("工地拖欠农民工工资", "human-resources", "工资"),
    ],
)
def test_the_words_of_a_text_lead_to_a_department_and_are_the_reason(
    text: str, department: str, word: str
) -> None:
    proposal = router().propose(text)
    assert proposal.basis is Basis.TEXT
    assert proposal.leading == department
    assert any(word in reason for reason in proposal.words)
    assert all(reason in text for reason in proposal.words)
    assert SURE <= proposal.confidence <= 1


def test_a_text_that_says_nothing_goes_to_a_dispatcher() -> None:
    proposal = router().propose("嗯嗯好的")
    assert proposal.basis is Basis.UNSURE
    assert proposal.leading is None
    assert departments_of(proposal) == ()


def test_an_unsure_proposal_fills_in_nobody_but_gives_a_hint() -> None:
    proposal = router().propose("厂里老是跳闸")
    assert proposal.basis is Basis.UNSURE
    assert proposal.leading is not None
    assert departments_of(proposal) == ()


def test_a_sure_proposal_is_marked_as_proposed() -> None:
    (one,) = departments_of(router().propose("门口道路施工围挡三个月了，客户进不来"))
    assert (one.role, one.proposed) == (Role.LEADING, True)


def test_a_reviewed_correction_decides_for_the_same_story() -> None:
    text = "门口道路施工围挡三个月了，客户进不来"
    learnt = router(Reviewed(text, "城乡建设", "transport"))
    proposal = learnt.propose("门口道路施工围挡三个月了，客户都进不来")
    assert (proposal.basis, proposal.leading) == (Basis.LEARNT, "transport")
    assert learnt.propose("景区门票太贵，游客都不来了").leading == "culture-tourism"


def test_a_reviewed_line_with_an_unknown_category_is_refused() -> None:
    with pytest.raises(UnknownCategory):
        Router(catalogue(), model(), [Reviewed("话", "天文", "housing")])


def test_reviewed_texts_move_the_classifier() -> None:
    text = "量子纠缠测距仪总是失准"
    categories = load_routing(ROOT / "data" / "routing", catalogue())
    taught = RoutingModel(categories, [Reviewed(text, "卫生计生", "health")] * 3)
    before = {one.category.name: one.share for one in model().rank(text)}
    after = {one.category.name: one.share for one in taught.rank(text)}
    assert after["卫生计生"] > before["卫生计生"] + 0.1


def test_shares_of_all_categories_sum_to_one() -> None:
    ranked = model().rank("小区电梯坏了")
    assert len(ranked) == 7
    assert sum(one.share for one in ranked) == pytest.approx(1, abs=1e-4)
    assert [one.share for one in ranked] == sorted((one.share for one in ranked), reverse=True)


@pytest.mark.parametrize("text", ["", "   ", "12345", "!!!", "𠮷"])
def test_a_text_without_letters_is_no_error(text: str) -> None:
    assert router().propose(text).basis is Basis.UNSURE


def test_a_segmented_text_without_stop_words_is_read_as_a_plain_one() -> None:
    plain = model().rank("出租车司机拒载还不打表")[0]
    segmented = model().rank("出租车 司机  拒载 　 还 不 打表")[0]
    assert plain.category.name == segmented.category.name == "交通运输"
    assert plain.share == segmented.share


def test_the_category_fits_the_department_that_a_rule_gives() -> None:
    text = "嘉明工业园这一周停电四次，生产线的料全报废了"
    proposal = router().propose(text, catalogue().matter("util-power"))
    assert (proposal.leading, proposal.category) == ("power-supply", "城乡建设")
