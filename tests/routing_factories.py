"""Builders for tests of routing and hot issues: the data that ships, many businesses."""

from functools import cache
from pathlib import Path

from bot.domain.hot import HotRules
from bot.domain.routing import Reviewed
from bot.services.finding.similar import TextReader
from bot.services.tickets.hot_watch import HotWatch
from bot.services.tickets.routing import Router
from bot.services.tickets.routing_model import RoutingModel
from bot.services.tickets.tickets import open_whistle
from bot.store.routing_words import load_routing
from tests.casework_factories import NOW, OpenUnit, calendar, catalogue, rules

ROOT = Path(__file__).resolve().parent.parent

FENCE = (
    "人民路修路围挡封了三个月，我们店门口客人进不来",
    "人民路施工围挡封了三个月，店里客人进不来没有生意",
    "人民路施工围挡挡了三个月，我们店门口客人进不来，没生意",
    "人民路围挡施工三个月了，店门口堵着客人进不来",
)
"""The same story, told by different shops."""

POWER = "嘉明工业园这一周停电四次，生产线的料全报废了"


@cache
def model() -> RoutingModel:
    """Return the classifier of the data that ships."""
    return RoutingModel(load_routing(ROOT / "data" / "routing", catalogue()))


def router(*reviewed: Reviewed) -> Router:
    """Return the router of the data that ships."""
    return Router(catalogue(), model(), reviewed)


@cache
def reader() -> TextReader:
    """Return what turns texts into features."""
    return TextReader(model().categories)


def hot_rules(businesses: int = 3) -> HotRules:
    """Return rules of three businesses."""
    return HotRules(businesses=businesses, window_days=60, likeness=0.5)


def watch(unit: OpenUnit, businesses: int = 3) -> HotWatch:
    """Return a sweep with a memory of its own."""
    return HotWatch(unit, hot_rules(businesses), router())


def say(unit: OpenUnit, business: str, text: str, conversation_id: str = "") -> str:
    """Blow the whistle in a business's name; returns the number."""
    ticket = open_whistle(
        unit,
        origin=f"{business}:{text}",
        conversation_id=conversation_id or f"conversation-{business}",
        business_name=business,
        phone="13800138000",
        district="371502",
        description=text,
        now=NOW,
        calendar=calendar(),
        catalogue=catalogue(),
        rules=rules(),
        router=router(),
    )
    return ticket.number
