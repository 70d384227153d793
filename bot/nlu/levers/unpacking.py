"""Unpacks a model in one pass.

Stock Rasa reads through the archive of a model twice: to see that no name in it leads out of the
folder, and to unpack it. Here each member is judged right before it is unpacked. What was unpacked
before a bad one lies in a temporary folder that goes with the error.
"""

import tarfile
from pathlib import Path
from typing import Any

from rasa.engine.storage.local_model_storage import LocalModelStorage
from tarsafe.tarsafe import TarSafe, TarSafeException

from bot.nlu.levers.lever import Lever, Replaced


def _extract(model_archive_path: str | Path, temporary_directory: Path) -> None:
    with TarSafe.open(model_archive_path, mode="r|gz") as archive:  # type: ignore[no-untyped-call]
        for member in archive:
            require_safe(archive, member)
            tarfile.TarFile.extract(archive, member, temporary_directory)
    LocalModelStorage._assert_not_rasa2_archive(temporary_directory)  # noqa: SLF001 - this stands in for a method of it


def require_safe(archive: Any, member: tarfile.TarInfo) -> None:
    """Refuse a member as `TarSafe` does.

    Raises:
        TarSafeException: Its name or link leads out of the folder, or it is a device.
    """
    checks = (
        archive._is_traversal_attempt,  # noqa: SLF001
        archive._is_unsafe_symlink,  # noqa: SLF001
        archive._is_unsafe_link,  # noqa: SLF001
        archive._is_device,  # noqa: SLF001
    )
    if any(check(member) for check in checks):
        raise TarSafeException(f"Unsafe member of a model: {member.name}")


def _pull() -> None:
    LocalModelStorage._extract_archive_to_directory = staticmethod(_extract)  # type: ignore[method-assign]  # noqa: SLF001


LEVER = Lever(
    "unpacking",
    _pull,
    (
        Replaced(LocalModelStorage._extract_archive_to_directory, "e40a993fe5d941e7"),  # noqa: SLF001
        Replaced(TarSafe.extractall, "304714d8915260b9"),
        Replaced(TarSafe._safetar_check, "f6e74d6bda6ee1d2"),  # noqa: SLF001
    ),
)
