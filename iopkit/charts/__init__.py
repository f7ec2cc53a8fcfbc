"""Pictures of measures as SVG element trees: pure functions, the same bytes for the same numbers."""

from iopkit.charts.figure import Element, Figure, Pictures, Table
from iopkit.charts.pictures import pictures
from iopkit.charts.sleep import NightBar, night_bar, sleep_efficiency, sleep_raster
from iopkit.charts.svg import to_svg
from iopkit.charts.trend import Band, Point, Scale, trend

__all__ = [
    "Band",
    "Element",
    "Figure",
    "NightBar",
    "Pictures",
    "Point",
    "Scale",
    "Table",
    "night_bar",
    "pictures",
    "sleep_efficiency",
    "sleep_raster",
    "to_svg",
    "trend",
]
