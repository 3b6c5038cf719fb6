"""A point on the map -> the Kreise (and Berlin Bezirke) that it lies in or near."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon, STRtree, make_valid, points, shortest_line
from shapely.geometry.base import BaseGeometry

from bot.core.places.records import Border

KM_PER_DEGREE = 111.2
# The outlines are simplified: points changed sides up to 450 m from the border, so ask there.
NEAR_KM = 0.5
# Just outside every outline (a pier, a simplified coast or state border) still counts as inside.
COAST_KM = 3.0
_STRETCH = cos(radians(51.0))


@dataclass(frozen=True, slots=True)
class Area:
    """A Kreis or Berlin Bezirk near a point."""

    kreis: str
    jobcenter: str
    km: float


class Borders:
    """The outlines in a search tree; longitudes are squeezed so that distances are even."""

    def __init__(self, borders: Sequence[Border]) -> None:
        self._borders = borders
        self._shapes: list[BaseGeometry] = [_even(border) for border in borders]
        self._tree = STRtree(self._shapes)

    def areas(self, latitude: float, longitude: float) -> tuple[Area, ...]:
        """Return the area of the point and those within 500 m, nearest first; none abroad."""
        point = points(longitude * _STRETCH, latitude)
        # at 47° to 55° north the squeeze of 51° is off by 9 % at most; search a little wider
        reach = COAST_KM * 1.2 / KM_PER_DEGREE
        near = self._tree.query(point, predicate="dwithin", distance=reach)
        found = sorted(self._area(int(index), point, latitude) for index in near)
        return _close([area for _, _, area in found])

    def _area(self, index: int, point: BaseGeometry, latitude: float) -> tuple[float, int, Area]:
        border = self._borders[index]
        line = shortest_line(self._shapes[index], point)
        (x0, y0), (x1, y1) = line.coords
        stretch = cos(radians(latitude)) / _STRETCH
        km = hypot((x1 - x0) * stretch, y1 - y0) * KM_PER_DEGREE
        return (km, index, Area(border.kreis, border.jobcenter, km))


def _close(areas: Sequence[Area]) -> tuple[Area, ...]:
    """Keep what is within 500 m; if nothing is, the nearest within 3 km."""
    within = [area for area in areas if area.km <= NEAR_KM]
    return tuple(within or [area for area in areas if area.km <= COAST_KM][:1])


def _even(border: Border) -> BaseGeometry:
    """Return the outline with longitudes squeezed; mended where rings touch."""
    polygons = [
        Polygon(_points(rings[0]), [_points(hole) for hole in rings[1:]]) for rings in border.parts
    ]
    outline: BaseGeometry = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    return outline if outline.is_valid else make_valid(outline)


def _points(ring: Sequence[float]) -> NDArray[np.float64]:
    points = np.array(ring).reshape(-1, 2)
    points[:, 0] *= _STRETCH
    return points
