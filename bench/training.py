"""What training costs: Rasa's own configuration with DIET, and ours, one after the other.

Usage: python -m bench.training [--epochs 2] [--model FILE] [--json FILE]

Stock is what Rasa's documentation gives for Chinese (jieba and DIET with its two layers, 100
epochs), with our training data and the policies of its default that need no stories. It is trained
for a few epochs only. All but the first, which also builds the graph, tell what an epoch costs, and
the rest of the hundred is reckoned from that. Ours is trained whole. Processor time of everything
that runs is the figure to go by. `--model` keeps the model of the few epochs: how long a turn with
it takes does not depend on how much it has learnt (`bench.rasa_turns --diet`).
"""

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import yaml

from bench.nlu_ablation import stock
from bot.operations.training import child_environment, rasa_command
from bot.settings import ROOT

EPOCHS = 100
LAYERS = 2
FEWEST_EPOCHS = 2
"""Of a comparison; one is enough for a model whose turns are measured."""

DONE = re.compile(rb"Epochs:\s+\d+%\|[^|]*\|\s+(\d+)/(\d+)")


def processor_s() -> float:
    """Return the processor seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def trained(command: list[str]) -> tuple[float, float, list[float]]:
    """Run a training; returns wall seconds, processor seconds, and when each epoch had ended."""
    before, began = processor_s(), time.monotonic()
    ends: list[float] = []
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        command,
        cwd=ROOT,
        env=child_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        seen = b""
        while piece := os.read(process.stdout.fileno(), 65536):
            seen = (seen + piece)[-4096:]
            for done in DONE.findall(seen):
                if int(done[0]) > len(ends):
                    ends.append(time.monotonic() - began)
    if process.returncode:
        raise SystemExit(seen.decode(errors="replace"))
    return time.monotonic() - began, processor_s() - before, ends


def commands(folder: Path, epochs: int) -> tuple[list[str], list[str]]:
    """Return the training commands of stock and of ours."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    config["pipeline"] = stock(epochs, LAYERS)
    config["policies"] = [{"name": "MemoizationPolicy"}, *config["policies"]]
    path = folder / "stock.yml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    by_stock = rasa_command(ROOT, folder / "stock.tar.gz")
    by_stock[by_stock.index("--config") + 1] = str(path)
    by_stock[by_stock.index("bot.nlu.train")] = "rasa"
    # with a cache, what was trained once is not trained again
    return [*by_stock, "--force"], [*rasa_command(ROOT, folder / "ours.tar.gz"), "--force"]


def main() -> None:
    """Train both and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--model", type=Path, help="where stock's model is to be kept")
    parser.add_argument("--only-stock", action="store_true", help="for its model, no comparison")
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"load before: {load:.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory() as name:
        stock_command, our_command = commands(Path(name), wanted.epochs)
        wall, spent, ends = trained(stock_command)
        if wanted.model:
            shutil.copy(Path(name) / "stock.tar.gz", wanted.model)
        if len(ends) < FEWEST_EPOCHS:  # of one nobody can tell what the next would have cost
            print(f"stock, {len(ends)} epoch: {wall:.0f} s, {spent:.0f} s of a processor")
            return
        share = spent / wall  # of a processor, on average
        epoch_s = (ends[-1] - ends[0]) / (len(ends) - 1)
        whole = {
            "wall s": wall + epoch_s * (EPOCHS - len(ends)),
            "processor s": spent + epoch_s * share * (EPOCHS - len(ends)),
        }
        print(f"stock, {len(ends)} epochs: {wall:.0f} s, {spent:.0f} s of a processor;", end=" ")
        print(f"an epoch {epoch_s:.1f} s, so {EPOCHS} epochs {whole}", flush=True)
        if wanted.only_stock:
            return
        our_wall, our_spent, _ = trained(our_command)
    ours = {"wall s": our_wall, "processor s": our_spent}
    for what, value in whole.items():
        print(f"{what:<12} stock {value:8.0f}  ours {ours[what]:8.0f}  {value / ours[what]:6.1f}")
    if wanted.json:
        found = {"load": load, "epoch s": epoch_s, "stock": whole, "ours": ours}
        wanted.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
