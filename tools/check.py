"""`make check`: everything that can be said about the code and the data without running them.

Two checks run at a time; each prints its output only when it fails. All run, even after a failure.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent

CHECKS: Sequence[tuple[str, Sequence[str]]] = (
    ("types", (f"{BIN}/mypy",)),  # the longest first
    ("catalogue", (sys.executable, "-m", "bot.store.catalogue", "data/catalogue")),
    ("data and quality", (sys.executable, "-m", "pytest", "-q", "tests/data", "tests/quality")),
    ("imports", (f"{BIN}/lint-imports", "--no-cache")),
    ("format", (f"{BIN}/ruff", "format", "--check", ".")),
    ("lint", (f"{BIN}/ruff", "check", "--output-format", "concise", ".")),
    ("spelling", (f"{BIN}/codespell",)),
    ("tracked files", (sys.executable, "tools/check_tracked_files.py")),
)


@dataclass(frozen=True)
class Outcome:
    """One finished check; `seconds` is wall time."""

    name: str
    is_good: bool
    output: str
    seconds: float


def run(check: tuple[str, Sequence[str]]) -> Outcome:
    """Run one check to its end."""
    name, command = check
    began = time.monotonic()
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment())
    seconds = time.monotonic() - began
    return Outcome(name, done.returncode == 0, (done.stdout + done.stderr).strip(), seconds)


def environment() -> dict[str, str]:
    """Return the environment of the checks; compiled code makes the second one faster."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def main() -> int:
    """Run all checks; the exit code is 0 only when all are good."""
    failed = []
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(run, CHECKS):
            mark = "✓" if outcome.is_good else "✗"
            print(f"{mark} {outcome.name:<18} {outcome.seconds:5.1f} s", flush=True)
            if not outcome.is_good:
                failed.append(outcome.name)
                print(outcome.output, flush=True)
    verdict = f"failed: {', '.join(failed)}" if failed else "all good"
    print(f"make check: {verdict}, {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
