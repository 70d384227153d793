"""Reads `data/desk/accounts.yml`; refuses a file with holes."""

from pathlib import Path

from ruamel.yaml import YAML

from bot.domain.permissions import Role
from bot.services.accounts.words import AccountWords
from bot.store.desk_texts import BadDeskFile
from bot.store.read_once import read_files_once


@read_files_once("desk/accounts.yml")
def load_account_words(data_dir: Path) -> AccountWords:
    """Read the words of accounts; raises `BadDeskFile`."""
    path = data_dir / "desk" / "accounts.yml"
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        words = AccountWords(
            roles={Role(role): str(name) for role, name in content["roles"].items()},
            reasons=tuple(map(str, content["reasons"])),
            details={str(word): str(name) for word, name in content["details"].items()},
            actions={str(word): str(name) for word, name in content["actions"].items()},
        )
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadDeskFile(f"{path.name}: {error!r}") from error
    missing = [role.value for role in Role if role not in words.roles]
    if missing or not words.reasons:
        raise BadDeskFile(f"{path.name}: no words for {missing or 'reasons'}")
    return words
