"""The same load on Rasa as it comes: its REST channel, its stores, the same model and actions.

A client sends each sentence until it gets a 200, waits 10 s at most, as messaging platforms do, and
believes what it is told. What is counted is what Rasa has kept of all that it said 200 to.
"""

import json
import os
import random
import signal
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx

from bot.bootstrap import utc_now
from bot.operations.commands import commands
from bot.operations.keys import load_or_make_secrets
from bot.operations.ports_free import free_port
from bot.operations.prepare import prepare
from bot.operations.supervisor import Command, Supervisor
from bot.operations.training import ensure_model
from bot.settings import ROOT, Settings, load_settings
from tests.faults.breakage import STEADY_AHEAD_S, eventually
from tests.faults.mischief import HELD_S
from tests.faults.scripts import Script, scripts

ENDPOINTS = """
action_endpoint: {{url: "{actions}/webhook"}}
{store}
"""
SQL_STORE = 'tracker_store: {{type: SQL, dialect: sqlite, db: "{file}"}}'
CLIENT_PATIENCE_S = 10.0
RETRY_S = 0.5
PARTS = ("rasa", "actions")
SECONDS_A_KILL = 20.0


@dataclass
class Client:
    """One conversation: what was said, and what a 200 came for."""

    sender: str
    script: Script
    texts: Sequence[str]
    acknowledged: list[str] = field(default_factory=list)
    silent: int = 0

    def write(self, url: str, dice: random.Random, pause_s: float) -> None:
        """Say all, one after the other."""
        with httpx.Client(base_url=url, timeout=CLIENT_PATIENCE_S, trust_env=False) as http:
            for text in self.texts:
                time.sleep(dice.uniform(0, 2 * pause_s))
                while not self._is_taken(http, text):
                    time.sleep(RETRY_S)

    def _is_taken(self, http: httpx.Client, text: str) -> bool:
        try:
            body = {"sender": self.sender, "message": text}
            answer = http.post("/webhooks/rest/webhook", json=body)
        except httpx.TransportError:
            return False
        if answer.status_code != httpx.codes.OK:
            return False
        self.acknowledged.append(text)
        self.silent += not answer.json()
        return True


@dataclass
class StockRasa:
    """Rasa and the actions, as child processes."""

    settings: Settings
    supervisor: Supervisor
    store: Path | None
    ahead_s: float = 0.0

    def kill(self, part: str) -> float:
        """End a part and have it started again; returns the seconds until all answers."""
        began = time.monotonic()
        os.kill(self.supervisor.pids()[part], signal.SIGKILL)
        eventually(lambda: part not in self.supervisor.pids(), f"the end of {part}")
        self.revive()
        return time.monotonic() - began

    def revive(self) -> None:
        """Return once both parts answer."""
        self.ahead_s += STEADY_AHEAD_S
        eventually(self._is_whole, "Rasa and the actions", 300)

    def heard(self, sender: str) -> list[str]:
        """Return what Rasa has kept of a conversation."""
        if self.store is not None:
            with closing(sqlite3.connect(self.store)) as connection:
                rows = connection.execute(
                    "SELECT data FROM events WHERE sender_id = ? AND type_name = 'user'"
                    " ORDER BY id",
                    (sender,),
                ).fetchall()
            return [json.loads(row[0])["text"] for row in rows]
        url = f"{self.settings.rasa_url}/conversations/{sender}/tracker"
        answer = httpx.get(url, params={"include_events": "ALL"}, timeout=60, trust_env=False)
        return [one["text"] for one in answer.json()["events"] if one["event"] == "user"]

    def _is_whole(self) -> bool:
        self.supervisor.tick(time.monotonic() + self.ahead_s)
        health = (f"{self.settings.rasa_url}/status", f"{self.settings.actions_url}/health")
        return all(httpx.get(url, timeout=5, trust_env=False).is_success for url in health)


def run(folder: Path, messages: int, kills: int, seed: int) -> str:
    """Run with the store in memory and with the one in SQLite; returns the table."""
    columns = [_measured(folder / kind, kind, messages, kills, seed) for kind in ("memory", "sql")]
    names = list(columns[0])
    lines = ["| stock Rasa | in-memory store | SQL store (SQLite) |", "|---|---|---|"]
    lines += [f"| {name} | {columns[0][name]} | {columns[1][name]} |" for name in names]
    return "\n".join(lines)


def _measured(
    folder: Path, kind: str, messages: int, kills: int, seed: int
) -> Mapping[str, object]:
    folder.mkdir()
    dice = random.Random(seed)  # noqa: S311 - which part dies is no secret
    with _running(folder, kind) as rasa:
        clients = [
            Client(f"stock-{at}", script, script.typed(at))
            for at, script in enumerate(scripts(messages))
        ]
        pause_s = kills * SECONDS_A_KILL / max(len(one.texts) for one in clients)
        threads = [
            threading.Thread(
                target=one.write,
                args=(rasa.settings.rasa_url, random.Random(seed + at), pause_s),  # noqa: S311
            )
            for at, one in enumerate(clients)
        ]
        for thread in threads:
            thread.start()
        killed, recoveries = _kill(rasa, [dice.choice(PARTS) for _ in range(kills)])
        if rasa.store is not None:
            _hold(rasa.store)
        for thread in threads:
            thread.join()
        return _counted(rasa, clients, killed, recoveries)


def _kill(rasa: StockRasa, parts: Sequence[str]) -> tuple[Counter[str], list[float]]:
    """Kill one part after the other, evenly over the time in which people write."""
    began, recoveries = time.monotonic(), []
    for number, part in enumerate(parts, start=1):
        time.sleep(max(0.0, began + (number - 0.5) * SECONDS_A_KILL - time.monotonic()))
        recoveries.append(rasa.kill(part))
        print(".", end="", flush=True, file=sys.stderr)  # noqa: T201 - a sign of life
    return Counter(parts), recoveries


def _counted(
    rasa: StockRasa, clients: Sequence[Client], killed: Counter[str], recoveries: list[float]
) -> Mapping[str, object]:
    kept = {one.sender: Counter(rasa.heard(one.sender)) for one in clients}
    said = {one.sender: Counter(one.acknowledged) for one in clients}
    lost = sum(sum((said[name] - kept[name]).values()) for name in kept)
    twice = sum(sum((kept[name] - said[name]).values()) for name in kept)
    file = rasa.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as connection:
        tickets = connection.execute("SELECT count(*) FROM tickets").fetchone()[0]
    wanted = sum(one.script.table == "tickets" for one in clients)
    return {
        "killed with -9": ", ".join(f"{part} {n}" for part, n in sorted(killed.items())),
        "store locked for 12 s": "no" if rasa.store is None else "once",
        "acknowledged (200)": sum(len(one.acknowledged) for one in clients),
        "of these not kept": lost,
        "kept twice": twice,
        "200 without a word": sum(one.silent for one in clients),
        "conversations that are not what was said": sum(said[n] != kept[n] for n in kept),
        "tickets, there / wanted": f"{tickets} / {wanted}",
        "ready again, longest": f"{max(recoveries, default=0.0):.1f} s",
    }


@contextmanager
def _running(folder: Path, kind: str) -> Iterator[StockRasa]:
    model, _ = ensure_model(ROOT, ROOT / "var", lambda _: None)
    store = None if kind == "memory" else folder / "rasa-stock.db"
    environ = {
        "XIAOER_RASA_URL": f"http://127.0.0.1:{free_port()}",
        "XIAOER_ACTIONS_URL": f"http://127.0.0.1:{free_port()}",
        "XIAOER_STATE_DIR": str(folder),
        "XIAOER_DATABASE_URL": f"sqlite:///{folder / 'xiaoer.db'}",
        "XIAOER_CONSENT": "elsewhere",
    }
    settings = load_settings(environ, env_file=folder / "none.env")
    secrets = load_or_make_secrets(folder / "secrets.env", environ)
    prepare(settings, utc_now())
    ours = {one.name: one for one in commands(settings, ROOT, model, secrets)}
    rasa = _stock(ours["rasa"], folder, settings, model, store)
    with Supervisor([ours["actions"], rasa], ROOT, folder / "log") as supervisor:
        running = StockRasa(settings, supervisor, store)
        running.revive()
        yield running


def _stock(
    command: Command, folder: Path, settings: Settings, model: Path, store: Path | None
) -> Command:
    endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
    kept = "" if store is None else SQL_STORE.format(file=store)
    endpoints.write_text(ENDPOINTS.format(actions=settings.actions_url, store=kept))
    credentials.write_text("rest:\n")
    arguments = [
        *(sys.executable, "-m", "rasa", "run", "--enable-api", "--interface", "127.0.0.1"),
        *("--port", settings.rasa_url.rsplit(":", 1)[1], "--model", str(model)),
        *("--endpoints", str(endpoints), "--credentials", str(credentials)),
    ]
    return replace(command, arguments=arguments)


def _hold(store: Path) -> None:
    with closing(sqlite3.connect(store, timeout=60, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(HELD_S)
        connection.execute("ROLLBACK")
