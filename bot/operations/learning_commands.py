"""The commands `xiaoer learning …`."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime

from bot.domain.learning import LessonState
from bot.domain.model_life import JobKind
from bot.operations.display import Display
from bot.operations.learning_export import export
from bot.operations.learning_train import train_learnt
from bot.operations.learning_work import compare_known, work
from bot.operations.model_choosing import choose_by_name, states_of_models, to_the_one_before
from bot.operations.prepare import current_database
from bot.services.learning import jobs as learning_jobs
from bot.settings import ROOT, Settings
from bot.store.learning_words import load_learning_words

Clock = Callable[[], datetime]
Handler = Callable[[argparse.Namespace, Settings, Display], int]
SHOWN = (LessonState.PROPOSED, LessonState.OPEN, LessonState.RELEASED)
LISTED = 200
NICENESS = 15


def add_learning_commands(parser: argparse.ArgumentParser, clock: Clock) -> None:
    """Add the commands below `xiaoer learning`."""
    kinds = parser.add_subparsers(
        required=True, metavar="list|export|train|compare|models|use|back"
    )
    _add(kinds, "list", _list, "列出放行和待复核的 (what people decided)")
    _add(kinds, "export", _export, "写成训练数据 (write training data)")
    _add(kinds, "train", _train(clock), "连同放行的例句训练 (train with what was learnt)")
    one = _add(kinds, "compare", _compare(clock), "与在用的模型比较 (compare with the one in use)")
    one.add_argument("model", help="模型文件名 (file name)")
    one.add_argument("--replay", type=int, default=0, help="再重放几段对话 (conversations)")
    _add(kinds, "models", _models, "列出模型 (list the models)")
    use = _add(kinds, "use", _use(clock), "启用一个模型, 不停服务 (put it into service)")
    use.add_argument("model", help="模型文件名 (file name)")
    use.add_argument("--reason", required=True, help="理由, 记入审计 (why)")
    back = _add(kinds, "back", _back(clock), "退回上一个模型 (go back)")
    back.add_argument("--reason", required=True, help="理由, 记入审计 (why)")
    job = _add(kinds, "work", _work(clock), "xiaoer run 用 (for xiaoer run itself)")
    job.add_argument("job", type=int, help="任务编号 (number of the job)")


def _list(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    words = load_learning_words(settings.data_dir)
    with current_database(settings) as unit_of_work, unit_of_work() as unit:
        lessons = unit.lessons.in_states(SHOWN, LISTED)
        waiting = len(unit.misunderstood.undecided(LISTED))
    for one in lessons:
        first = one.examples[0] if one.examples else one.note
        state = words.states[one.state]
        display.line(
            f"{one.id}  {state}  {words.kinds[one.kind]}  {words.intent_label(one.target)}  {first}"
        )
    display.line(f"没处理的 {waiting} 条 (undecided messages)")
    return 0


def _export(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    with current_database(settings) as unit_of_work:
        done = export(unit_of_work, ROOT, settings.data_dir, settings.state_dir)
    for line in done.left_out:
        display.line(f"✗ {line}")
    display.line(f"写了 {done.count} 句 (sentences written), 在 {settings.state_dir / 'learning'}")
    return 1 if done.left_out else 0


def _train(clock: Clock) -> Handler:
    def handler(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
        def tell(stage: str, percent: int | None) -> None:
            display.update(f"{stage}{'' if percent is None else f' {percent} %'}")

        with current_database(settings) as unit_of_work:
            with display.waiting("训练 (training)"):
                made = train_learnt(unit_of_work, settings, ROOT, tell)
            learning_jobs.keep_done(unit_of_work, JobKind.TRAIN, made, clock())
        for line in made["left_out"]:
            display.line(f"✗ {line}")
        display.line(f"{made['model']}, 学了 {made['sentences']} 句 (sentences learnt)")
        return 0

    return handler


def _compare(clock: Clock) -> Handler:
    def handler(options: argparse.Namespace, settings: Settings, _display: Display) -> int:
        def tell(stage: str, _percent: int | None) -> None:
            sys.stderr.write(f"{stage}\n")

        with current_database(settings) as unit_of_work:
            result = compare_known(
                unit_of_work,
                settings,
                ROOT,
                name=options.model,
                replayed=options.replay,
                tell=tell,
            )
            learning_jobs.keep_done(unit_of_work, JobKind.COMPARE, result, clock())
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
        return 0

    return handler


def _models(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    with current_database(settings) as unit_of_work:
        for line in states_of_models(unit_of_work):
            display.line(line)
    return 0


def _use(clock: Clock) -> Handler:
    def handler(options: argparse.Namespace, settings: Settings, display: Display) -> int:
        with current_database(settings) as unit_of_work:
            choose_by_name(unit_of_work, ROOT, options.model, options.reason, clock())
        display.line("已登记, 运行中的小二会自动切换 (xiaoer run will put it into service)")
        return 0

    return handler


def _back(clock: Clock) -> Handler:
    def handler(options: argparse.Namespace, settings: Settings, display: Display) -> int:
        with current_database(settings) as unit_of_work:
            name = to_the_one_before(unit_of_work, options.reason, clock())
        display.line(f"退回 {name}, 运行中的小二会自动切换 (xiaoer run will switch)")
        return 0

    return handler


def _work(clock: Clock) -> Handler:
    def handler(options: argparse.Namespace, settings: Settings, _display: Display) -> int:
        os.nice(NICENESS)  # people who wait for an answer come first
        with current_database(settings) as unit_of_work:
            is_done = work(unit_of_work, settings, ROOT, options.job, clock=clock)
        return 0 if is_done else 1

    return handler


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    handler: Handler,
    text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(handler=handler)
    return parser
