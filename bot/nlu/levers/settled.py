"""Gives memory back once the model is loaded.

Stock Rasa keeps for as long as it lives the pages that unpacking and reading the model took, and
walks through the whole model at each full garbage collection. Here both end with the loading, and
until then nothing is collected (`bot/nlu/serve`): hundreds of searches that find next to nothing.
"""

from functools import wraps
from typing import Any

from rasa.core.agent import Agent

from bot.nlu.levers.lever import Lever, Replaced
from bot.telemetry.memory import end_start_up, settle


def _pull() -> None:
    stock = Agent.load_model

    @wraps(stock)
    def load_model(*arguments: Any, **options: Any) -> None:
        try:
            stock(*arguments, **options)
        finally:
            end_start_up()
        settle()

    Agent.load_model = load_model  # type: ignore[method-assign]


LEVER = Lever("settled", _pull, (Replaced(Agent.load_model, "824ee7aa4a969479"),))
