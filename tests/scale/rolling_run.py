"""A new version replaces the old one process by process under traffic, and goes back again.

    python -m tests.scale.rolling_run --old REVISION [--messages 120] [--of-each 2]

Starts the code of an earlier commit as `tests.scale.long_run` does, on its own schema. While people
write, does what docs/upgrades.md asks for: the schema first, then actions, Rasa, clocks and hubs,
one after the other; then back to the old code over the new schema. Counts what was lost.
"""

import argparse
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.data_keys import data_keys
from bot.settings import ROOT
from bot.store import migrate
from bot.store.engine import opened
from tests.faults.breakage import eventually
from tests.scale.long_run import under_fire
from tests.scale.topology import Machines, of_tree, running_machines
from tests.scale.writing import Tally

FORWARD = ("actions", "rasa", "clock", "hub")
"""Whoever is called is new before whoever calls it."""

SECONDS_A_PROCESS = 15.0
LIVES_FOR_S = 2.0
READY_WITHIN_S = 240.0


@dataclass
class Rolled:
    """What the steps took, in seconds, in the order they were done."""

    schema_s: float = 0.0
    steps: list[tuple[str, str, float]] = field(default_factory=list)

    def longest(self, way: str) -> tuple[str, float]:
        """Return the process that took longest on a way, "up" or "back"."""
        return max(((name, s) for w, name, s in self.steps if w == way), key=lambda one: one[1])


def roll(machines: Machines, old: Path, rolled: Rolled) -> None:
    """Bring the schema up, replace each process by the new code, then by the old code again."""
    settings = machines.settings
    keys = data_keys(settings.data_keys, settings.state_dir)
    time.sleep(LIVES_FOR_S)
    began = time.monotonic()
    with opened(settings.database_url, keys) as engine:
        migrate.upgrade(engine)
    rolled.schema_s = time.monotonic() - began
    for way, kinds, tree in (("up", FORWARD, ROOT), ("back", FORWARD[::-1], old)):
        for kind in kinds:
            for name in sorted(name for name in machines.names if name.startswith(f"{kind}-")):
                began = time.monotonic()
                replace_one(machines, name, tree)
                rolled.steps.append((way, name, time.monotonic() - began))


def replace_one(machines: Machines, name: str, tree: Path) -> None:
    """Ask a process to end, start it anew from another checkout, and wait until it serves."""
    supervisor = machines.supervisor
    pid = supervisor.pids()[name]
    supervisor.dismiss(name)

    def is_gone() -> bool:
        supervisor.tick()
        return not Path(f"/proc/{pid}").exists()

    eventually(is_gone, f"the end of {name}")
    supervisor.add_on_trial(of_tree(machines.ours[name], tree))
    eventually(serving(machines, name), f"{name} serving", READY_WITHIN_S)
    time.sleep(LIVES_FOR_S)
    assert name in supervisor.pids(), f"{name} ended again"


def serving(machines: Machines, name: str) -> Callable[[], bool]:
    """Return a question: does this process do its work?"""
    kind = name.partition("-")[0]
    if kind == "clock":
        return lambda: name in machines.supervisor.pids()
    if kind == "hub":
        address, query = f"{machines.hubs[name]}/healthz", {}
    elif kind == "rasa":
        address, query = f"{machines.rasas[name]}/status", {"token": machines.token}
    else:
        port = machines.ours[name].arguments[-1]
        address, query = f"http://127.0.0.1:{port}/health", {}

    def ask() -> bool:
        try:
            return httpx.get(address, params=query, timeout=5).is_success
        except httpx.TransportError:
            return False

    return ask


def tell(rolled: Rolled, tally: Tally, versions: tuple[str, str]) -> str:
    """Return the table as Markdown."""
    up, back = rolled.longest("up"), rolled.longest("back")
    whole = {way: sum(s for w, _, s in rolled.steps if w == way) for way in ("up", "back")}
    rows: list[tuple[str, object]] = [
        ("from, to, and back", f"{versions[0]}, {versions[1]}, {versions[0]}"),
        ("schema, while everything ran", f"{rolled.schema_s:.2f} s"),
        ("replaced on the way up / back", f"{len(rolled.steps) // 2} / {len(rolled.steps) // 2}"),
        ("the way up, longest one", f"{whole['up']:.0f} s, {up[0]} {up[1]:.1f} s"),
        ("the way back, longest one", f"{whole['back']:.0f} s, {back[0]} {back[1]:.1f} s"),
        *tally.rows(),
    ]
    lines = [f"| {name} | {value} |" for name, value in rows]
    return "\n".join(["| a rolling upgrade | |", "|---|---|", *lines, *tally.other_answers[:20]])


def check_out(revision: str, folder: Path) -> None:
    """Unpack a commit of this repository, with the models of this checkout."""
    packed = subprocess.run(
        ["git", "archive", "--format=tar", revision], cwd=ROOT, check=True, capture_output=True
    )
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder)  # noqa: S202 - our own commit
    for model in (ROOT / "models").iterdir():
        if not (folder / "models" / model.name).exists():
            (folder / "models" / model.name).symlink_to(model)


def _short(revision: str) -> str:
    command = ["git", "rev-parse", "--short", revision]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def main() -> None:
    """Run and print; the exit code tells whether a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--old", required=True, help="a commit whose model is also ours")
    parser.add_argument("--messages", type=int, default=120)
    parser.add_argument("--of-each", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    print(f"load before the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # noqa: T201
    folder = Path(tempfile.mkdtemp(prefix="xiaoer-rolling-"))
    folder.chmod(0o755)  # PostgreSQL runs as a user of its own
    rolled = Rolled()
    try:
        old, state = folder / "old", folder / "var"
        state.mkdir()
        check_out(wanted.old, old)
        with running_machines(state, wanted.of_each, old) as machines:
            tally = under_fire(
                machines,
                wanted.messages,
                wanted.seed,
                lambda running, _tally, _dice: roll(running, old, rolled),
                lasting_s=SECONDS_A_PROCESS * 2 * len(FORWARD) * wanted.of_each,
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(tell(rolled, tally, (_short(wanted.old), _short("HEAD"))))  # noqa: T201
    broken = (tally.lost, tally.stored_twice, tally.out_of_order, tally.answers_missing)
    if any(broken) or tally.tickets != tally.tickets_wanted:
        raise SystemExit("a promise was broken, see the table")


if __name__ == "__main__":
    main()
