"""Goes on with the states of a dialogue where the last prediction stopped.

Before each prediction stock Rasa makes an empty tracker, applies every event of the session to it
and writes down the state before each action, and does the same again for the next prediction,
one action later. Here the states found so far stay with the tracker, and only new events are
applied.

When history has been changed (an utterance taken back), all is found anew. Each turn of a form
takes history back to its run before; in a long session a copy of what stood there is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.levers.applied import begins_with
from bot.nlu.levers.copies import copied
from bot.nlu.levers.lever import Lever, Replaced

_STOCK = DialogueStateTracker.past_states
_ATTRIBUTE = "_xiaoer_states"

LONG = 60
"""From so many events on a copy costs less than to walk them again."""

Marked = tuple[UserUttered | None, bool | None]
"""A message, and which of its features a policy chose when the state was written down."""


@dataclass
class Walked:
    """How far the history of a tracker has been walked.

    Attributes:
        domain: By which states were found.
        omit_unset_slots: As in `past_states`.
        tracker: What the events so far make of an empty tracker.
        events: Those that were applied, in order.
        states: The state before each action among them.
        messages: The latest message of each state.
        stop: How it stood before the bot last began to wait, in a long session.
    """

    domain: Domain
    omit_unset_slots: bool
    tracker: DialogueStateTracker
    events: list[Event] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    messages: list[Marked] = field(default_factory=list)
    stop: "Walked | None" = None

    def leads_to(self, domain: Domain, events: Sequence[Event], *, omit: bool) -> bool:
        """Tell whether these events begin with those walked, each the very same object."""
        return (
            self.domain is domain
            and self.omit_unset_slots == omit
            and begins_with(events, self.events)
            and self._is_unmarked()
        )

    def nearest(self, domain: Domain, events: Sequence[Event], *, omit: bool) -> "Walked | None":
        """Return this or where it stopped before, whatever leads to these events."""
        at: Walked | None = self
        while at is not None and not at.leads_to(domain, events, omit=omit):
            at = at.stop
        return at

    def go_on(self, events: Sequence[Event]) -> list[State]:
        """Apply the events behind those walked; returns the states before each action and now."""
        for event in events[len(self.events) :]:
            if isinstance(event, ActionExecuted):
                if event.action_name == ACTION_LISTEN_NAME and len(self.events) >= LONG:
                    self.stop = self._as_it_stands()
                self.states.append(self._state())
                self.messages.append(marked(self.tracker.latest_message))
            self.tracker.update(event)
            self.events.append(event)
        # whoever asked may change what it gets
        return [_copied(state) for state in (*self.states, self._state())]

    def _as_it_stands(self) -> "Walked":
        return replace(
            self,
            tracker=copied(self.tracker),
            events=list(self.events),
            states=list(self.states),
            messages=list(self.messages),
            stop=None,
        )

    def _is_unmarked(self) -> bool:
        """Tell whether the latest message is still featurised as in the states written down."""
        latest = self.tracker.latest_message
        for message, choice in reversed(self.messages):
            if message is not latest:
                return True
            if (message, choice) != marked(latest):
                return False
        return True

    def _state(self) -> State:
        found = self.domain.get_active_state(self.tracker, self.omit_unset_slots)
        cleaned: State = self.domain._clean_state(found)  # noqa: SLF001 - as stock does
        return cleaned


def marked(message: UserUttered | None) -> Marked:
    """Return a message with the choice that stands in it now."""
    return message, message.use_text_for_featurization if message else None


def _copied(state: State) -> State:
    return {kind: dict(part) for kind, part in state.items()}


def _pull() -> None:
    DialogueStateTracker.past_states = past_states  # type: ignore[method-assign,assignment]


def past_states(
    tracker: DialogueStateTracker,
    domain: Domain,
    omit_unset_slots: bool = False,
    ignore_rule_only_turns: bool = False,
    rule_only_data: dict[str, object] | None = None,
) -> list[State]:
    """Return what stock returns; policies that leave out turns of rules get stock's own."""
    if ignore_rule_only_turns:
        return _STOCK(tracker, domain, omit_unset_slots, ignore_rule_only_turns, rule_only_data)
    events = tracker.applied_events()
    walked: Walked | None = tracker.__dict__.get(_ATTRIBUTE)
    if walked is not None:
        walked = walked.nearest(domain, events, omit=omit_unset_slots)
    if walked is None:
        walked = Walked(domain, omit_unset_slots, tracker.init_copy())
    tracker.__dict__[_ATTRIBUTE] = walked
    return walked.go_on(events)


LEVER = Lever(
    "states",
    _pull,
    (
        Replaced(DialogueStateTracker.past_states, "81c3776891722b66"),
        Replaced(DialogueStateTracker.generate_all_prior_trackers, "91e311ce1bff035e"),
        Replaced(Domain.states_for_tracker_history, "5ec51a0ab4399653"),
        Replaced(Domain.get_active_state, "fe6a23404779af61"),
        Replaced(Domain._clean_state, "7ef0ed947b05d07d"),  # noqa: SLF001
        Replaced(Domain._get_user_sub_state, "fbc519ede1f2b2c0"),  # noqa: SLF001
        Replaced(UserUttered.as_sub_state, "7e131b8fb99dea5e"),
    ),
)
