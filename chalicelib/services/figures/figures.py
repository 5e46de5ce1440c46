"""Figures follow the history: counters of what came and went, and sums of them."""

from chalicelib.domain.events import Event
from chalicelib.domain.figures import contributions
from chalicelib.domain.figures import figures as rules
from chalicelib.domain.figures.figures import Leaf
from chalicelib.store.figures import figures as store
from chalicelib.store.figures.marks import Followed


def count(event: Event) -> None:
    """Count the event, once however often it is told: one transaction, none where nothing moves."""
    if counters := rules.counters(event):
        try:
            store.add(event, counters, contributions.contribution(event))
        except Followed:
            return


def of(township: str, month: str, *, day: str | None = None, area: str | None = None) -> list[Leaf]:
    """The leaves of a local month (`2026-11`) or day (`2026-11-23`), of everywhere or of a village or grid: one query.

    Of an area through a whole month, the month is read and sifted. `domain.figures.summed` adds them up.
    """
    leaves = store.of(rules.month_key(township, month), rules.prefix(month, day, area))
    return [leaf for leaf in leaves if leaf.area.startswith(area or "")]


def ever(township: str) -> list[Leaf]:
    """Each cell's sums over all days: one query. What stands in it now is what entered less what left."""
    return store.of(rules.month_key(township, rules.EVER), f"{rules.EVER}#")
