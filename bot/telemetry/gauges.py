"""The figures of a moment as gauges: what waits, what is late, what is switched off."""

from collections.abc import Mapping

from prometheus_client.core import GaugeMetricFamily

from bot.domain.figures import Clocks, Figures, Waiting


def gauges(figures: Figures) -> list[GaugeMetricFamily]:
    """Return the gauges that `/metrics` of the hub shows."""
    return [
        *_waiting("xiaoer_inbox", "Messages without an answer", figures.inbox),
        *_waiting("xiaoer_queue", "Conversations that wait for a person", figures.queue),
        *_by_channel(figures.outbox),
        _counts("xiaoer_conversations", "Conversations by owner", "owner", figures.owners),
        *_clocks(figures.clocks),
        _counts("xiaoer_switched_off", "Switches that are off", "switch", figures.switched_off),
    ]


def _waiting(name: str, what: str, waiting: Waiting) -> list[GaugeMetricFamily]:
    return [
        GaugeMetricFamily(f"{name}_waiting", what, value=waiting.count),
        GaugeMetricFamily(f"{name}_oldest_seconds", f"{what}: the oldest", value=waiting.oldest_s),
    ]


def _by_channel(outbox: Mapping[str, Waiting]) -> list[GaugeMetricFamily]:
    counts = {channel: one.count for channel, one in outbox.items()}
    ages = {channel: one.oldest_s for channel, one in outbox.items()}
    what = "Lines on their way to a platform"
    return [
        _counts("xiaoer_outbox_waiting", what, "channel", counts),
        _counts("xiaoer_outbox_oldest_seconds", f"{what}: the oldest", "channel", ages),
    ]


def _clocks(clocks: Mapping[str, Clocks]) -> list[GaugeMetricFamily]:
    due = {kind: one.due for kind, one in clocks.items()}
    late = {kind: one.late for kind, one in clocks.items()}
    lags = {kind: one.lag_s for kind, one in clocks.items()}
    return [
        _counts("xiaoer_clocks_due", "Promised times within a day", "kind", due),
        _counts("xiaoer_clocks_late", "Promised times that have passed", "kind", late),
        _counts("xiaoer_clock_lag_seconds", "Events due but not fired: oldest", "kind", lags),
    ]


def _counts(name: str, what: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, what, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
