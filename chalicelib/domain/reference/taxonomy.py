"""The catalogue of matters: 12 groups of kinds, each with who leads, how grave, how fast, who verifies (DOMAIN §2)."""

from dataclasses import dataclass

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.tables import flag, parsed
from chalicelib.domain.reports.matter import Nature

COLUMNS = ("code", "zh", "en", "lead", "co", "severity", "class", "verify_by", "confidential")
VILLAGE, CENTRE = "V", "C"  # stand for themselves among the departments
CHILDREN_AT_RISK = frozenset({"0902"})  # suspected harm to a minor: always the police as well
SECURITY_LEADS = "08"  # group: earns a flat award, is never withdrawn
DANGER_CLASS = "E"
GRAVEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of matter. `severity` 1–4 is a first guess; the verifier's word counts."""

    code: str
    zh: str
    en: str
    lead: str
    co_handlers: tuple[str, ...]
    severity: int
    klass: str
    verify_by_centre: bool
    confidential: bool

    @property
    def group(self) -> str:
        """The first two digits."""
        return self.code[:2]

    @property
    def concerns_village(self) -> bool:
        """Whether the village leads or helps: then a verified report goes to it by default."""
        return VILLAGE in (self.lead, *self.co_handlers)

    def nature(self, severity: int | None = None) -> Nature:
        """The kind as it applies to one report, with the severity someone stated or its own."""
        return Nature(
            kind=self.code,
            klass=self.klass,
            severity=severity or self.severity,
            confidential=self.confidential,
            verify_by_centre=self.verify_by_centre,
        )


# Until someone says what it is: class B and confidential (DOMAIN §2), looked at by the grid member.
UNCLASSIFIED = Nature(kind=None, klass="B", severity=None, confidential=True, verify_by_centre=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """One edition of the catalogue."""

    kinds: dict[str, Kind]
    groups: dict[str, tuple[str, str]]

    def kind(self, code: str) -> Kind:
        """Raises Invalid (`unknown_kind`)."""
        try:
            return self.kinds[code]
        except KeyError as error:
            raise Invalid("unknown_kind", kind=code) from error

    def nature(self, code: str | None) -> Nature:
        """What a report of this kind starts as. Raises Invalid (`unknown_kind`)."""
        return UNCLASSIFIED if code is None else self.kind(code).nature()


def read(body: bytes) -> Taxonomy:
    """Parse an edition. Raises Invalid naming the line; severity 4 goes with class E and with no other."""
    groups: dict[str, tuple[str, str]] = {}
    kinds: dict[str, Kind] = {}

    def parse(cells: dict[str, str]) -> None:
        if not cells["lead"]:
            groups[cells["code"]] = (cells["zh"], cells["en"])
            return
        kind = _kind(cells)
        if kind.group not in groups or kind.code in kinds:
            raise ValueError("code")
        kinds[kind.code] = kind

    parsed("taxonomy", body, COLUMNS, parse)
    return Taxonomy(kinds=kinds, groups=groups)


def _kind(cells: dict[str, str]) -> Kind:
    kind = Kind(
        code=cells["code"],
        zh=cells["zh"],
        en=cells["en"],
        lead=cells["lead"],
        co_handlers=tuple(cells["co"].split()),
        severity=int(cells["severity"]),
        klass=cells["class"],
        verify_by_centre={"G": False, "C": True}[cells["verify_by"]],
        confidential=flag(cells["confidential"]),
    )
    if (kind.severity == GRAVEST) is not (kind.klass == DANGER_CLASS) or not 1 <= kind.severity <= GRAVEST:
        raise ValueError("severity")
    return kind
