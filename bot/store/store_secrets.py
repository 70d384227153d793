"""Keys that a unit of work needs and the database does not hold."""

from dataclasses import dataclass
from pathlib import Path

from bot.store.audit import LoadKeys, no_keys
from bot.store.keys import SECRET_KEY_FILE, audit_keys, kept_key
from bot.store.sealed_text import SecretBox
from bot.store.second_factors import LoadBox, no_key


@dataclass(frozen=True)
class StoreSecrets:
    """Keys that the database itself does not hold; read when they are needed first.

    Attributes:
        audit_keys: Of the seals in the audit log.
        box: Encrypts the secrets of second factors.
    """

    audit_keys: LoadKeys = no_keys
    box: LoadBox = no_key


NO_SECRETS = StoreSecrets()


def store_secrets(audit_key: str, secret_key: str, state_dir: Path) -> StoreSecrets:
    """Return the keys as the settings say; what they leave open is made and kept in `var/`."""

    def box() -> SecretBox:
        return SecretBox(secret_key or kept_key(state_dir / SECRET_KEY_FILE))

    return StoreSecrets(lambda: audit_keys(audit_key, state_dir), box)
