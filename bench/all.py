"""Every measurement that a change of the product's speed should be seen in, one after the other.

Usage: python -m bench.all [--only floor rasa turns …] [--long] [--json var/bench.json]

Prints the table of each as it comes, and writes all of them to one JSON file: figures where a
measurement gives any, its lines otherwise, with load and date. `--long` adds those that train a
model or fill a database with a million rows first.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.bootstrap import utc_now
from bot.settings import ROOT

PARTS = {
    "floor": ("bench.floor",),
    "rasa": ("bench.rasa_turns", "--database", "postgresql", "--long", "100"),
    "start": ("bench.start",),
    "turns": ("bench.turns",),
    "hub": ("bench.hub_share",),
    "webhooks": ("bench.webhooks",),
    "desk": ("bench.desk",),
    "desk on PostgreSQL": ("bench.desk", "--database", "postgresql"),
    "planner": ("bench.planner",),
    "plans": ("bench.plans",),
    "search": ("bench.similar",),
}
"""Names to modules and their arguments: floor; turns, growth, start and memory; hub; desk; …

`bench.routing` is none of them: it measures a file of letters that is not ours to pass on.
"""

LONG = {
    "training": ("bench.training",),
    "threads": ("bench.action_threads",),
    "cases": ("bench.cases",),
    "reports": ("bench.reports",),
    "tickets": ("bench.tickets",),
}
WRITE_JSON = frozenset({"floor", "rasa", "start", "hub", "webhooks", "training"})


def run(name: str, command: tuple[str, ...], folder: Path) -> dict[str, object]:
    """Run one measurement and return what it found."""
    figures = folder / f"{name}.json"
    more = ["--json", str(figures)] if name in WRITE_JSON else []
    began, load = time.monotonic(), os.getloadavg()[0]
    lines: list[str] = []
    with subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, "-W", "ignore", "-m", *command, *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    return {
        "exit code": process.returncode,
        "seconds": round(time.monotonic() - began, 1),
        "load before": load,
        "lines": lines,
        "figures": json.loads(figures.read_text(encoding="utf-8")) if figures.is_file() else None,
    }


def main() -> None:
    """Run what was asked for; exit code 1 when a measurement failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[*PARTS, *LONG])
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "bench.json")
    options = parser.parse_args()
    names = options.only or [*PARTS, *(LONG if options.long else ())]
    found: dict[str, object] = {"date": utc_now().isoformat(timespec="seconds")}
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            print(f"=== {name}", flush=True)
            result = run(name, (PARTS | LONG)[name], Path(folder))
            found[name] = result
            failed += [name] if result["exit code"] else []
            options.json.parent.mkdir(exist_ok=True)
            options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False), "utf-8")
    print(f"written to {options.json}; failed: {', '.join(failed) or 'none'}")
    raise SystemExit(bool(failed))


if __name__ == "__main__":
    main()
