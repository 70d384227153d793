"""Looks at the picture of a drawn signature before it is kept."""

import io

from PIL import Image, UnidentifiedImageError

MAX_SIDE = 2000
LEAST_INK = 60
"""Dark points; a dot from a resting finger has fewer."""

DARK = 128


def is_drawn(image: bytes) -> bool:
    """Tell whether a PNG can be read, is of sane size, and has ink on it."""
    try:
        with Image.open(io.BytesIO(image), formats=("PNG",)) as opened:
            if max(opened.size) > MAX_SIDE:
                return False
            colored = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return False
    paper = Image.new("RGBA", colored.size, "white")
    grey = Image.alpha_composite(paper, colored).convert("L")
    return sum(grey.histogram()[:DARK]) >= LEAST_INK
