"""An entry of points as a row of a file, and what of it is shown: whose it is or what for, seldom both (ADR 0033).

To whom what for alone is shown, it is not of what people decided: by what they did he knows for whom (ADR 0044).
"""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.domain.exports.cells import MARK, line
from chalicelib.domain.exports.covers import Shown, covered_name, covered_phone
from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.exports.rows import Person, Words, local
from chalicelib.domain.people.model import Role
from chalicelib.domain.points.adjusting import is_told_apart
from chalicelib.domain.points.transfers import Transfer

R, C, M, H = Role, Shown.CLEAR, Shown.MASKED, Shown.HIDDEN


@dataclass(frozen=True, slots=True)
class LedgerCover:
    """How much is shown of whose an entry is, and of what it was given for: the report, and the instant."""

    courier: Shown
    source: Shown


# (role, personal data granted). Who reads both learns who reported: that is the centre's, where it has a ground.
COVERS: dict[tuple[Role, bool], LedgerCover] = {
    (R.CENTRE, True): LedgerCover(C, C),
    (R.CENTRE, False): LedgerCover(M, H),
    (R.ADMIN, True): LedgerCover(C, H),
    (R.ADMIN, False): LedgerCover(M, H),
    (R.COMMITTEE, False): LedgerCover(H, C),
    (R.AUDITOR, False): LedgerCover(H, C),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """All that a row is made of."""

    entry: Transfer
    courier: Person
    cover: LedgerCover

    @property
    def source(self) -> Shown:
        """How much is shown of what it was given for."""
        apart = self.cover.courier is H and is_told_apart(self.entry)
        return H if apart else self.cover.source


type Column = Callable[[Posted, Words], str]

# Headings are labels `ledger.<name>`.
COLUMNS: dict[str, Column] = {
    "day": lambda p, w: p.entry.day if p.source is C else local(p.entry.at)[:10],
    "courier": lambda p, w: _or_hidden(covered_name(p.courier.name, p.cover.courier), w),
    "phone": lambda p, w: _or_hidden(covered_phone(p.courier.phone, p.cover.courier), w),
    "kind": lambda p, w: w.label(f"entry_kind.{p.entry.kind}"),
    "rule": lambda p, w: p.entry.rule,
    "edition": lambda p, w: str(p.entry.edition or ""),
    "points": lambda p, w: str(p.entry.earned),
    "state": lambda p, w: w.label(f"entrystate.{p.entry.state}"),
    "honour": lambda p, w: w.label("word.yes" if p.entry.honour else "word.no"),
    "text": lambda p, w: p.entry.zh,
    "at": lambda p, w: _source(local(p.entry.at), p, w),
    "report": lambda p, w: _source(p.entry.report_id, p, w),
    "id": lambda p, w: _source(p.entry.id, p, w),
    "corrects": lambda p, w: _source(p.entry.corrects or "", p, w),
}


def cover(job: Job) -> LedgerCover:
    """What a job may show of every entry. KeyError for a role that asks for no entries: `asking` refuses it."""
    return COVERS[job.role, job.ground is not None]


def opening(words: Words) -> bytes:
    """The mark of the encoding, and the headings."""
    return MARK + line(words.label(f"ledger.{name}") for name in COLUMNS)


def row(posted: Posted, words: Words) -> bytes:
    """The entry's row."""
    return line(column(posted, words) for column in COLUMNS.values())


def _source(cell: str, posted: Posted, words: Words) -> str:
    return cell if posted.source is C else words.label("word.hidden")


def _or_hidden(cell: str | None, words: Words) -> str:
    return words.label("word.hidden") if cell is None else cell
