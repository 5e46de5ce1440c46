"""What people agree to, in words that have a version (`data/consents.csv`, DOMAIN §6)."""

from dataclasses import dataclass

from chalicelib.domain.errors import Conflict
from chalicelib.domain.reference.tables import parsed

COLUMNS = ("name", "version", "zh", "en")
APPLICATION = "application"  # what a courier agrees to who applies


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One wording."""

    name: str
    version: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents:
    """One edition: the newest wording of each consent."""

    newest: dict[str, Consent]

    def require(self, name: str, version: int) -> None:
        """Raises Conflict (`consent_outdated`) unless `version` is the wording in force."""
        if version != self.newest[name].version:
            raise Conflict("consent_outdated", version=self.newest[name].version)


def read(body: bytes) -> Consents:
    """Parse an edition. Raises Invalid naming the line; the older wordings of a consent stand before the newer."""
    newest: dict[str, Consent] = {}

    def parse(cells: dict[str, str]) -> None:
        consent = Consent(name=cells["name"], version=int(cells["version"]), zh=cells["zh"], en=cells["en"])
        older = newest.get(consent.name)
        if not (consent.name and consent.zh and consent.en) or consent.version <= (older.version if older else 0):
            raise ValueError("version")
        newest[consent.name] = consent

    parsed("consents", body, COLUMNS, parse)
    return Consents(newest=newest)
