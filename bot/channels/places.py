"""Where the districts are, for whoever sends a place: `data/channels/places.yml`."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Places:
    """Where the seats of the districts are, roughly.

    Attributes:
        points: District code to degrees north and east.
        farthest_km: From there on a place is not in the city.
    """

    points: Mapping[str, tuple[float, float]]
    farthest_km: float

    def nearest(self, latitude: float, longitude: float, count: int = 3) -> list[str]:
        """Return the codes of the nearest districts, none when all are too far."""
        away = sorted(
            (_distance_km((latitude, longitude), point), code)
            for code, point in self.points.items()
        )
        return [code for km, code in away[:count]] if away[0][0] <= self.farthest_km else []


def load_places(data_dir: Path) -> Places:
    """Return where the districts are."""
    file = data_dir / "channels" / "places.yml"
    raw = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    points = {code: (float(one[0]), float(one[1])) for code, one in raw["points"].items()}
    return Places(points=points, farthest_km=float(raw["farthest_km"]))


def _distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance on a sphere; good to half a per cent."""
    north, east, far_north, far_east = map(math.radians, (*one, *other))
    share = (
        math.sin((far_north - north) / 2) ** 2
        + math.cos(north) * math.cos(far_north) * math.sin((far_east - east) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(share))
