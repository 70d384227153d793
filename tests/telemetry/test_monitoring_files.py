"""What dashboard and alert rules name must exist, or they watch nothing."""

import json
import re
from collections.abc import Iterator

import pytest
import yaml
from prometheus_client.core import Metric

from bot.domain.figures import Clocks, Figures, Waiting
from bot.settings import ROOT
from bot.telemetry.gauges import gauges
from bot.telemetry.log_lines import count_problems
from bot.telemetry.metrics import PROBLEMS, REGISTRY

MONITORING = ROOT / "deploy" / "monitoring"
ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}
FULL = Figures(
    inbox=Waiting(1, 2.0),
    outbox={"telegram": Waiting(1, 2.0)},
    owners={"bot": 3},
    clocks={"case": Clocks(1, 2, 3.0)},
    switched_off={"bot": 1},
)
LABELS = {
    "outcome", "part", "le", "action", "result", "channel", "level", "event", "owner", "kind",
    "switch",
}  # fmt: skip
"""Every label there is. A new one must not hold a person's id, name, number or words."""


def published() -> Iterator[Metric]:
    yield from REGISTRY.collect()
    yield from gauges(FULL)


def names() -> set[str]:
    return {f"{metric.name}{ending}" for metric in published() for ending in ENDINGS[metric.type]}


def expressions() -> Iterator[str]:
    rules = yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))
    for group in rules["groups"]:
        yield from (rule["expr"] for rule in group["rules"])
    board = json.loads((MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8"))
    for panel in board["panels"]:
        yield from (target["expr"] for target in panel["targets"])


def test_every_metric_that_is_watched_exists() -> None:
    used = {name for one in expressions() for name in re.findall(r"\bxiaoer_\w+", one)}
    assert len(used) > 10
    assert used - names() == set()


def test_every_gauge_and_counter_of_ours_is_on_the_dashboard() -> None:
    board = (MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8")
    ours = {metric.name for metric in published() if "_process_" not in metric.name}
    assert {name for name in ours if name not in board} == set()


def test_every_alert_says_what_to_do() -> None:
    rules = yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]
    for rule in rules["rules"]:
        assert set(rule["annotations"]) == {"summary", "do"}, rule["alert"]
        assert rule["labels"]["severity"] in {"page", "office", "morning"}


def test_no_label_is_there_that_could_name_a_person() -> None:
    PROBLEMS.labels("error", "other").inc()
    used = {label for metric in published() for one in metric.samples for label in one.labels}
    assert used - LABELS == set()


@pytest.mark.parametrize(
    ("event", "counted_as"),
    [("delivery_failed", "delivery_failed"), ("张三 13800138000 投诉", "other"), ("A b", "other")],
)
def test_a_line_that_is_no_event_name_is_counted_without_its_words(
    event: str, counted_as: str
) -> None:
    before = REGISTRY.get_sample_value(
        "xiaoer_problems_total", {"level": "error", "event": counted_as}
    )
    line = {"level": "error", "event": event}
    assert count_problems(None, "error", line) is line
    after = REGISTRY.get_sample_value(
        "xiaoer_problems_total", {"level": "error", "event": counted_as}
    )
    assert after == (before or 0.0) + 1
