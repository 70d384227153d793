"""Keys that are not in the database: from the settings, else made once and kept in `var/`."""

import secrets
from functools import lru_cache
from pathlib import Path

from bot.data_keys import keep_once
from bot.domain.audit_chain import AuditKeys

AUDIT_KEY_FILE = "audit.key"
SECRET_KEY_FILE = "secret.key"  # noqa: S105 - the name of a file


def audit_keys(chosen: str, state_dir: Path) -> AuditKeys:
    """Return the keys of the audit log.

    Args:
        chosen: `XIAOER_AUDIT_KEY`: one key, or several with commas between, the newest first.
        state_dir: Where a key is made and kept when none was chosen.
    """
    given = [one.strip() for one in chosen.split(",") if one.strip()]
    return AuditKeys(given or [kept_key(state_dir / AUDIT_KEY_FILE)])


@lru_cache(maxsize=8)
def kept_key(path: Path) -> str:
    """Return the key in a file; the first one to ask makes it, readable by its owner only."""
    if not path.exists():
        keep_once(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8").strip()
