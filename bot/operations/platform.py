"""`xiaoer platform`: the reference platform, for trying the contract out on one machine."""

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.operations.readiness import local_address
from bot.platform.signing import Keyring, read_keys
from bot.reference_platform.faults import Faults
from bot.reference_platform.reference import Reference
from bot.reference_platform.rows import NoSuchCase
from bot.reference_platform.server import serve, utc_now
from bot.reference_platform.store import (
    MoveRefused,
    NewReferenceCase,
    ReferenceStore,
)
from bot.services.times.local_time import LOCAL
from bot.settings import Settings
from bot.store.catalogue.loader import load_catalogue

FOLDER = "reference-platform"
SECRET_BYTES = 24


def run_platform(settings: Settings, display: Display, *, port: int, has_faults: bool) -> None:
    """Seed and serve the reference platform until Ctrl-C; prints the settings that use it."""
    store = open_platform(settings)
    keys = platform_keys(settings)
    added = seed_platform(settings, store, utc_now())
    display.line(f"参考审批平台 (reference platform): http://127.0.0.1:{port}/  +{added}")
    display.line("小二的 .env 里写 (settings of the hub and the actions):")
    display.line(f"  XIAOER_PLATFORM_URL=http://127.0.0.1:{port}")
    display.line(f"  XIAOER_PLATFORM_KEYS={keys}")
    faults = Faults() if has_faults else None
    serve(
        Reference(store, _keyring(settings, keys), local_address(settings), utc_now, faults), port
    )


def move_case(
    settings: Settings,
    number: str,
    state: str,
    *,
    text: str,
    missing: list[str],
    is_forced: bool,
) -> None:
    """Move a case of the reference platform, running or not; a running one pushes it at once.

    Raises:
        OperationFailed: No such case, or the state cannot follow.
    """
    store = open_platform(settings)
    try:
        store.move(number, state, utc_now(), text=text, missing=missing, is_forced=is_forced)
    except NoSuchCase as error:
        raise OperationFailed(f"参考平台没有办件 {number} (no such case)") from error
    except MoveRefused as error:
        raise OperationFailed(f"不能这样转 (refused): {error}") from error


def list_platform(settings: Settings) -> list[str]:
    """Return a line for each case of the reference platform."""
    cases = open_platform(settings).all_cases()
    return [
        f"{one['number']}  {one['state']}  {one['matter']['name']}  {one['applicant_name']}"
        for one in cases
    ]


def open_platform(settings: Settings) -> ReferenceStore:
    """Open the platform's own file, apart from all other data."""
    return ReferenceStore(settings.state_dir / FOLDER / "platform.db")


def platform_keys(settings: Settings) -> str:
    """Return the keys of the settings, or those made on the first run of the platform here."""
    if settings.platform_keys:
        return settings.platform_keys
    file = settings.state_dir / FOLDER / "keys"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(f"reference:{secrets.token_urlsafe(SECRET_BYTES)}", encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()


def seed_platform(settings: Settings, store: ReferenceStore, now: datetime) -> int:
    """Receive the demo cases that are not there yet; returns how many."""
    catalogue = load_catalogue(settings.data_dir / "catalogue")
    added = 0
    for one in _seed(settings.data_dir / "seed" / "platform.yml"):
        matter = catalogue.matters[one["matter"]]
        new = NewReferenceCase(
            number=one["number"],
            matter=matter.id,
            matter_name=matter.name,
            applicant_name=one["applicant"],
            phone=one["phone"],
            code=one["code"],
            district=one["district"],
            department=one["department"],
            promised=one.get("promised"),
            statutory=one.get("statutory"),
            department_phone=one.get("department_phone"),
            demo=True,
        )
        added += store.add(new, now.astimezone(LOCAL))
    return added


def _seed(file: Path) -> list[dict[str, Any]]:
    content: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(
        file.read_text(encoding="utf-8")
    )
    return content["cases"]


def _keyring(settings: Settings, keys: str) -> Keyring:
    return read_keys(keys, settings.platform_algorithm)
