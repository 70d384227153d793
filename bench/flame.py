"""Draw a flame graph of folded stacks, as a picture that needs no script.

Usage: python -m bench.flame FOLDED PICTURE.svg --title TEXT [--from FRAME]

FOLDED is what `py-spy record --format raw` writes: frames with semicolons between them, then the
number of samples. Only what lies above the frame `--from` is drawn.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

WIDTH, ROW, TOP = 1200, 17, 44
NARROWEST = 0.6
SIGN = 6.1
"""Pixels: of a picture, a frame, the title, the narrowest box drawn, and a letter."""

DEEPEST = 36
"""Levels that are drawn; a schema that checks itself goes down a hundred."""

SHORTEST = 4
"""Letters of a name that are worth writing into a box."""

COLOURS = {"rasa/": "#e8a15c", "bot/": "#7fb069", "sqlalchemy": "#9d8cc4", "aiohttp": "#6fa8dc"}
OTHER = "#d0cabf"


@dataclass
class Frame:
    """One box: samples in it and in what it called."""

    samples: int = 0
    inside: dict[str, "Frame"] = field(default_factory=dict)


def read(folded: Path, root: str) -> Frame:
    """Return the stacks as a tree, each from the first frame that contains `root` on."""
    top = Frame()
    for line in folded.read_text(encoding="utf-8").splitlines():
        stack, _, number = line.rpartition(" ")
        frames = stack.split(";")
        start = next((at for at, one in enumerate(frames) if root in one), None)
        if start is None:
            continue
        at = top
        at.samples += int(number)
        for name in frames[start:]:
            at = at.inside.setdefault(name.rpartition(":")[0] or name, Frame())
            at.samples += int(number)
    return top


def boxes(
    frame: Frame, x: float, level: int, scale: float
) -> Iterator[tuple[float, int, str, int]]:
    """Yield each box that is wide enough to be seen, callers before what they call."""
    for name, one in sorted(frame.inside.items()):
        if one.samples * scale >= NARROWEST and level < DEEPEST:
            yield x, level, name, one.samples
            yield from boxes(one, x, level + 1, scale)
        x += one.samples * scale


def draw(top: Frame, title: str) -> str:
    """Return the picture."""
    scale = WIDTH / max(top.samples, 1)
    found = list(boxes(top, 0, 0, scale))
    height = TOP + ROW * (max((level for _, level, _, _ in found), default=0) + 1) + 8
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            'font-family="monospace" font-size="10">'
        ),
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="6" y="20" font-size="15">{escape(title)}</text>',
        (
            f'<text x="6" y="36">{top.samples} samples; orange Rasa, green ours, violet database, '
            "blue calls of actions</text>"
        ),
    ]
    for x, level, name, samples in found:
        width, y = samples * scale, TOP + level * ROW
        colour = next((one for part, one in COLOURS.items() if part in name), OTHER)
        shown = name[: max(int(width / SIGN) - 1, 0)]
        text = f'<text x="{x + 3:.1f}" y="{y + 12}">{escape(shown)}</text>'
        share = samples / top.samples
        lines.append(
            f'<g><title>{escape(name)} {share:.1%}</title><rect x="{x:.1f}" y="{y}" '
            f'width="{width:.1f}" height="{ROW - 1}" fill="{colour}"/>'
            f"{text if len(shown) >= SHORTEST else ''}</g>"
        )
    return "\n".join([*lines, "</svg>\n"])


def main() -> None:
    """Draw one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folded", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--title", required=True)
    parser.add_argument("--from", dest="root", default="handle_message (rasa/core/processor.py")
    options = parser.parse_args()
    options.picture.write_text(draw(read(options.folded, options.root), options.title), "utf-8")


if __name__ == "__main__":
    main()
