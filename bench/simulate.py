"""Simulate a busy day of a city or a province: who waits how long, for what, on how many machines.

    python -m bench.simulate                          # the tables of docs/capacity.md
    python -m bench.simulate --people 900000 --rasa 3 --hubs 1 --turn-ms 45

Applicants arrive at random around the busiest hour, each with a conversation of some turns and
pauses between them. A turn takes a hub's processor, then the database, then one Rasa (kept by
conversation), which calls an action server. Every station is a queue with so many servers; figures
of one turn are those measured (docs/performance.md) unless others are given. Nobody is refused:
over capacity people wait, and after 8 s they are told their place, which is counted here as well.
"""

import argparse
import random
import statistics
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import simpy

TOLD_AFTER_S = 8.0
SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class World:
    """What is assumed of people and measured of machines.

    Attributes:
        people: Inhabitants.
        talks_a_year: Conversations per inhabitant and year (assumed).
        turns: Messages of one conversation, on average (assumed).
        pause_s: Between an answer and the next message, on average (assumed).
        busiest_hour: Share of a day's conversations in its busiest hour (assumed).
        busiest_day: The busiest day compared to an average one (assumed).
        rasas, hubs, actions, database: Servers of each kind; of the database, cores.
        rasa_ms, hub_ms, actions_ms, database_ms: Processor time of one turn.
        bytes_a_turn: Growth of both databases for one turn.
    """

    people: int = 6_000_000
    talks_a_year: float = 0.5
    turns: float = 8.0
    pause_s: float = 25.0
    busiest_hour: float = 0.14
    busiest_day: float = 3.0
    rasas: int = 2
    hubs: int = 2
    actions: int = 2
    database: int = 4
    rasa_ms: float = 28.8
    hub_ms: float = 41.2
    actions_ms: float = 12.2
    database_ms: float = 20.4
    bytes_a_turn: float = 16_384.0

    @property
    def talks_a_second(self) -> float:
        """Return conversations that begin each second of the busiest hour."""
        a_day = self.people * self.talks_a_year / 365 * self.busiest_day
        return a_day * self.busiest_hour / 3600

    @property
    def turns_a_second(self) -> float:
        """Return messages each second of the busiest hour."""
        return self.talks_a_second * self.turns

    @property
    def growth_gb_a_year(self) -> float:
        """Return by how much both databases grow."""
        return self.people * self.talks_a_year * self.turns * self.bytes_a_turn / 1e9


CITY = World()
PROVINCE = replace(CITY, people=100_000_000, rasas=10, hubs=12, actions=4, database=8)
RUSH = replace(CITY, busiest_day=30.0)
"""The city on a day of thirty times the average, on the machines of the city: too few."""


@dataclass
class Outcome:
    """What came of it; times in seconds."""

    waits: list[float] = field(default_factory=list)
    busy_s: dict[str, float] = field(default_factory=dict)
    told: int = 0


class City:
    """One simulation."""

    def __init__(self, world: World, dice: random.Random) -> None:
        self._world, self._dice = world, dice
        self.env = simpy.Environment()
        self.outcome = Outcome(busy_s=dict.fromkeys(("hub", "database", "rasa", "actions"), 0.0))
        self._hubs = simpy.Resource(self.env, world.hubs)
        self._database = simpy.Resource(self.env, world.database)
        self._actions = simpy.Resource(self.env, world.actions)
        # a conversation belongs to one Rasa, so each has a queue of its own
        self._rasas = [simpy.Resource(self.env, 1) for _ in range(world.rasas)]

    def arrivals(self) -> Generator[Any, Any, None]:
        """Let conversations begin for ever."""
        while True:
            yield self.env.timeout(self._dice.expovariate(self._world.talks_a_second))
            self.env.process(self._talk())

    def _talk(self) -> Generator[Any, Any, None]:
        rasa = self._dice.choice(self._rasas)
        for _ in range(1 + round(self._dice.expovariate(1 / max(self._world.turns - 1, 0.01)))):
            began = self.env.now
            yield from self._turn(rasa)
            waited = self.env.now - began
            self.outcome.waits.append(waited)
            self.outcome.told += waited > TOLD_AFTER_S
            yield self.env.timeout(self._dice.expovariate(1 / self._world.pause_s))

    def _turn(self, rasa: "simpy.Resource") -> Generator[Any, Any, None]:
        world = self._world
        yield from self._work("hub", self._hubs, world.hub_ms)
        yield from self._work("database", self._database, world.database_ms)
        with rasa.request() as mine:
            yield mine
            # Rasa waits for the action, it does not work meanwhile; its turn goes on afterwards
            yield from self._spend("rasa", world.rasa_ms)
        yield from self._work("actions", self._actions, world.actions_ms)

    def _work(
        self, name: str, station: "simpy.Resource", milliseconds: float
    ) -> Generator[Any, Any, None]:
        with station.request() as mine:
            yield mine
            yield from self._spend(name, milliseconds)

    def _spend(self, name: str, milliseconds: float) -> Generator[Any, Any, None]:
        # twice as long now and then: turns differ
        took = self._dice.expovariate(1000 / milliseconds)
        self.outcome.busy_s[name] += took
        yield self.env.timeout(took)


def simulate(world: World, seconds: float, seed: int) -> Outcome:
    """Run the busiest moments; returns what people saw."""
    city = City(world, random.Random(seed))  # noqa: S311 - arrivals are no secret
    city.env.process(city.arrivals())
    city.env.run(until=seconds)
    return city.outcome


def table(world: World, seconds: float, outcome: Outcome) -> str:
    """Return one size as Markdown."""
    servers = {
        "hub": world.hubs,
        "database": world.database,
        "rasa": world.rasas,
        "actions": world.actions,
    }
    used = {name: busy / seconds / servers[name] for name, busy in outcome.busy_s.items()}
    first = max(used, key=lambda name: used[name])
    waits = outcome.waits
    rows: Sequence[tuple[str, str]] = [
        ("inhabitants", f"{world.people:,}"),
        ("conversations a day, average / busiest", _days(world)),
        ("turns a second in the busiest hour", f"{world.turns_a_second:.1f}"),
        ("hubs / Rasa / action servers / cores of the database", _machines(world)),
        ("simulated turns", f"{len(waits):,}"),
        ("a turn, median / p95 / p99", _waits(waits)),
        ("turns that waited over 8 s and were told their place", f"{outcome.told:,}"),
        ("use of hub / database / Rasa / actions", " / ".join(f"{u:.0%}" for u in used.values())),
        ("breaks first", first),
        ("growth of both databases a year", f"{world.growth_gb_a_year:,.0f} GB"),
    ]
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _days(world: World) -> str:
    average = world.people * world.talks_a_year / 365
    return f"{average:,.0f} / {average * world.busiest_day:,.0f}"


def _machines(world: World) -> str:
    return f"{world.hubs} / {world.rasas} / {world.actions} / {world.database}"


def _waits(waits: Sequence[float]) -> str:
    cuts = statistics.quantiles(waits, n=100)
    return " / ".join(f"{cuts[at] * 1000:,.0f}" for at in (49, 94, 98)) + " ms"


def main() -> None:
    """Simulate what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in CITY.__dict__.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default))
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = vars(parser.parse_args())
    seconds, seed = asked.pop("seconds"), asked.pop("seed")
    changed = {name: value for name, value in asked.items() if value is not None}
    worlds = [replace(CITY, **changed)] if changed else [CITY, PROVINCE, RUSH]
    for world in worlds:
        print(table(world, seconds, simulate(world, seconds, seed)), end="\n\n")


if __name__ == "__main__":
    main()
