"""What staff usually say with an action on a kind of matter (`data/responses.csv`): a start, which they then change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.areas.model import Areas
from chalicelib.domain.errors import Invalid
from chalicelib.domain.notifications.messages import Both, blanks
from chalicelib.domain.reference.calendar import ZONE, local_day
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reference.tables import parsed
from chalicelib.domain.reference.taxonomy import Taxonomy
from chalicelib.domain.reports.model import SYSTEM, Action, Report

TABLE = "responses"
COLUMNS = ("kind", "action", "zh", "en")
ANY = "*"  # whatever kind, and what has none yet
LONGEST = 1000  # characters: with its blanks filled it still is a text that an action takes
BLANKS = frozenset({"kind", "place", "department", "due", "promised", "date"})
OPEN = ("＿＿", "____")  # stands where nothing is known to fill a blank with


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One row. `kind` is a kind's code, a group's, or ANY."""

    kind: str
    action: Action
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A response as it reads for one report; `missing` are the blanks that somebody has to fill in."""

    kind: str
    zh: str
    en: str
    missing: tuple[str, ...]


def read(body: bytes) -> tuple[Response, ...]:
    """Parse an edition. Raises Invalid naming the line: an unknown action or blank, a text too long or given twice."""
    known: set[tuple[str, Action, str]] = set()

    def parse(cells: dict[str, str]) -> Response:
        row = Response(kind=cells["kind"], action=Action(cells["action"]), zh=cells["zh"], en=cells["en"])
        if row.kind != ANY and not (row.kind.isascii() and row.kind.isdigit() and len(row.kind) in (2, 4)):
            raise ValueError("kind")
        if row.action in SYSTEM or (row.kind, row.action, row.zh) in known:
            raise ValueError("action")
        _check(row)
        known.add((row.kind, row.action, row.zh))
        return row

    return tuple(parsed(TABLE, body, COLUMNS, parse))


def _check(row: Response) -> None:
    for text in (row.zh, row.en):
        if not text.strip() or len(text) > LONGEST:
            raise ValueError("zh, en")
    if unknown := blanks(row.zh) - BLANKS:
        raise ValueError(f"{{{min(unknown)}}}")
    if blanks(row.zh) != blanks(row.en):
        raise ValueError("zh, en")


def check_kinds(rows: Iterable[Response], taxonomy: Taxonomy) -> None:
    """Whether every kind and group is in the taxonomy. Raises Invalid (`unknown_kind`)."""
    for row in rows:
        if row.kind not in (ANY, *taxonomy.kinds, *taxonomy.groups):
            raise Invalid("unknown_kind", kind=row.kind)


def fitting(rows: Iterable[Response], action: Action, kind: str | None) -> list[Response]:
    """Those for this action and kind, the most specific first: of the kind, of its group, of any. Else as they stand
    in the table."""
    order = [*([kind, kind[:2]] if kind else []), ANY]
    return sorted(
        (row for row in rows if row.action is action and row.kind in order), key=lambda r: order.index(r.kind)
    )


def facts(report: Report, *, rules: Rulebook, areas: Areas, now: datetime) -> dict[str, Both | None]:
    """What fills the blanks for this report; None where nothing is known. Times are local."""
    kind = rules.taxonomy.kinds.get(report.nature.kind or "")
    body = rules.departments.by_code.get(report.department or (kind.lead if kind else ""))
    village = next((one for one in areas.villages if one.code == report.place.village), None)
    today = datetime.fromisoformat(local_day(now))
    return {
        "kind": (kind.zh, kind.en) if kind else None,
        "place": (village.name, village.name_en) if village else None,
        "department": (body.zh, body.en) if body else None,
        "due": _moment(report.due_at),
        "promised": _moment(report.promised_at),
        "date": (_day(today), f"{today:%Y-%m-%d}"),
    }


def filled(row: Response, known: Mapping[str, Both | None]) -> Filled:
    """The response with its blanks filled."""
    zh, en = ({name: (words or OPEN)[tongue] for name, words in known.items()} for tongue in (0, 1))
    missing = tuple(sorted(name for name in blanks(row.zh) if known[name] is None))
    return Filled(kind=row.kind, zh=row.zh.format_map(zh), en=row.en.format_map(en), missing=missing)


def _moment(at: datetime | None) -> Both | None:
    if at is None:
        return None
    local = at.astimezone(ZONE)
    return f"{_day(local)}{local:%H:%M}", f"{local:%Y-%m-%d %H:%M}"


def _day(local: datetime) -> str:
    return f"{local.month}月{local.day}日"
