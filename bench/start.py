"""From nothing to the first answer, and the memory of all processes: stock Rasa and ours in turn.

    python -m bench.start [--rounds 2] [--json FILE]

Each round starts the whole product on a new database with Rasa as it is (no levers), ends it, and
starts it with all levers. The time runs from before the database is made until the first answer has
been read on the chat page's interface. Memory is counted when all is idle, children with their
processes, as resident memory (Rss) and with shared pages divided among those who share them (Pss).
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from bench.rasa_turns import processor_s
from bench.turns import SETTLED_AFTER_S, memory_mb, tell_memory
from bot.nlu.lever_setting import ALL, NONE, SETTING
from bot.operations.training import ensure_model
from bot.settings import ROOT
from tests.chat_client import Chat
from tests.stack import running_stack


def start(levers: str) -> dict[str, float]:
    """Start the product with these levers and return what it took."""
    with tempfile.TemporaryDirectory() as name:
        began = time.monotonic()
        with running_stack(Path(name), more={SETTING: levers}) as stack:
            ready = time.monotonic() - began
            Chat(stack.url).say("开饭店要交多少钱")
            answered = time.monotonic() - began
            pids = stack.supervisor.pids()
            spent = sum(processor_s(pid) for pid in pids.values())
            time.sleep(SETTLED_AFTER_S)
            tell_memory(stack, f"idle, levers {levers}")
            return {
                "ready s": ready,
                "first answer s": answered,
                "processor s": spent,
                "Rss MB": sum(memory_mb(pid) for pid in pids.values()),
                "Pss MB": sum(memory_mb(pid, "Pss") for pid in pids.values()),
            }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    ensure_model(ROOT, ROOT / "var", lambda _: None)
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    rounds = [(start(NONE), start(ALL)) for _ in range(wanted.rounds)]
    figures = {}
    for what in rounds[0][0]:
        stock, ours = (statistics.median(one[side][what] for one in rounds) for side in (0, 1))
        figures[what] = {"stock": stock, "ours": ours, "ratio": stock / ours}
        print(f"{what:<16} stock {stock:8.1f}  ours {ours:8.1f}  ratio {stock / ours:.2f}")
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
