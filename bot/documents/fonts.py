"""The Chinese font of pictures and PDFs: found by name, or a clear word on how to get one."""

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bot.domain.errors import BotError

FAMILY = "Noto Sans CJK SC"

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local" / "share" / "fonts",
    Path.home() / ".fonts",
)

REGULAR = ("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf")
BOLD = ("NotoSansCJK-Bold.ttc", "NotoSansCJKsc-Bold.otf", "NotoSansSC-Bold.otf")

HOW_TO_GET_ONE = (
    "没有找到中文字体 (no Chinese font): Debian/Ubuntu 请安装 fonts-noto-cjk, "
    "其他系统请把 NotoSansCJK-Regular.ttc 放到 ~/.local/share/fonts"
)


class FontMissing(BotError):
    """No Chinese font, or nothing to set it with; pages would show empty boxes."""


def find_fonts(folders: Iterable[Path] = FOLDERS) -> tuple[Path, Path]:
    """Return the files of the regular and the bold font; the regular one twice without a bold.

    Raises:
        FontMissing: There is none.
    """
    return _search(tuple(folders))


@lru_cache(maxsize=4)
def _search(folders: tuple[Path, ...]) -> tuple[Path, Path]:
    wanted = {*REGULAR, *BOLD}
    found: dict[str, Path] = {}
    for folder in folders:
        for parent, _, names in os.walk(folder):
            for name in wanted.intersection(names):
                found.setdefault(name, Path(parent) / name)
    regular = next((found[name] for name in REGULAR if name in found), None)
    if regular is None:
        raise FontMissing(HOW_TO_GET_ONE)
    return regular, next((found[name] for name in BOLD if name in found), regular)
