"""What closing a report takes, as clients build their form of it."""

from dataclasses import asdict

from msgspec import Struct

from chalicelib.domain.reports.decisions.conditions import Needs


class NeedsView(Struct, frozen=True, kw_only=True):
    """What closing a report takes: so many `photos` of the result, or a reason where one `may_excuse`; a public answer
    of `answer_chars` characters; a re-check on site. `zh`, `en`: why."""

    photos: int
    may_excuse: bool
    answer_chars: int
    on_site: bool
    zh: str
    en: str


def closing(needs: Needs | None) -> NeedsView | None:
    """What closing takes; None where it is not for the caller, or over."""
    return NeedsView(**asdict(needs)) if needs else None
