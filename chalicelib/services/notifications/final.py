"""What the last message about a report says more than others: what became of it, and where everybody may read that."""

from chalicelib.domain.events import Event
from chalicelib.domain.notifications import outcomes
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import outcome
from chalicelib.gateways import links
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reports import public_pages
from chalicelib.store import history

FINAL = frozenset({"closed", "closed_unchecked", "closed_unsolved", "verified_gone"})


def facts(event: Event, book: Rulebook) -> dict[str, Both]:
    """`outcome` and `page`, as the event left the report: one query. The same each time, so that a message is too."""
    lines = [line for line in history.of(event.subject_id) if line.number < event.number]
    found = outcome.of([*lines, event])
    return {"outcome": outcomes.sentence(found, book, sentences(), discreet=True), "page": _page(event, book)}


def _page(event: Event, book: Rulebook) -> Both:
    if event.standing.page is None:
        return "", ""
    expires_at = public_pages.expiry(event.at, book.numbers)
    link = links.to_page(public_pages.given(event.subject_id, event.standing.page, expires_at).token)
    return sentences().render("page_link", {"link": same(link)})
