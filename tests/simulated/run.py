"""A night of simulated applicants: `make applicants`, or with `--count N --seed S`.

Starts the whole product with the platforms of `tests/` around it and lets so many people talk to
it, each on one channel. Writes `docs/scoreboard.md` (how many conversations went as they should, by
person, errand, interruption and channel) and every conversation that did not as an entry of
`var/applicants/failed.yml`, in the format of the tests under `tests/dialogue`, with its transcript
in `failed.txt`. Always ends with 0:
the scoreboard is read by people, the small run in the suite is the gate.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import yaml

from bot.operations.evaluate_dialogues import Played, stack_player
from bot.services.times.local_time import LOCAL
from bot.settings import ROOT
from tests.simulated.compose import Draw, as_written, draws
from tests.simulated.people import People
from tests.stack import channel_settings, running_stack
from tests.telegram_api import fake_bot_api
from tests.wechat_api import fake_wechat
from tests.wecom_api import fake_wecom

PAGE = ROOT / "docs" / "scoreboard.md"
FAILED = ROOT / "var" / "applicants" / "failed.yml"
TOLD = FAILED.with_name("failed.txt")
RUNS = "## Runs, the newest first"
AT_ONCE = 2
Result = tuple[Draw, Played]


def talk(count: int, seed: int) -> list[Result]:
    """Let so many people talk, and return how it went."""
    with (
        fake_bot_api() as telegram,
        fake_wechat() as wechat,
        fake_wecom() as wecom,
        tempfile.TemporaryDirectory() as folder,
    ):
        more = channel_settings(telegram.url, wechat.url, wecom.url)
        with running_stack(Path(folder), more=more) as stack, stack_player(stack) as player:
            people = People(stack, telegram, wechat, wecom)

            def one(draw: Draw) -> Result:
                return draw, player.play(draw.dialogue, people.meet(draw.channel))

            with ThreadPoolExecutor(AT_ONCE) as pool:
                return list(pool.map(one, draws(seed, count)))


def page(results: Sequence[Result], seed: int, seconds: float, before: str = "") -> str:
    """Return the scoreboard as Markdown; `before` is the page of the run before, for its list."""
    passed = sum(not played.failed_step for _draw, played in results)
    day = datetime.now(LOCAL).date()  # noqa: TID251 - the day of the run
    how = (
        "Each conversation is drawn from the files in `tests/simulated`: a way of writing, an "
        "errand, something that comes in between, a channel. The whole product runs, with its "
        "trained model and the platforms of `tests/`. The authors of the sentences know the "
        "product, so these shares say what broke between two versions, not how strangers fare."
    )
    what = (
        f"Written by `make applicants`: version {version('xiaoer')}, {day}, seed {seed}, "
        f"{len(results)} conversations in {seconds / 60:.0f} minutes. **{passed} went as they "
        f"should ({passed / len(results):.0%}).**"
    )
    lines = ["# Scoreboard of simulated applicants", "", what, "", how]
    for title in ("persona", "journey", "interruption", "channel"):
        lines += ["", f"| {title} | went well | of | |", "|---|---|---|---|"]
        lines += _rows((getattr(draw, title), played) for draw, played in results)
    lines += ["", "## What did not go well", ""]
    lines += [
        f"- {played.dialogue.name}: step {played.failed_step}, "
        f"`{played.dialogue.steps[played.failed_step - 1].value}`: {'; '.join(played.problems)}"
        for _draw, played in results
        if played.failed_step
    ] or ["Nothing."]
    lines += ["", RUNS, "", "| version | day | seed | went well | of |", "|---|---|---|---|---|"]
    lines += [f"| {version('xiaoer')} | {day} | {seed} | {passed} | {len(results)} |"]
    lines += [line for line in before.partition(RUNS)[2].splitlines() if line[2:3].isdigit()]
    return "\n".join(lines) + "\n"


def _rows(found: Iterable[tuple[str, Played]]) -> list[str]:
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, played in found:
        counts[name][0] += not played.failed_step
        counts[name][1] += 1
    return [
        f"| {name} | {well} | {of} | {well / of:.0%} |"
        for name, (well, of) in sorted(counts.items())
    ]


def keep_failures(results: Sequence[Result]) -> int:
    """Write the conversations that failed as dialogues, and return how many there are."""
    failed = [as_written(played.dialogue) for _draw, played in results if played.failed_step]
    FAILED.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(failed, allow_unicode=True, sort_keys=False)
    TOLD.write_text(
        "\n\n".join(
            "\n".join([played.dialogue.name, *played.transcript, *played.problems])
            for _draw, played in results
            if played.failed_step
        ),
        encoding="utf-8",
    )
    FAILED.write_text(text, encoding="utf-8")
    return len(failed)


def main(arguments: Sequence[str]) -> int:
    """Run, write the page and the failures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    began = time.monotonic()
    results = talk(options.count, options.seed)
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    made = page(results, options.seed, time.monotonic() - began, before)
    PAGE.write_text(made, encoding="utf-8")
    failed = keep_failures(results)
    print(f"{len(results) - failed} of {len(results)}")  # noqa: T201 - what it is run for
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
