"""Who should do what about a report, by the rules: what is offered to the centre, and what an order is compared with.

A rule of the routing suggests it; where none speaks, the taxonomy does: who leads and helps with the kind.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.reference import routing
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reference.taxonomy import CENTRE, VILLAGE, Kind
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import OPEN, Report, Status
from chalicelib.domain.reports.parties import Party

TAXONOMY = "taxonomy"
ADVISED = frozenset({Party.CENTRE, Party.COMMITTEE})  # those who order
UNORDERED = OPEN - {Status.RESOLVED}  # whoever leads may still be named, or named anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """`rule` of `table` in its `edition`: a rule of the routing by its id, or a kind of the taxonomy.

    The lead is a body, the village (`V`), or the centre itself (`C`); `zh` and `en` are what it should be told.
    """

    lead: str
    co_handlers: tuple[str, ...]
    zh: str = ""
    en: str = ""
    table: str
    rule: str
    edition: int

    def is_followed_by(self, lead: str | None, co_handlers: Collection[str]) -> bool:
        """Whether an order says the same, in whatever order the helpers stand."""
        return lead == self.lead and set(co_handlers) == set(self.co_handlers)

    def told(self) -> dict[str, object]:
        """For the history: on what it stands and what it says."""
        return {
            "table": self.table,
            "rule": self.rule,
            "edition": self.edition,
            "lead": self.lead,
            "co_handlers": list(self.co_handlers),
        }


def suggested(report: Report, rules: Rulebook, *, day: date) -> Suggestion | None:
    """What the rules suggest on a local day; nothing for what nobody has classified, or what nobody there can lead."""
    kind = rules.taxonomy.kinds.get(report.nature.kind or "")
    if kind is None:
        return None
    rule = rules.routing.rule(report.nature, report.place, day)
    return _of_kind(kind, report.place, rules) if rule is None else _of_rule(rule, report.place, rules)


def shown(report: Report, rules: Rulebook, *, day: date, seen_as: Iterable[Party]) -> Suggestion | None:
    """What is suggested to somebody who may order, as long as an order may come."""
    orders = ADVISED.intersection(seen_as) and report.status in UNORDERED
    return suggested(report, rules, day=day) if orders else None


def _of_rule(rule: routing.Rule, place: Place, rules: Rulebook) -> Suggestion:
    return Suggestion(
        lead=rule.lead,
        co_handlers=_there(rule.co_handlers, place),
        zh=rule.zh,
        en=rule.en,
        table=routing.TABLE,
        rule=rule.id,
        edition=rules.editions[routing.TABLE],
    )


def _of_kind(kind: Kind, place: Place, rules: Rulebook) -> Suggestion | None:
    if kind.lead == VILLAGE and not place.village:
        return None
    helpers, edition = _there(kind.co_handlers, place), rules.editions[TAXONOMY]
    return Suggestion(lead=kind.lead, co_handlers=helpers, table=TAXONOMY, rule=kind.code, edition=edition)


def _there(helpers: Iterable[str], place: Place) -> tuple[str, ...]:
    """Who can be told to help: the centre needs no order, and no village helps where there is none."""
    return tuple(code for code in helpers if code != CENTRE and (code != VILLAGE or place.village))
