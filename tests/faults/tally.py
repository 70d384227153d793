"""What is counted after a run of faults, and the table of it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

OWN = re.compile(
    r"(?<=whistles/)[\w-]+|(?<=bookings/)[\w-]+|(?<=周)[一二三四五六日]|今天|明天|后天|上午|下午|\d+"
)
"""Secret links, numbers, days and times: what is each conversation's own."""

MAY_BE_REFUSED = ("bookings",)
"""A slot that was held runs out during a long outage; the person is told, and has none then."""

MOST_TOLD = 20


def plain(line: str, business: str) -> str:
    """Return a line without what differs from one conversation to the next."""
    return OWN.sub("#", line.replace(business, "{business}"))


@dataclass
class Recovery:
    """How long it took until all was well again, by kind of trouble, in seconds."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, took_s: float) -> None:
        """Note one."""
        self.seconds.setdefault(name, []).append(took_s)

    def all(self) -> list[float]:
        """Return all, shortest first."""
        return sorted(second for many in self.seconds.values() for second in many)


@dataclass
class Tally:
    """What is counted over all conversations.

    Attributes:
        faults: How often each happened.
        kills: How many of them ended a process with -9.
        rows: Table to how many rows there are and how many are wanted.
        answered_not_stored: Lines that a platform was given and that no table holds.
        told_twice: Lines that a platform was given once more than they were said.
        progress: How many of the faults have begun, 0 to 1.
        drained_s: From the last message taken to the last answer given.
        incidents: What actions filed as gone wrong: which, what and where.
    """

    faults: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    acknowledged: int = 0
    processed: int = 0
    lost: int = 0
    stored_twice: int = 0
    out_of_order: int = 0
    answers_missing: int = 0
    answers_twice: int = 0
    turns_missing: int = 0
    turns_twice: int = 0
    answered_not_stored: int = 0
    undelivered: int = 0
    told_twice: int = 0
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    recovery: Recovery = field(default_factory=Recovery)
    progress: float = 0.0
    slowest_s: float = 0.0
    drained_s: float = 0.0
    other_answers: list[str] = field(default_factory=list)
    channels: Counter[str] = field(default_factory=Counter)
    incidents: list[str] = field(default_factory=list)

    def compare(self, wanted: Counter[str], found: Counter[str]) -> None:
        """Count answers that are missing, and said twice."""
        missing, more = wanted - found, found - wanted
        self.answers_missing += sum(missing.values())
        self.answers_twice += sum(more.values())
        self.other_answers += [f"- {line!r}" for line in missing] + [f"+ {line!r}" for line in more]

    def compare_texts(self, wanted: Sequence[str], found: Sequence[str]) -> None:
        """Count messages that are lost, stored twice, or out of order."""
        self.lost += sum((Counter(wanted) - Counter(found)).values())
        self.stored_twice += sum((Counter(found) - Counter(wanted)).values())
        self.out_of_order += list(wanted) != list(found)

    def broken(self) -> list[str]:
        """Return the promises that were broken, empty when all were kept."""
        zeros = (
            "lost", "stored_twice", "out_of_order", "answers_missing", "turns_missing",
            "turns_twice", "answered_not_stored", "undelivered",
        )  # fmt: skip
        found = [name for name in zeros if getattr(self, name)]
        found += [
            name
            for name, (there, wanted) in self.rows.items()
            if there > wanted or (there < wanted and name not in MAY_BE_REFUSED)
        ]
        if self.answers_twice + self.told_twice > self.kills + len(self.faults):
            found.append("replies said twice")
        return found

    def table(self, title: str) -> str:
        """Return it as Markdown."""
        seconds = self.recovery.all() or [0.0]
        rows: list[tuple[str, object]] = [
            ("faults, of which kill -9", f"{sum(self.faults.values())}, {self.kills}"),
            ("acknowledged", f"{self.acknowledged} ({_counted(self.channels)})"),
            ("processed", self.processed),
            ("lost", self.lost),
            ("stored twice", self.stored_twice),
            ("conversations out of order", self.out_of_order),
            ("answers missing", self.answers_missing),
            ("answers said twice", self.answers_twice),
            ("turns missing in Rasa / run twice", f"{self.turns_missing} / {self.turns_twice}"),
            ("answered but not stored", self.answered_not_stored),
            ("not delivered", self.undelivered),
            ("delivered twice", self.told_twice),
            *((f"{name}, there / wanted", f"{a} / {b}") for name, (a, b) in self.rows.items()),
            ("ready again, median / longest", f"{median(seconds):.1f} / {seconds[-1]:.1f} s"),
            ("longest until a message was taken", f"{self.slowest_s:.1f} s"),
            ("backlog drained after", f"{self.drained_s:.1f} s"),
        ]
        lines = [f"| {title} | |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows), ""]
        lines += ["| fault | times | ready again after, longest |", "|---|---|---|"]
        lines += self._by_fault()
        return "\n".join([*lines, *self.other_answers[:MOST_TOLD], *self.incidents[:MOST_TOLD]])

    def _by_fault(self) -> Iterable[str]:
        for name, times in sorted(self.faults.items()):
            yield f"| {name} | {times} | {max(self.recovery.seconds.get(name, [0.0])):.1f} s |"


def _counted(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counted.items()))
