"""Proposals are stored, dispatchers decide, and what they decided can be learnt."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.domain.routing import Basis
from bot.operations import routing as operation
from bot.operations.errors import OperationFailed
from bot.services.tickets.routing_decisions import decided_texts
from bot.services.tickets.tickets import dispatch_ticket
from bot.settings import Settings
from bot.store.routing_words import REVIEWED_FILE, BadRoutingData, load_reviewed
from tests.casework_factories import NOW, OpenUnit, calendar, catalogue, opened, rules
from tests.routing_factories import FENCE, ROOT, router, say


def dispatch(unit: OpenUnit, number: str, leading: str) -> None:
    dispatch_ticket(
        unit,
        number=number,
        leading=leading,
        assisting=(),
        actor="agent:1",
        now=NOW,
        calendar=calendar(),
        catalogue=catalogue(),
        rules=rules(),
    )


def test_the_proposal_is_kept_with_its_reason(engine: Engine) -> None:
    unit = opened(engine)
    number = say(unit, "李雷面馆", FENCE[0])
    with unit() as uow:
        proposal = uow.routing.proposal(number)
        ticket = uow.tickets.by_number(number)
    assert proposal is not None
    assert ticket is not None
    assert proposal.basis is Basis.TEXT
    assert proposal.leading == ticket.departments[0].department_id == "urban-management"
    assert ticket.is_proposed
    assert "围挡" in proposal.words


def test_a_correction_is_kept_and_a_repeated_one_is_not(engine: Engine) -> None:
    unit = opened(engine)
    number = say(unit, "李雷面馆", FENCE[0])
    dispatch(unit, number, "transport")
    with unit() as uow:
        decisions = uow.routing.decisions()
    (one,) = decisions
    assert (one.proposed_id, one.decided_id) == ("urban-management", "transport")
    assert one.is_correction


def test_a_confirmed_proposal_is_no_correction(engine: Engine) -> None:
    unit = opened(engine)
    number = say(unit, "李雷面馆", FENCE[0])
    dispatch(unit, number, "urban-management")
    assert decided_texts(unit, router(), only_corrections=True) == []
    (one,) = decided_texts(unit, router(), only_corrections=False)
    assert (one.text, one.category) == (FENCE[0], "城乡建设")


def test_a_decision_cannot_be_changed_or_deleted(engine: Engine) -> None:
    unit = opened(engine)
    dispatch(unit, say(unit, "李雷面馆", FENCE[0]), "transport")
    for statement in ("UPDATE routing_decisions SET actor = 'x'", "DELETE FROM routing_decisions"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))


def test_what_is_exported_and_reviewed_decides_the_next_time(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    unit = opened(sqlite_engine)
    dispatch(unit, say(unit, "李雷面馆", FENCE[0]), "transport")
    settings = Settings(
        data_dir=ROOT / "data", state_dir=tmp_path, database_url=str(sqlite_engine.url)
    )
    (decided,) = decided_texts(unit, router(), only_corrections=True)
    file = tmp_path / "reviewed.jsonl"
    line = {"text": decided.text, "category": decided.category, "department": "transport"}
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n\n", encoding="utf-8")
    assert operation.learn_reviewed(settings, file, tmp_path) == 1
    assert operation.learn_reviewed(settings, file, tmp_path) == 1  # again is no second line
    reviewed = load_reviewed(tmp_path / REVIEWED_FILE)
    assert router(*reviewed).propose(FENCE[0]).leading == "transport"
    assert (tmp_path / REVIEWED_FILE).stat().st_mode & 0o077 == 0  # what people wrote


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        '{"text": "", "category": "城乡建设", "department": "housing"}',
        '{"text": "话", "category": "城乡建设"}',
        '["话"]',
    ],
)
def test_a_broken_reviewed_line_is_named_and_nothing_is_learnt(tmp_path: Path, line: str) -> None:
    good = '{"text": "好的一行", "category": "城乡建设", "department": "housing"}'
    file = tmp_path / "reviewed.jsonl"
    file.write_text(f"{good}\n{line}\n", encoding="utf-8")
    settings = Settings(data_dir=ROOT / "data", state_dir=tmp_path)
    with pytest.raises(BadRoutingData, match=r"reviewed\.jsonl:2"):
        operation.learn_reviewed(settings, file, tmp_path)
    assert not (tmp_path / REVIEWED_FILE).exists()


def test_an_unknown_department_in_a_reviewed_line_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "reviewed.jsonl"
    line = '{"text": "话", "category": "城乡建设", "department": "moon"}'
    file.write_text(line, encoding="utf-8")
    settings = Settings(data_dir=ROOT / "data", state_dir=tmp_path)
    with pytest.raises(OperationFailed, match="moon"):
        operation.learn_reviewed(settings, file, tmp_path)
