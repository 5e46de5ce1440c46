"""Tables speak of one another: a new edition must leave nothing that another table or a rule asks for unanswered."""

from collections.abc import Iterable, Mapping

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import bounds
from chalicelib.domain.reference.closing import EVERY
from chalicelib.domain.reference.routing import ANY, Routing
from chalicelib.domain.reference.routing_checks import leads_itself
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reference.taxonomy import CENTRE, Taxonomy
from chalicelib.domain.retention import Term

SHOWN = 10  # of what is missing: enough to find the mistake


def check(table: str, *, before: Rulebook, after: Rulebook) -> None:
    """Whether the rules still hold together when `table` changes from one edition to the next.

    A class of limits and a number that once had a name stay: open reports and the rules ask for them by it.
    Raises Invalid (`reference_lacks`, `reference_bounds`, `unknown_kind`).
    """
    keep(table, _asked_for(after.taxonomy), {*after.limits.by_class, *after.departments.by_code})
    _keep_routed(table, after)
    keep(table, before.limits.by_class, after.limits.by_class)
    keep(table, before.numbers.values, after.numbers.values)
    _scopes(table, after)
    if table == "numbers":  # another table is not refused for what stands in this one
        bounds.check(table, after.numbers.values, bounds.NUMBERS)


def check_terms(before: Mapping[str, Term], after: Mapping[str, Term]) -> None:
    """Whether a new edition of the retention table leaves no kind to be kept for ever, and none too short or too long.

    Raises Invalid (`reference_lacks`, `reference_bounds`).
    """
    keep("retention", before, after)
    bounds.check("retention", {kind: term.days for kind, term in after.items()}, bounds.RETENTION)


def check_areas(routing: Routing, codes: Iterable[str]) -> None:
    """Whether a new set of areas, by their codes, leaves none out that a rule of the routing names.

    Raises Invalid (`reference_lacks`).
    """
    keep("areas", (rule.area for rule in routing.rules), {ANY, *codes})


def keep(table: str, names: Iterable[str], found: Iterable[str]) -> None:
    """Whether all of these names are found. Raises Invalid (`reference_lacks`)."""
    if missing := set(names).difference(found):
        raise Invalid("reference_lacks", table=table, missing=", ".join(sorted(missing)[:SHOWN]))


def _keep_routed(table: str, after: Rulebook) -> None:
    """Whether the rules of the routing find their kinds and bodies, and the centre leads where they say so."""
    rules, kinds = after.routing.rules, after.taxonomy.kinds.values()
    keep(table, (rule.kind for rule in rules), {ANY, *(kind.code for kind in kinds), *(kind.group for kind in kinds)})
    keep(table, (code for rule in rules for code in (rule.lead, *rule.co_handlers)), after.departments.by_code)
    keep(table, (rule.kind for rule in rules if rule.lead == CENTRE and not leads_itself(rule, after.taxonomy)), ())


def _scopes(table: str, rules: Rulebook) -> None:
    """Kinds and groups that have closing conditions of their own are known, and stay."""
    scopes = rules.closing.by_scope.keys() - {EVERY}
    unknown = sorted(scopes - rules.taxonomy.kinds.keys() - rules.taxonomy.groups.keys())
    if unknown and table == "closing":
        raise Invalid("unknown_kind", kind=", ".join(unknown[:SHOWN]))
    keep(table, unknown, ())


def _asked_for(taxonomy: Taxonomy) -> Iterable[str]:
    """The classes and the departments that kinds name."""
    for kind in taxonomy.kinds.values():
        yield from (kind.klass, kind.lead, *kind.co_handlers)
