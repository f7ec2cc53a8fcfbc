"""Pictures of measures as SVG element trees: pure functions, the same bytes for the same numbers."""

from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.sleep import NightBar, sleep_efficiency, sleep_raster
from iopkit.charts.svg import to_svg
from iopkit.charts.trend import Band, Point, Scale, trend

__all__ = [
    "Band",
    "Element",
    "Figure",
    "NightBar",
    "Point",
    "Scale",
    "Table",
    "sleep_efficiency",
    "sleep_raster",
    "to_svg",
    "trend",
]
