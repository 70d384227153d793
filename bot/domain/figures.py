"""What the service looks like at a moment, for those who watch it: counts and ages, no persons."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Waiting:
    """Something that waits.

    Attributes:
        count: How many.
        oldest_s: How long the oldest has waited, in seconds; 0 when none waits.
    """

    count: int = 0
    oldest_s: float = 0.0


@dataclass(frozen=True)
class Clocks:
    """Promised times of one kind that are still open.

    Attributes:
        due: Due within a day from now.
        late: Due before now.
        lag_s: How long the clock has left an event unfired that is due, in seconds; a clock that
            runs stays below some seconds.
    """

    due: int = 0
    late: int = 0
    lag_s: float = 0.0


@dataclass(frozen=True)
class Figures:
    """Everything that is read at one scrape.

    Attributes:
        inbox: Messages of applicants without an answer.
        outbox: Lines on their way to platforms, by channel.
        queue: Conversations that wait for a person.
        owners: Conversations by owner: bot, waiting, agent, closed.
        clocks: By kind: case, ticket, complaint, rectification, reminder.
        switched_off: Feature switches that are off, 1 each.
    """

    inbox: Waiting = Waiting()
    outbox: Mapping[str, Waiting] = field(default_factory=dict)
    queue: Waiting = Waiting()
    owners: Mapping[str, int] = field(default_factory=dict)
    clocks: Mapping[str, Clocks] = field(default_factory=dict)
    switched_off: Mapping[str, int] = field(default_factory=dict)
