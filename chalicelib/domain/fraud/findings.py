"""A finding: something looks wrong with somebody's reports; its evidence, and what people made of it (DOMAIN §3).

There is one of each signal and subject, however often and in whatever order it is told. Until somebody decides, its
evidence is what all that was heard so far amounts to; from then on it stays what was decided on.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from chalicelib.domain.fraud.terms import FindingState, Judgement, Penalty, Signal

MOST_EVIDENCE = 20  # rows: enough to judge by, and an item that stays small
OF_PHOTOS = (Signal.PHOTO_SAME, Signal.PHOTO_ALIKE, Signal.PHOTO_TIME, Signal.PHOTO_PLACE)
OF_ORIGINALS = frozenset({"taken_at", "sha256", "dhash"})
UNDECIDED = frozenset({FindingState.OPEN, FindingState.LAPSED})
# What of a fact over all rows is told in the sentence.
WORST: Mapping[str, Callable[[Iterable[float]], float]] = {
    "bits": min,
    "hours": max,
    "metres": max,
    "minutes": min,
    "times": max,
    "total": max,
    "percent": max,
}

type Fact = str | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One row: a report, a photo of it, and what it was held against. `facts`: distances in metres, spans in minutes or
    hours, how many bits two hashes differ in, the hashes, instants and a month (ISO 8601)."""

    report: str
    photo: str = ""
    other_report: str = ""
    other_photo: str = ""
    facts: dict[str, Fact] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same row."""
        return self.report, self.photo, self.other_report, self.other_photo


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was found: about whom (`person_id`), and who else has to do with it (`involved`). `grows`: the evidence is
    added to what was told before, not put in its place."""

    signal: Signal
    subject: str
    person_id: str
    evidence: tuple[Evidence, ...]
    involved: tuple[str, ...] = ()
    grows: bool = False

    @property
    def id(self) -> str:
        """The id of the finding that it is told to."""
        return finding_id(self.signal, self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody (`by`) decided, and why. `until`: how long redeeming is frozen; `rule`, `entry`: a penalty and its
    entry of the ledger; `forfeited`: the reports that give nothing because of it."""

    deed: Judgement
    by: str
    at: datetime
    reason: str
    until: datetime | None = None
    rule: Penalty | None = None
    entry: str = ""
    forfeited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """What the person it is about says against it; and once that is decided, by whom and why."""

    at: datetime
    text: str
    by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`zh`, `en`: what looks wrong, in a sentence. `appeal`: the last one; `appeals_before`: those that were refused
    before another decision. `version` counts its changes."""

    id: str
    signal: Signal
    subject: str
    township: str
    person_id: str
    involved: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    raised_at: datetime
    state: FindingState = FindingState.OPEN
    decisions: tuple[Decision, ...] = ()
    appeal: Appeal | None = None
    appeals_before: tuple[Appeal, ...] = ()
    zh: str = ""
    en: str = ""
    version: int = 1

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that look wrong, each once."""
        return tuple(dict.fromkeys(row.report for row in self.evidence))

    @property
    def forfeited(self) -> frozenset[str]:
        """The reports that any decision on it made give nothing."""
        return frozenset(report for one in self.decisions for report in one.forfeited)

    @property
    def deciders(self) -> frozenset[str]:
        """Who decided anything in it."""
        return frozenset(one.by for one in self.decisions)

    @property
    def is_told(self) -> bool:
        """Whether the person it is about knows of it: it was not dismissed before it did anything to him."""
        return any(one.deed is not Judgement.DISMISS for one in self.decisions)


def finding_id(signal: Signal, subject: str) -> str:
    """The same for the same signal and subject; fit for an address, and telling nothing."""
    return sha256(f"{signal}\n{subject}".encode()).hexdigest()[:32]


def together(one: Draft, other: Draft) -> Draft:
    """Both drafts of one finding."""
    return replace(one, evidence=one.evidence + other.evidence, involved=one.involved + other.involved)


def told(old: Finding | None, draft: Draft, *, township: str, now: datetime) -> Finding | None:
    """The finding with what was found; None where that changes nothing, or somebody has decided already."""
    if old is None:
        return _new(draft, township, now)
    if old.state not in UNDECIDED:
        return None
    known = old.evidence if draft.grows and old.state is FindingState.OPEN else ()
    evidence, involved = _rows((*known, *draft.evidence)), tuple(sorted({*old.involved, *draft.involved}))
    if (old.state, old.evidence, old.involved) == (FindingState.OPEN, evidence, involved):
        return None
    return replace(old, state=FindingState.OPEN, evidence=evidence, involved=involved, version=old.version + 1)


def lapsed(old: Finding | None) -> Finding | None:
    """The finding once nothing looks wrong any longer; None where there is none that is open."""
    if old is None or old.state is not FindingState.OPEN:
        return None
    return replace(old, state=FindingState.LAPSED, version=old.version + 1)


def of_photos(report_id: str, by: str) -> list[str]:
    """Ids of the findings that there may be about the photos that somebody sent for a report."""
    return [finding_id(signal, f"{report_id}#{by}") for signal in OF_PHOTOS]


def without_originals(finding: Finding) -> Finding:
    """What is left of it once the originals are erased: nothing that a camera wrote, or by which a file is known."""
    rows = (
        replace(row, facts={name: fact for name, fact in row.facts.items() if name not in OF_ORIGINALS})
        for row in finding.evidence
    )
    return replace(finding, evidence=tuple(rows))


def is_raised(old: Finding | None, after: Finding) -> bool:
    """Whether it is one that nobody was told of yet, or that was thought to be none."""
    return after.state is FindingState.OPEN and (old is None or old.state is FindingState.LAPSED)


def summary(evidence: Iterable[Evidence]) -> dict[str, float]:
    """What the sentence tells: how many rows, and the worst of each measure."""
    rows = list(evidence)
    facts: dict[str, float] = {"count": len(rows)}
    for name, worst in WORST.items():
        measured = [float(row.facts[name]) for row in rows if name in row.facts]
        if measured:
            facts[name] = worst(measured)
    return facts


def _new(draft: Draft, township: str, now: datetime) -> Finding:
    return Finding(
        id=draft.id,
        signal=draft.signal,
        subject=draft.subject,
        township=township,
        person_id=draft.person_id,
        involved=tuple(sorted(set(draft.involved))),
        evidence=_rows(draft.evidence),
        raised_at=now,
    )


def _rows(rows: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each once, the first of an order that does not depend on that of telling."""
    by_key = {row.key: row for row in rows}
    return tuple(by_key[key] for key in sorted(by_key)[:MOST_EVIDENCE])
