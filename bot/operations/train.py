"""`xiaoer train`: the progress display around `bot.operations.training`."""

from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from bot.domain.errors import BotError
from bot.meaning import all_remembered
from bot.operations.display import Display
from bot.operations.training import Progress, ensure_model
from bot.services.finding.matter_resolver import MatterResolver
from bot.services.finding.question_finder import QuestionFinder
from bot.services.finding.service_finder import ServiceFinder
from bot.services.finding.shared_finder import SharedQuestionFinder
from bot.services.finding.told_trade import ToldTradeFinder
from bot.services.finding.told_wish import ToldWishFinder
from bot.services.finding.trade_finder import TradeFinder
from bot.services.policies.finder import PolicyFinder
from bot.services.tickets.routing_model import RoutingModel
from bot.store.catalogue.loader import load_catalogue
from bot.store.learnt_words import with_learnt
from bot.store.matter_words import load_matter_words, load_policy_questions
from bot.store.opening_stories import load_opening_stories
from bot.store.routing_words import load_routing


def train(root: Path, state: Path, display: Display) -> Path:
    """Return the model that fits the data; trains it, with a progress line, when there is none.

    Raises:
        OperationFailed: Training is impossible or failed.
    """

    def report(progress: Progress) -> None:
        display.update(describe(progress))

    with display.waiting("检查模型 (looking for a model)"):
        model, was_trained = ensure_model(root, state, report)
    size = model.stat().st_size / 1_000_000
    verb = "训练完成 (trained)" if was_trained else "已有适用的模型 (a model fits the data)"
    display.line(f"{verb}: {model.name}, {size:.0f} MB")
    return model


def train_all(root: Path, state: Path, display: Display) -> None:
    """Train the model, and beside it, on another core, those that find matters.

    Rasa trains on one core; the others are ready before it is.

    Raises:
        OperationFailed: Training is impossible or failed.
        CatalogueInvalid: The catalogue or the wording about it is wrong.
    """
    beside = get_context("spawn").Process(target=_prepare_ahead, args=(root, state), daemon=True)
    beside.start()
    try:
        train(root, state, display)
    finally:
        beside.join()
    prepare_matters(root, state, display)


def _prepare_ahead(root: Path, state: Path) -> None:
    with suppress(
        BotError, OSError, KeyboardInterrupt
    ):  # what is wrong is said by whoever needs the models
        _prepare(root, state)


def prepare_matters(root: Path, state: Path, display: Display) -> None:
    """Train the models that find matters and departments, where none fits the data.

    The actions then only read them.

    Raises:
        CatalogueInvalid: The catalogue or the wording about it is wrong.
    """
    with display.waiting("准备找事项的模型 (preparing the model that finds matters)"):
        _prepare(root, state)


def _prepare(root: Path, state: Path) -> None:
    data = root / "data"
    catalogue = load_catalogue(data / "catalogue")
    words = with_learnt(load_matter_words(data / "matters"), state, catalogue)
    models = root / "models"
    with all_remembered(models):
        MatterResolver(catalogue, words, models).prepare()
        asked = load_policy_questions(data / "policy")
        QuestionFinder(catalogue, words, models, asked.first).prepare()
        SharedQuestionFinder(catalogue, words, models).prepare()
        ServiceFinder(catalogue, words, models).prepare()
        PolicyFinder(catalogue, asked, words, models).prepare()
        TradeFinder(catalogue, models).prepare()
        stories = load_opening_stories(data)
        ToldTradeFinder(catalogue, stories.opens, models).prepare()
        ToldWishFinder(stories.by_intent, models).prepare()
        RoutingModel(load_routing(data / "routing", catalogue), (), models).prepare()


def describe(progress: Progress) -> str:
    """Return the progress as one line for the operator."""
    percent = "" if progress.percent is None else f" {progress.percent} %"
    component = progress.component or "Rasa"
    return f"训练模型 (training) {component}{percent}  {progress.elapsed_s:.0f} s"
