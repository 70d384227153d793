"""The reference platform on a real socket, and a clock that both sides share."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.cases import CASE_STATE_LABELS
from bot.platform.breaker import Breaker
from bot.platform.client import HttpPlatform
from bot.platform.signing import Keyring, read_keys
from bot.reference_platform.faults import Faults
from bot.reference_platform.reference import Reference
from bot.reference_platform.server import create_platform, utc_now
from bot.reference_platform.store import NewReferenceCase, ReferenceStore
from bot.services.cases import cases
from bot.services.cases.views import CaseView
from bot.services.platform.lookup import Platform
from bot.services.platform.ports import (
    EntryKind,
    PlatformCase,
    PlatformEntry,
    PlatformStand,
    PlatformState,
    PlatformStep,
)
from tests.casework_factories import LI_LEI, NOW, OpenUnit, calendar, catalogue
from tests.servers import ServerThread

KEYS = "k1:a-secret-of-the-tests-1, k0:an-older-secret-of-tests"
NUMBER = "371500201901020001"
OTHER = "371500201901020002"
PHONE = "13900139000"
CODE = "91440101MA5CJQ4N59"


class RunningClock:
    """Runs as fast as the real one, from a working morning on; can be moved ahead."""

    def __init__(self, begins: datetime = NOW) -> None:
        self._ahead = begins - timedelta(seconds=time.monotonic())

    def __call__(self) -> datetime:
        return self._ahead + timedelta(seconds=time.monotonic())

    def follow_real_time(self) -> None:
        self._ahead = utc_now() - timedelta(seconds=time.monotonic())

    def pass_time(self, **time_passed: float) -> None:
        self._ahead += timedelta(**time_passed)


@dataclass
class Bench:
    """A running reference platform with 李雷's cases."""

    store: ReferenceStore
    keys: Keyring
    clock: RunningClock
    faults: Faults
    server: ServerThread
    clients: list[HttpPlatform] = field(default_factory=list)

    def client(self, url: str = "", keys: str = KEYS, algorithm: str = "HMAC-SM3") -> HttpPlatform:
        """Return a client whose breaker opens late enough for tests of single faults."""
        made = HttpPlatform(
            url or self.server.url,
            read_keys(keys, algorithm),
            clock=lambda: self.clock().timestamp(),
            breaker=Breaker(time.monotonic, failures=50),
        )
        self.clients.append(made)
        return made

    def platform(self, **changes: object) -> Platform:
        values: dict[str, object] = {"within_s": 2.0, "fresh_for": timedelta(0), **changes}
        return Platform(self.client(), catalogue(), **values)  # type: ignore[arg-type]  # as given

    def receive(self, number: str = NUMBER, phone: str = PHONE, code: str = CODE) -> str:
        new = NewReferenceCase(
            number=number,
            matter="lic-food-operate",
            matter_name="食品经营许可",
            applicant_name="李雷火锅店",
            phone=phone,
            code=code,
            district="371502",
            department="行政审批服务局",
            promised=5,
            statutory=20,
        )
        self.store.add(new, self.clock())
        return number

    def move(self, *states: str, number: str = NUMBER, text: str = "") -> None:
        for state in states:
            missing = ("健康证明",) if state == "补正" else ()
            self.store.move(number, state, self.clock(), text=text, missing=missing, is_forced=True)


@contextmanager
def bench(folder: Path, push_to: str = "", *, is_serving: bool = True) -> Iterator[Bench]:
    """Run a reference platform with one case."""
    store = ReferenceStore(folder / "reference" / "platform.db")
    clock, faults, keys = RunningClock(), Faults(), read_keys(KEYS)
    web = create_platform(Reference(store, keys, push_to, clock, faults))
    made = Bench(store, keys, clock, faults, ServerThread(web))
    made.receive()
    faults.set("no_push")  # nobody listens yet, and the first try again would come late
    if is_serving:
        made.server.start()
    try:
        yield made
    finally:
        for client in made.clients:
            client.close()
        made.server.stop()


STAND = PlatformStand((), (PlatformStep("收件", "行政审批服务局"),), "06350000999")


def ask(
    unit: OpenUnit,
    used: Platform | None,
    proof: str | None = PHONE[-4:],
    *,
    number: str = NUMBER,
    who: str = LI_LEI,
    now: datetime = NOW,
) -> CaseView:
    return cases.find_case(
        unit,
        number=number,
        credential=proof,
        conversation_id=who,
        now=now,
        calendar=calendar(),
        platform=used,
    )


def entry(sequence: int, words: str, **changes: object) -> PlatformEntry:
    known = next((one for one, label in CASE_STATE_LABELS.items() if label == words), None)
    at = NOW + timedelta(minutes=sequence)
    made = PlatformEntry(
        f"{NUMBER}-{sequence}", sequence, at, EntryKind.STATE, PlatformState(known, words)
    )
    return replace(made, **changes)  # type: ignore[type-var]  # as given


def told(*words: str, entries: tuple[PlatformEntry, ...] = ()) -> PlatformCase:
    return PlatformCase(
        number=NUMBER,
        matter="lic-food-operate",
        matter_name="食品经营许可",
        applicant_name="李雷火锅店",
        district_id="371502",
        department="行政审批服务局",
        promised=5,
        statutory=20,
        stand=STAND,
        entries=entries or tuple(entry(place, one) for place, one in enumerate(words, 1)),
        grant="a-grant-of-the-tests",
    )
