"""What a turn costs: processor time by kind of process, and growth of both databases."""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bot.store.engine import open_engine
from tests.scale.topology import Machines

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Costs:
    """Since the start of the processes: seconds by kind, and bytes of both databases."""

    seconds: Mapping[str, float]
    stored: int

    def a_turn(self, before: "Costs", turns: int) -> str:
        """Return the cells of the table: milliseconds by kind, and bytes."""
        kinds = sorted(self.seconds)
        each = [(self.seconds[k] - before.seconds.get(k, 0.0)) * 1000 / turns for k in kinds]
        milliseconds = ", ".join(f"{kind} {ms:.1f}" for kind, ms in zip(kinds, each, strict=True))
        return f"{milliseconds} ms; {(self.stored - before.stored) / turns:,.0f} bytes stored"


def costs(machines: Machines) -> Costs:
    """Return what was spent up to now."""
    spent: Counter[str] = Counter()
    for name, pid in machines.supervisor.pids().items():
        spent[name.split("-")[0]] += _seconds(pid)
    folder = machines.settings.state_dir / "postgresql" / "cluster"
    spent["postgresql"] += _seconds(int((folder / "postmaster.pid").read_text().split()[0]))
    stored = sum(map(_size, (machines.settings.database_url, machines.settings.rasa_database)))
    return Costs(dict(spent), stored)


def _seconds(leader: int) -> float:
    """Return the processor time of a process, its children, and those that have ended."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(stat.parent.name) == leader:
            total += sum(map(int, fields[11:15]))  # its own, and of children waited for
        elif int(fields[1]) == leader:
            total += sum(map(int, fields[11:13]))
    return total / TICKS_A_SECOND


def _size(url: str) -> int:
    engine = open_engine(url)
    with engine.connect() as connection:
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    engine.dispose()
    return int(size)
