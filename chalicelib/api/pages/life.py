"""A report's life as a picture and a table, both drawn from the status machine itself."""

from collections.abc import Iterable

from chalicelib.api.pages.html import Html, both, code, el, join
from chalicelib.api.sentences import labels
from chalicelib.domain.reference.limits import STAGES
from chalicelib.domain.reports.clockwork import STAGE_OF
from chalicelib.domain.reports.life import TRANSITIONS, ends
from chalicelib.domain.reports.model import OPEN, Action, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.powers import by_whom

type Step = tuple[Action, tuple[Status, ...]]

S = Status
WIDTH, HEIGHT, HALF = 128, 46, 23
ASIDE = 24  # from the middle of a box, where an arrow up passes one down
# Where each status stands in the picture: from left to right, the way a report usually goes.
PLACES = {
    S.SUBMITTED: (10, 110),
    S.WITH_VILLAGE: (220, 20),
    S.WITH_CENTRE: (220, 200),
    S.DISPATCHED: (430, 200),
    S.COORDINATING: (430, 310),
    S.IN_HANDLING: (640, 200),
    S.SUSPENDED: (640, 310),
    S.RESOLVED: (850, 20),
    S.CLOSED: (850, 110),
}
HEADS = ("状态 Status", "可做的事 Action", "之后 Then", "由谁 By")


def _in_all(statuses: Iterable[Status]) -> frozenset[Action]:
    """What may be done in each of them and leaves it where it is."""
    staying = ({a for (at, a), nexts in TRANSITIONS.items() if nexts == (at,) == (status,)} for status in statuses)
    return frozenset.intersection(*map(frozenset, staying))


# What is possible in every status, and what in every open one, is said once.
SHARED = {"life.always": _in_all(S), "life.open": _in_all(OPEN) - _in_all(S)}


def picture() -> Html:
    """The statuses a report passes through, with an arrow for every step of the table between them."""
    arrows: dict[tuple[Status, Status], list[str]] = {}
    for (status, action), nexts in TRANSITIONS.items():
        for after in nexts:
            if status in PLACES and after in PLACES and status is not after:
                arrows.setdefault((status, after), []).append(labels()[f"action.{action}"][0])
    lines = [_arrow(a, b, "、".join(actions)) for (a, b), actions in arrows.items()]
    boxes = [_box(status, x, y) for status, (x, y) in PLACES.items()]
    tip = el("path", d="M0 0 8 4 0 8Z")
    marker = el(
        "marker", tip, id="tip", viewBox="0 0 8 8", refX=7, refY=4, markerWidth=7, markerHeight=7, orient="auto"
    )
    drawn = el(
        "svg", el("defs", marker), *lines, *boxes, viewBox="0 0 990 400", role="img", aria_label="status machine"
    )
    return el("figure", drawn, el("figcaption", both(labels()["life.picture"])))


def _box(status: Status, x: int, y: int) -> Html:
    zh, _ = labels()[f"status.{status}"]
    middle = x + WIDTH / 2
    return el(
        "g",
        el("rect", x=x, y=y, width=WIDTH, height=HEIGHT, rx=10),
        el("text", zh, x=middle, y=y + 20, class_="zh"),
        el("text", status.value, x=middle, y=y + 37, class_="id"),
        class_="ended" if ends(status) else None,
    )


def _arrow(a: Status, b: Status, said: str) -> Html:
    (x1, y1), (x2, y2) = PLACES[a], PLACES[b]
    return el(
        "path",
        el("title", f"{a} → {b}: {said}"),
        d=_curve(x1, y1, x2, y2),
        class_="on" if (x2, y2) > (x1, y1) else "back",
    )


def _curve(x1: int, y1: int, x2: int, y2: int) -> str:
    """Onwards from side to side; up or down within a column; back in a bow below."""
    if x2 > x1:
        bend = (x2 - x1 - WIDTH) / 2
        return _cubic(
            (x1 + WIDTH, y1 + HALF), (x1 + WIDTH + bend, y1 + HALF), (x2 - bend, y2 + HALF), (x2 - 2, y2 + HALF)
        )
    if x1 == x2:
        down = y2 > y1
        x = x1 + WIDTH / 2 + (ASIDE if down else -ASIDE)
        return f"M{x} {y1 + HEIGHT if down else y1} L{x} {y2 - 2 if down else y2 + HEIGHT + 2}"
    low = max(y1, y2) + HEIGHT + 34
    start, end = x1 + WIDTH / 2 - ASIDE, x2 + WIDTH / 2 + ASIDE
    return _cubic((start, y1 + HEIGHT), (start, low), (end, low), (end, y2 + HEIGHT + 2))


def _cubic(*points: tuple[float, float]) -> str:
    start, *rest = (f"{x} {y}" for x, y in points)
    return f"M{start} C{' '.join(rest)}"


def steps() -> Html:
    """The table: in this status, these steps."""
    shared: dict[str, list[Step]] = {
        key: [(action, ()) for action in Action if action in group] for key, group in SHARED.items()
    }
    groups = [_group(_named(status), _particular(status)) for status in S]
    groups += [_group(both(labels()[key]), actions) for key, actions in shared.items()]
    head = el("thead", el("tr", *(el("th", name) for name in HEADS)))
    return el("div", el("table", head, *groups), class_="wide life")


def _particular(status: Status) -> list[Step]:
    """What is peculiar to a status, in the order of the table."""
    anyway = frozenset.union(*SHARED.values())
    return [(action, nexts) for (at, action), nexts in TRANSITIONS.items() if at is status and action not in anyway]


def _named(status: Status) -> Html:
    stage = STAGE_OF.get(status)
    limit = el("span", f"limits.{stage}_h", class_="limit") if stage in STAGES else None
    return join(both(labels()[f"status.{status}"]), Html("<br>"), code(status.value), " ", limit)


def _group(name: Html, actions: list[Step]) -> Html | None:
    """The rows of one status, which is named once."""
    first = el("td", name, rowspan=len(actions))
    rows = [el("tr", None if place else first, *_cells(*each)) for place, each in enumerate(actions)]
    return el("tbody", *rows) if rows else None


def _cells(action: Action, nexts: tuple[Status, ...]) -> list[Html]:
    after = " / ".join(labels()[f"status.{one}"][0] for one in nexts) or "—"
    by = "、".join(labels()[f"party.{party}"][0] for party in Party if party in by_whom(action))
    step = el("td", labels()[f"action.{action}"][0], " ", code(action.value))
    return [step, el("td", after), el("td", by)]
