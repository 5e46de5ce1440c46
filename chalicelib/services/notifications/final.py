"""What the last message about a report says more than others: what became of it, and where everybody may read that."""

from collections.abc import Sequence

from chalicelib.domain.events import Event
from chalicelib.domain.notifications import outcomes
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import outcome
from chalicelib.domain.reports.model import Action
from chalicelib.gateways import links
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reports import public_pages
from chalicelib.store import history

FINAL = frozenset({"closed", "closed_unchecked", "closed_unsolved", "verified_gone"})


def facts(event: Event, book: Rulebook) -> dict[str, Both]:
    """`outcome` and `page`, as the event left the report: one query. The same each time, so that a message is too.

    Who reported the same is told of the main report, as the line that he follows left that one.
    """
    lines = _followed(event) if event.action is Action.FOLLOW else _until(event)
    sentence = outcomes.sentence(outcome.of(lines), book, sentences(), discreet=True)
    return {"outcome": sentence, "page": _page(lines[-1], book)}


def _until(event: Event) -> list[Event]:
    earlier = [line for line in history.of(event.subject_id) if line.number < event.number]
    return [*earlier, event]


def _followed(event: Event) -> Sequence[Event]:
    """The main report's lines up to the last such step before this line; his own where there is none."""
    step, status = event.details["step"], event.details["status"]
    lines = [line for line in history.of(str(event.details["main"])) if line.at <= event.at]
    last = max((n for n, line in enumerate(lines) if (line.action, line.standing.status) == (step, status)), default=-1)
    return lines[: last + 1] or [event]


def _page(last: Event, book: Rulebook) -> Both:
    if last.standing.page is None:
        return "", ""
    expires_at = public_pages.expiry(last.at, book.numbers)
    link = links.to_page(public_pages.given(last.subject_id, last.standing.page, expires_at).token)
    return sentences().render("page_link", {"link": same(link)})
