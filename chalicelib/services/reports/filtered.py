"""Use cases: a list as it is, or as much of it as a saved filter wants."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Invalid
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import today
from chalicelib.domain.reports import filters as rules
from chalicelib.domain.reports import sight, suggestions, ties
from chalicelib.domain.reports.filters import REVERSE, Criteria, Listing, Wish
from chalicelib.domain.reports.model import Report
from chalicelib.domain.reports.suggestions import Suggestion
from chalicelib.services.fraud import trust
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import filters, listings
from chalicelib.services.reports.listings import Filter
from chalicelib.store.reports.listings import Page, Sifting


def advised(
    filter_id: str | None, *, post: str | None, by: Actor, now: datetime, limit: int, cursor: str | None
) -> tuple[Page, dict[str, Suggestion]]:
    """The inbox with what is suggested for each report to who may order, by its id: no read more. Of what falls due
    together the trust of who reported it says which comes first: one call more, and only there.

    Raises NotFound (`no_such_filter`), Invalid (`filter_of_other_list`) and Forbidden as `inbox` does.
    """
    page = _untied(inbox(filter_id, post=post, by=by, now=now, limit=limit, cursor=cursor), now)
    rules, day = rulebook.in_force(now=now), today(now)
    found = {
        report.id: suggestions.shown(report, rules, day=day, seen_as=sight.viewers(by, report))
        for report in page.reports
    }
    return page, {id: suggestion for id, suggestion in found.items() if suggestion}


def _untied(page: Page, now: datetime) -> Page:
    tied = ties.reporters(page.reports)
    return replace(page, reports=ties.broken(page.reports, trust.percents(tied, now=now))) if tied else page


def inbox(filter_id: str | None, *, post: str | None, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """What waits for the caller, as a filter wants it: one read more. A filter that names a post narrows to it.

    A page looks at 500 reports at most: where few fit it is short, or empty, and its cursor leads on. Raises NotFound
    (`no_such_filter`), Invalid (`filter_of_other_list`) and Forbidden as `listings.inbox` does.
    """
    if filter_id is None:
        return listings.inbox(post=post, by=by, limit=limit, cursor=cursor)
    wish = _wish(filter_id, Listing.INBOX, by)
    at_post = replace(wish.criteria, post=None)
    sifting = Sifting(keep=_keep(at_post, by, now), reverse=wish.order in REVERSE)
    return listings.inbox(post=post or wish.criteria.post, by=by, limit=limit, cursor=cursor, sifting=sifting)


def area(filter_id: str | None, wanted: Filter, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """An area's reports of a month, as a filter wants them: one read more. Pages are as short as those of `inbox`.

    Raises NotFound (`no_such_filter`), Invalid (`filter_of_other_list`) and Forbidden as `listings.area` does.
    """
    if filter_id is None:
        return listings.area(wanted, by=by, now=now, limit=limit, cursor=cursor)
    wish = _wish(filter_id, Listing.AREA, by)
    sifting = Sifting(keep=_keep(wish.criteria, by, now), reverse=wish.order in REVERSE)
    narrow = _narrowed(wanted, wish.criteria)
    return listings.area(narrow, by=by, now=now, limit=limit, cursor=cursor, sifting=sifting)


def _wish(filter_id: str, listing: Listing, by: Actor) -> Wish:
    wish = filters.view(filter_id, by=by).wish
    if wish.listing is not listing:
        raise Invalid("filter_of_other_list", filter=filter_id, list=wish.listing)
    return wish


def _keep(criteria: Criteria, by: Actor, now: datetime) -> Callable[[Report], bool]:
    return lambda report: rules.matches(report, criteria, by=by, now=now)


def _narrowed(wanted: Filter, criteria: Criteria) -> Filter:
    """Where the filter wants one kind or one status, the index of it is read, and nothing is sifted out."""
    kinds = [code for code in criteria.kinds if len(code) > 2]
    only = kinds[0] if len(criteria.kinds) == len(kinds) == 1 else None
    status = criteria.statuses[0] if len(criteria.statuses) == 1 else None
    return replace(wanted, kind=wanted.kind or only, status=wanted.status or status)
