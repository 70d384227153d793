"""What the levers of a dialogue give is what stock Rasa gives, for histories of every kind."""

import random
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core.actions.action import ActionExtractSlots
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.levers import applied, copies, extraction, form_trackers, rules, states


def domain(text: str) -> Domain:
    """Read a domain; Rasa warns of something that was removed years ago for each that it reads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Domain.from_yaml(text)


DOMAIN = domain(
    """
    version: "3.1"
    intents: [greet, ask, leave]
    entities: [kind]
    slots:
      trade: {type: text, influence_conversation: true, mappings: [{type: custom}]}
      floors: {type: float, min_value: 0, max_value: 9, mappings: [{type: custom}]}
      note: {type: any, mappings: [{type: custom}]}
    forms: {open_form: {required_slots: [trade]}}
    actions: [action_answer]
    responses: {utter_hello: [{text: hello}]}
    """
)

STOCK_COPY = DialogueStateTracker.copy
STOCK_SET, STOCK_RESET = DialogueStateTracker._set_slot, DialogueStateTracker._reset_slots
STOCK_STATES = DialogueStateTracker.past_states
STOCK_KEYS = RulePolicy._get_possible_keys
STOCK_APPLIED = DialogueStateTracker.applied_events
STOCK_AHEAD = FormAction._temporary_tracker


@pytest.fixture
def pulled() -> Iterator[None]:
    """Levers in place, and stock back at the end."""
    stock_run = ActionExtractSlots.run
    for part in (copies, extraction, states, rules, applied, form_trackers):
        part.LEVER.pull()
    yield
    del Slot.__copy__  # type: ignore[attr-defined]
    DialogueStateTracker.copy = STOCK_COPY  # type: ignore[method-assign]
    DialogueStateTracker._set_slot = STOCK_SET  # type: ignore[method-assign]
    DialogueStateTracker._reset_slots = STOCK_RESET  # type: ignore[method-assign]
    DialogueStateTracker.past_states = STOCK_STATES  # type: ignore[method-assign]
    ActionExtractSlots.run = stock_run  # type: ignore[method-assign]
    RulePolicy._get_possible_keys = STOCK_KEYS  # type: ignore[method-assign]
    DialogueStateTracker.applied_events = STOCK_APPLIED  # type: ignore[method-assign]
    FormAction._temporary_tracker = STOCK_AHEAD  # type: ignore[method-assign]


def any_event(chance: random.Random) -> Event:
    """Return an event of any kind that a conversation may hold."""
    text = chance.choice(["你好", "开店", "算了"])
    intent = {"name": chance.choice(["greet", "ask", "leave"]), "confidence": 0.9}
    entities = chance.choice([[], [{"entity": "kind", "value": text}]])
    made = [
        UserUttered(text, intent, entities),
        UserUttered(text, intent, entities),
        ActionExecuted("action_listen"),
        ActionExecuted("action_listen"),
        ActionExecuted("action_answer", hide_rule_turn=chance.random() < 0.5),
        ActionExecuted("open_form"),
        SlotSet("trade", chance.choice([None, text])),
        SlotSet("floors", chance.choice([None, 0, 3])),
        SlotSet("note", {"a": [text]}),
        BotUttered("好"),
        ActiveLoop(chance.choice(["open_form", None])),
        ActionExecutionRejected("open_form"),
        LoopInterrupted(chance.random() < 0.5),
        DefinePrevUserUtteredFeaturization(chance.random() < 0.5),
        FollowupAction("action_answer"),
        ConversationPaused(),
        ConversationResumed(),
        *(chance.choice(rare) for rare in [RARE] if chance.random() < 0.3),
    ]
    return chance.choice(made)


RARE = (Restarted(), SessionStarted(), UserUtteranceReverted(), ActionReverted(), AllSlotsReset())


def parts(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return all that a tracker is made of, comparable."""
    found = {name: value for name, value in vars(tracker).items() if not name.startswith("_xiaoer")}
    found["events"] = [id(event) for event in tracker.events]
    found["slots"] = {name: (type(slot), vars(slot)) for name, slot in tracker.slots.items()}
    return found


@pytest.mark.parametrize("seed", range(40))
def test_a_copy_is_what_a_replay_gives(pulled: None, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - histories, no secret
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    for _ in range(30):
        tracker.update(any_event(chance), DOMAIN)
        ours, stock = tracker.copy(), STOCK_COPY(tracker)
        assert parts(ours) == parts(stock)
        assert ours.current_state() == stock.current_state()


def test_a_copy_is_its_own(pulled: None) -> None:
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    tracker.update(ActiveLoop("open_form"))
    copy = tracker.copy()
    copy.update(SlotSet("trade", "火锅"))
    copy.update(ActionExecutionRejected("open_form"))

    assert tracker.get_slot("trade") is None
    assert len(tracker.events) == 1
    assert tracker.active_loop is not None
    assert not tracker.active_loop.rejected


def test_what_becomes_of_the_slots_of_a_tracker_is_no_matter_of_its_copies(pulled: None) -> None:
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    tracker.update(SlotSet("trade", "火锅"))
    copy = tracker.copy()
    tracker.update(SlotSet("trade", "药店"))
    other = tracker.copy()
    tracker.update(AllSlotsReset())

    assert copy.get_slot("trade") == "火锅"
    assert other.get_slot("trade") == "药店"
    assert tracker.get_slot("trade") is None
    assert not tracker.slots["trade"].has_been_set
    assert all(not slot.has_been_set for slot in DOMAIN.slots)


def same(ours: list[Event], stock: list[Event]) -> bool:
    return list(map(id, ours)) == list(map(id, stock))


@pytest.mark.parametrize("seed", range(40))
def test_the_events_that_count_are_those_of_a_walk_over_all(pulled: None, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - histories, no secret
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    for number in range(60):
        tracker.update(any_event(chance), DOMAIN)
        tracker.applied_events().clear()  # whoever asked may change what it gets
        assert same(tracker.applied_events(), STOCK_APPLIED(tracker))
        if number % 7 == 0:
            copy = tracker.copy()
            copy.update(any_event(chance), DOMAIN)
            assert same(copy.applied_events(), STOCK_APPLIED(copy))


def test_events_that_were_replaced_are_looked_at_anew(pulled: None) -> None:
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    tracker.update(ActionExecuted("action_listen"))
    tracker.applied_events()
    tracker.events[0] = ActionExecuted("action_answer")

    assert same(tracker.applied_events(), list(tracker.events))


@pytest.mark.parametrize("seed", range(20))
def test_a_form_looks_ahead_from_the_tracker_that_a_replay_gives(pulled: None, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - histories, no secret
    form = FormAction("open_form", None)
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    for _ in range(30):
        tracker.update(any_event(chance), DOMAIN)
        new = [SlotSet("trade", "火锅"), ActiveLoop("open_form")]
        ours = form._temporary_tracker(tracker, new, DOMAIN)
        stock = STOCK_AHEAD(form, tracker, new, DOMAIN)
        assert told(ours) == told(stock)


def told(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return what a tracker is made of, without the ids and times of its newest events."""
    found = parts(tracker)
    found["events"] = [(event.type_name, str(event)) for event in tracker.events]
    return found


@pytest.mark.parametrize("long", [0, 60])
@pytest.mark.parametrize("seed", range(40))
def test_states_are_those_of_a_replay_after_every_event(
    pulled: None, seed: int, long: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "LONG", long)
    chance = random.Random(seed)  # noqa: S311 - histories, no secret
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    for _ in range(40):
        tracker.update(any_event(chance), DOMAIN)
        ours = tracker.past_states(DOMAIN)
        assert ours == STOCK_STATES(tracker, DOMAIN)
        for state in ours:  # policies change what they get; that must not come back
            state.get("user", {}).clear()


def test_states_without_turns_of_rules_are_stocks_own(pulled: None) -> None:
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    for event in (UserUttered("你好"), ActionExecuted("action_answer", hide_rule_turn=True)):
        tracker.update(event)

    ours = tracker.past_states(DOMAIN, ignore_rule_only_turns=True)
    assert ours == STOCK_STATES(tracker, DOMAIN, ignore_rule_only_turns=True)


KEYS = (
    '[{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}}]',
    '[{"prev_action": {"action_name": "action_answer"}}]',
    '[{}, {"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}}]',
    (
        '[{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "ask"}},'
        ' {"prev_action": {"action_name": "action_answer"}, "user": {"intent": "ask"}}]'
    ),
    '[{"active_loop": {"name": "open_form"}, "prev_action": {"action_name": "action_listen"}}]',
    '[{"slots": {"trade": "should_not_be_set"}, "prev_action": {"action_name": "action_listen"}}]',
    '[{"slots": {"trade": [1.0]}, "prev_action": {"action_name": "action_listen"}}]',
    (  # says nothing of the action or the intent, which is as good as leaving them out
        '[{"prev_action": {"action_name": "action_listen"}, "user": {"intent": ""}},'
        ' {"prev_action": {"action_name": ""}}]'
    ),
)


def test_the_rules_that_fit_are_those_of_stock(pulled: None) -> None:
    policy = RulePolicy.__new__(RulePolicy)
    lookup = dict.fromkeys(KEYS, "action_answer")
    seen: set[str] = set()
    for seed in range(40):
        chance = random.Random(seed)  # noqa: S311 - histories, no secret
        tracker = DialogueStateTracker("c1", DOMAIN.slots)
        for _ in range(20):
            found = STOCK_STATES(tracker, DOMAIN)
            ours = policy._get_possible_keys(lookup, found)
            assert ours == STOCK_KEYS(policy, lookup, found)
            seen |= ours
            tracker.update(any_event(chance), DOMAIN)
    assert seen == set(KEYS)  # every rule has fitted somewhere, so the comparison says something


async def extracted(told: Domain) -> list[Event]:
    tracker = DialogueStateTracker("c1", told.slots)
    tracker.update(UserUttered("开店", {"name": "ask"}, [{"entity": "kind", "value": "火锅"}]))
    action = ActionExtractSlots(None)
    nlg = TemplatedNaturalLanguageGenerator(told.responses)
    return await action.run(CollectingOutputChannel(), nlg, tracker, told)


async def test_no_slot_is_looked_for_when_only_actions_fill_them(pulled: None) -> None:
    assert extraction.fills_nothing(DOMAIN)
    assert await extracted(DOMAIN) == []


async def test_a_slot_that_messages_fill_is_still_filled(pulled: None) -> None:
    filled = domain(
        """
        version: "3.1"
        intents: [ask]
        entities: [kind]
        slots: {trade: {type: text, mappings: [{type: from_entity, entity: kind}]}}
        """
    )

    assert not extraction.fills_nothing(filled)
    assert await extracted(filled) == [SlotSet("trade", "火锅")]
