"""Recognises questions that a hall, and no matter, answers."""

import re

LONGEST = 16
"""Characters; a longer text speaks of more than the hall."""

_HALL = re.compile("大厅|政务(服务)?中心|便民(服务)?中心|办事(服务)?中心")


def asks_for_hall(text: str) -> bool:
    """Tell whether the hall itself is asked for: "临清大厅在哪"."""
    return len(text) <= LONGEST and _HALL.search(text) is not None
