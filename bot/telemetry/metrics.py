"""What the processes count: names, labels and units in one place.

Labels hold words of ours only (channels, actions, event names), never a person's id or text.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.process_collector import ProcessCollector

REGISTRY = CollectorRegistry()
"""Ours alone: what libraries count for themselves is not published."""

ProcessCollector(namespace="xiaoer", registry=REGISTRY)

TURNS = Counter(
    "xiaoer_turns",
    "Messages that had a turn, by what it came to",
    ["outcome"],  # answered, misunderstood, handed_over, held_by_person, put_off, broken, lost
    registry=REGISTRY,
)
PART_SECONDS = Histogram(
    "xiaoer_part_seconds",
    "How long each part of a turn took",
    ["part"],  # waited, bot, stored (hub); rasa (Rasa); action (actions)
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
    registry=REGISTRY,
)
ACTIONS = Counter(
    "xiaoer_actions",
    "Runs of actions, by name and whether they ended well",
    ["action", "result"],  # ok, failed
    registry=REGISTRY,
)
DELIVERIES = Counter(
    "xiaoer_deliveries",
    "Lines sent to messaging platforms",
    ["channel", "result"],  # delivered, retried, refused
    registry=REGISTRY,
)
PROBLEMS = Counter(
    "xiaoer_problems",
    "Lines of the log at warning and above, by event name",
    ["level", "event"],
    registry=REGISTRY,
)


@contextmanager
def timed(part: str) -> Iterator[None]:
    """Count how long the block takes, also when it fails."""
    began = time.perf_counter()
    try:
        yield
    finally:
        PART_SECONDS.labels(part).observe(time.perf_counter() - began)
