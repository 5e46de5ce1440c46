"""The bodies that own matters (DOMAIN §1, `data/departments.csv`)."""

from dataclasses import dataclass

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.tables import flag, parsed
from chalicelib.domain.reference.taxonomy import CENTRE, VILLAGE

COLUMNS = ("code", "zh", "en", "role", "vertical", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """`vertical` bodies cannot be bound by a town; for those on the `proxy` channel the centre records what they do."""

    code: str
    zh: str
    en: str
    vertical: bool
    proxy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Departments:
    """One edition of the list."""

    by_code: dict[str, Department]

    def is_body(self, code: str) -> bool:
        """Whether the code names a department, which village and centre are not."""
        return code in self.by_code and code not in (VILLAGE, CENTRE)

    def named(self, code: str) -> Department:
        """Raises Invalid (`unknown_department`); village and centre are no departments one can dispatch to by name."""
        if not self.is_body(code):
            raise Invalid("unknown_department", department=code)
        return self.by_code[code]


def read(body: bytes) -> Departments:
    """Parse an edition. Raises Invalid naming the line."""

    def parse(cells: dict[str, str]) -> Department:
        return Department(
            code=cells["code"],
            zh=cells["zh"],
            en=cells["en"],
            vertical=flag(cells["vertical"]),
            proxy={"account": False, "proxy": True}[cells["channel"]],
        )

    return Departments(by_code={row.code: row for row in parsed("departments", body, COLUMNS, parse)})
