"""Each lever gives what stock Rasa gives, and stays out when Rasa is another one."""

import gc
import inspect
import io
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema.exceptions import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.lock_store import LockStore
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.exceptions import ModelNotFound
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from structlog.testing import capture_logs
from tarsafe.tarsafe import TarSafeException

from bot.nlu import levers
from bot.nlu.lever_setting import SETTING
from bot.nlu.levers import domain, event_types, graph, lock_poll, settled, unpacking, validator
from bot.nlu.levers.lever import Lever
from bot.settings import ROOT
from bot.telemetry.memory import SELDOM, settle, start_up

PLACES = (
    (RemoteAction, "_validate_action_result"),
    (Event, "resolve_by_type"),
    (DaskGraphRunner, "run"),
    (DomainProvider, "load"),
    (Domain, "is_empty"),
    (Agent, "load_model"),
    (LocalModelStorage, "_extract_archive_to_directory"),
)

GOOD_ANSWERS: tuple[dict[str, Any], ...] = (
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "a", "value": [1]}], "responses": [{"text": "好"}]},
)
BAD_ANSWERS: tuple[Any, ...] = (
    [],
    {"events": "none"},
    {"events": [{"name": "an event without a kind"}]},
    {"events": [], "responses": ["a text where an object belongs"]},
)


@pytest.fixture
def stock() -> Iterator[None]:
    """Put everything back that a lever takes the place of."""
    kept = [(owner, name, inspect.getattr_static(owner, name)) for owner, name in PLACES]
    plain_lock = LockStore.lock.__wrapped__  # type: ignore[attr-defined]
    defaults = plain_lock.__defaults__
    yield
    for owner, name, value in kept:
        setattr(owner, name, value)
    plain_lock.__defaults__ = defaults


@pytest.mark.parametrize("lever", levers.LEVERS, ids=lambda lever: lever.name)
def test_rasa_is_what_each_lever_was_written_for(lever: Lever) -> None:
    assert lever.fits


def test_a_lever_written_for_another_rasa_stays_out(stock: None) -> None:
    before = RemoteAction._validate_action_result
    other = replace(validator.LEVER.replaced[0], fingerprint="of another release")

    with capture_logs() as logged:
        levers.pull([replace(validator.LEVER, replaced=(other,))])

    assert RemoteAction._validate_action_result is before
    assert [(one["event"], one["lever"]) for one in logged] == [
        ("rasa_lever_left_out", "validator")
    ]


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ("", [lever.name for lever in levers.LEVERS]),
        ("all", [lever.name for lever in levers.LEVERS]),
        ("none", []),
        ("graph, validator", ["validator", "graph"]),
    ],
)
def test_the_setting_chooses(wish: str, names: list[str]) -> None:
    assert [lever.name for lever in levers.chosen({SETTING: wish})] == names


def test_an_unknown_lever_is_refused_with_those_that_exist() -> None:
    with pytest.raises(levers.UnknownLever, match=r"typo; known: .*validator"):
        levers.chosen({SETTING: "typo"})


def said(action: RemoteAction, answer: Any) -> tuple[str, list[Any]]:
    try:
        action._validate_action_result(answer)
    except ValidationError as error:
        return error.message, list(error.absolute_path)
    return "accepted", []


def test_answers_of_actions_are_judged_as_stock_judges_them(stock: None) -> None:
    action = RemoteAction("action_any", None)
    by_stock = [said(action, answer) for answer in (*GOOD_ANSWERS, *BAD_ANSWERS)]
    validator.LEVER.pull()

    assert [said(action, answer) for answer in (*GOOD_ANSWERS, *BAD_ANSWERS)] == by_stock
    assert [what for what, _ in by_stock[: len(GOOD_ANSWERS)]] == ["accepted", "accepted"]
    assert "accepted" not in [what for what, _ in by_stock[len(GOOD_ANSWERS) :]]


@pytest.mark.filterwarnings("ignore")
def test_the_domain_of_a_model_is_the_one_that_stock_reads(stock: None, tmp_path: Path) -> None:
    storage, resource = LocalModelStorage(tmp_path), Resource("domain_provider")
    DomainProvider(storage, resource)._persist(Domain.load(str(ROOT / "domain.yml")))
    arguments: tuple[Any, ...] = ({}, storage, resource, None)
    by_stock = DomainProvider.load(*arguments).provide_inference()
    domain.LEVER.pull()
    ours = DomainProvider.load(*arguments).provide_inference()

    assert ours.as_dict() == by_stock.as_dict()
    assert ours.fingerprint() == by_stock.fingerprint()


@pytest.mark.filterwarnings("ignore")
def test_an_empty_domain_is_told_from_ours_as_stock_tells_it(stock: None) -> None:
    domains = (Domain.empty(), Domain.load(str(ROOT / "domain.yml")), Domain.from_dict({}))
    by_stock = [one.is_empty() for one in domains]
    domain.LEVER.pull()

    assert [one.is_empty() for one in domains] == by_stock == [True, False, True]


def test_a_loaded_model_is_walked_through_no_more(stock: None) -> None:
    settled.LEVER.pull()
    agent = Agent()
    gc.unfreeze()
    start_up()
    assert not gc.isenabled()

    with pytest.raises(ModelNotFound):
        agent.load_model("no such model")
    assert gc.isenabled()  # also where nothing was loaded
    assert gc.get_freeze_count() == 0  # only what was loaded is settled

    usual = gc.get_threshold()
    settle()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == SELDOM
    gc.unfreeze()
    gc.set_threshold(*usual)


def test_types_of_events_are_found_as_before(stock: None) -> None:
    event_types.LEVER.pull()

    for _ in range(2):
        assert Event.resolve_by_type("slot") is SlotSet
        assert Event.resolve_by_type("never heard of", default=SlotSet) is SlotSet
        with pytest.raises(ValueError, match="Unknown event name 'never heard of'"):
            Event.resolve_by_type("never heard of")


class Adder:
    """A node as Rasa calls it: it takes and gives (name, value)."""

    def __init__(self, name: str, amount: int) -> None:
        self.name, self.amount, self.runs = name, amount, 0

    def __call__(self, *needs: tuple[str, int]) -> tuple[str, int]:
        self.runs += 1
        if self.amount < 0:
            raise RuntimeError(self.name)
        return self.name, self.amount + sum(value for _, value in needs)


def runner(**amounts: int) -> DaskGraphRunner:
    def node(*needs: str) -> SchemaNode:
        return SchemaNode({name: name for name in needs}, Adder, "create", "run", {})  # type: ignore[arg-type]

    made = DaskGraphRunner.__new__(DaskGraphRunner)
    made._graph_schema = GraphSchema(
        {
            "last": node("left", "right"),
            "left": node("first"),
            "right": node("first", "message"),
            "first": node("message"),
            "unneeded": node("first"),
        }
    )
    made._execution_context = None  # type: ignore[assignment]
    names = made._graph_schema.nodes
    made._instantiated_nodes = {name: Adder(name, amounts.get(name, 1)) for name in names}  # type: ignore[misc]
    return made


def test_the_graph_gives_what_dask_gives_and_runs_each_needed_node_once(stock: None) -> None:
    stock_result = runner().run(inputs={"message": 10}, targets=["last"])
    graph.LEVER.pull()
    made = runner()

    assert made.run(inputs={"message": 10}, targets=["last"]) == stock_result
    runs = {name: node.runs for name, node in made._instantiated_nodes.items()}  # type: ignore[attr-defined]
    assert runs == {"last": 1, "left": 1, "right": 1, "first": 1, "unneeded": 0}


def test_a_node_that_fails_is_an_error_of_the_run(stock: None) -> None:
    graph.LEVER.pull()

    with pytest.raises(GraphRunError):
        runner(first=-1).run(inputs={"message": 10}, targets=["last"])


def test_a_waiting_message_looks_often(stock: None) -> None:
    lock_poll.LEVER.pull()

    found = inspect.signature(LockStore.lock).parameters["wait_time_in_seconds"].default
    assert found == lock_poll.POLL_S


def archive(path: Path, *names: str) -> Path:
    """Write a model archive whose files have these names and hold them."""
    with tarfile.open(path, "w:gz") as made:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = len(name)
            made.addfile(member, io.BytesIO(name.encode()))
    return path


def test_a_model_is_unpacked_as_stock_unpacks_it(stock: None, tmp_path: Path) -> None:
    model = archive(tmp_path / "model.tar.gz", "metadata.json", "components/a/weights.npz")
    (tmp_path / "stock").mkdir()
    (tmp_path / "ours").mkdir()
    LocalModelStorage._extract_archive_to_directory(model, tmp_path / "stock")
    unpacking.LEVER.pull()
    LocalModelStorage._extract_archive_to_directory(model, tmp_path / "ours")

    def content(folder: Path) -> dict[str, str]:
        files = [path for path in folder.rglob("*") if path.is_file()]
        return {str(path.relative_to(folder)): path.read_text() for path in files}

    assert content(tmp_path / "ours") == content(tmp_path / "stock")
    assert len(content(tmp_path / "ours")) == 2


def test_a_model_that_leads_out_of_its_folder_is_refused(stock: None, tmp_path: Path) -> None:
    unpacking.LEVER.pull()
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)

    with pytest.raises(TarSafeException, match="outside"):
        LocalModelStorage._extract_archive_to_directory(
            archive(tmp_path / "model.tar.gz", "../outside"), folder
        )
    assert not (tmp_path / "in" / "outside").exists()
