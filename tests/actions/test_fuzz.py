"""Nothing that a person types can raise in an action."""

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rasa_sdk.executor import CollectingDispatcher

import actions
from actions.forms.form import form_named
from actions.turns.registry import _actions
from actions.turns.turn import read_turn
from bot.bootstrap import App
from bot.services.operating.incidents import list_incidents
from bot.settings import ROOT
from bot.store.service_seed import seed_services
from tests.actions.fuzz import AFTER_FORM, FORMS, TEXTS, messages, slots
from tests.actions.trackers import responses, tracker
from tests.thorough import cases

pytestmark = pytest.mark.long

CASES = cases(2_000)
FAILED = {"utter_common_action_failed", "utter_common_action_failed_filed"}
BY_INTENT = {"action_reply"}
"""Actions whose rules decide which intents they see."""


@settings(
    max_examples=CASES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(
    text=TEXTS,
    seed=st.integers(0, 10**6),
    name=st.sampled_from(sorted(set(_actions()) - BY_INTENT)),
)
def test_no_message_in_no_state_raises(
    text: str, seed: int, name: str, turns: asyncio.AbstractEventLoop
) -> None:
    known = slots(seed)
    form = name.removeprefix("validate_")
    wanted = FORMS.get(form) or [None]
    state = tracker(
        messages(text, seed),
        form=form if form in FORMS else None,
        requested=wanted[seed % len(wanted)],
        slots=known,
        message_id=seed,
    )
    completed = form_named(AFTER_FORM.get(name))
    if completed is not None:
        assume(completed.missing(read_turn(state), known) is None)
    say = CollectingDispatcher()

    turns.run_until_complete(_actions()[name].run(say, state, {}))  # type: ignore[attr-defined]

    failed = FAILED.intersection(responses(say))
    assert not failed, list_incidents(actions.app().unit_of_work, limit=1)


@pytest.fixture(autouse=True)
def _seeded(application: App) -> None:
    seed_services(application.unit_of_work, folder=ROOT / "data" / "seed", now=application.now())


@pytest.fixture
def turns() -> Iterator[asyncio.AbstractEventLoop]:
    """One loop for all cases; making a loop takes longer than many an action."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()
