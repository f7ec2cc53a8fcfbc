"""Hour by weekday: when in the week something happens, a row an hour and a column a weekday."""

from iopkit.charts.axis import RIGHT, WIDTH, draw_figure, element, label
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import WEEKDAYS, clock_label, plural
from iopkit.measures.shapes import Cell, Hours

LEFT = 46
TOP = 24
ROW = 18
LEAST_ROWS = 8
SHADES = 4


def hour_grid(title: str, found: Hours) -> Figure:
    """Return the grid from the first to the last hour that has something, each cell with its number."""
    first, last = hour_range(found)
    counted = {(cell.weekday, cell.hour): cell for cell in found.cells}
    highest = max([1, *(cell.n for cell in found.cells)])
    summary = describe(title, found)
    width = (WIDTH - LEFT - RIGHT) / 7
    drawn = [label(name, LEFT + width * (day + 0.5), 15, "middle") for day, name in enumerate(WEEKDAYS)]
    for hour in range(first, last + 1):
        y = TOP + ROW * (hour - first)
        if (hour - first) % 2 == 0:
            drawn.append(label(clock(hour), LEFT - 6, y + 13, "end"))
        for day in range(7):
            place = (LEFT + width * day, y, width)
            drawn.append(draw_cell(counted.get((day, hour)), place, highest, found, (day, hour)))
    height = TOP + ROW * (last - first + 1) + 24
    drawn.append(label(f"How many {found.many}. Darker is more.", LEFT, height - 7))
    rows = [
        [f"{WEEKDAYS[cell.weekday]} {clock(cell.hour)}", str(cell.n), cell.note or "–"]
        for cell in found.cells
    ]
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, height, drawn),
        table=Table(head=["Hour from", found.many.capitalize(), "Note"], rows=rows),
    )


def hour_range(found: Hours) -> tuple[int, int]:
    """Return the first and last hour to draw: from the first to the last that has something, eight at least.

    >>> hour_range(Hours((Cell(0, 21, 1), Cell(3, 22, 2)), "urge", "urges"))
    (15, 22)
    """
    hours = [cell.hour for cell in found.cells] or [12]
    first, last = min(hours), max(hours)
    missing = max(LEAST_ROWS - (last - first + 1), 0)
    last = min(last + missing // 2 if last < 20 else last, 23)
    return max(min(first, last - LEAST_ROWS + 1), 0), max(last, LEAST_ROWS - 1)


def clock(hour: int) -> str:
    """Return an hour on the 12-hour clock.

    >>> clock(0), clock(13)
    ('12 am', '1 pm')
    """
    return clock_label(hour * 60).replace(":00", "")


def describe(title: str, found: Hours) -> str:
    """Return one sentence: how many in all, and the weekday and the hour that have most, if one has."""
    total = sum(cell.n for cell in found.cells)
    if not total:
        return f"{title}: nothing to show yet."
    days = [sum(cell.n for cell in found.cells if cell.weekday == day) for day in range(7)]
    hours = [sum(cell.n for cell in found.cells if cell.hour == hour) for hour in range(24)]
    most = []
    if days.count(max(days)) == 1:
        most.append(f"on {WEEKDAYS[days.index(max(days))]} ({max(days)})")
    if hours.count(max(hours)) == 1:
        most.append(f"from {clock(hours.index(max(hours)))} ({max(hours)})")
    rest = f": most {' and '.join(most)}" if most else ", spread over the week"
    return f"{plural(total, found.one, found.many)} with a time{rest}."


def draw_cell(
    cell: Cell | None, place: tuple[float, float, float], highest: int, found: Hours, at: tuple[int, int]
) -> Element:
    """Return one hour of a weekday: empty, or its shade and number."""
    x, y, width = place
    shade = 0 if cell is None else max(1, round(SHADES * cell.n / highest))
    name = "chart-none" if cell is None else f"chart-heat-{shade}"
    box = element("rect", x=x + 1, y=y + 1, width=width - 2, height=ROW - 2, rx=2, class_=name)
    if cell is None:
        return box
    note = f", {cell.note}" if cell.note else ""
    said = f"{WEEKDAYS[at[0]]} from {clock(at[1])}: {plural(cell.n, found.one, found.many)}{note}"
    number = label(str(cell.n), x + width / 2, y + 13, "middle", "chart-text chart-value")
    return element("g", [element("title", [said]), box, number])
