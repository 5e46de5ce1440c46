"""Use case of telling what became of a report: to who reported it or joined it, and to staff."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.notifications import outcomes as words
from chalicelib.domain.notifications.messages import Both
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import Link, Media, Photo, State
from chalicelib.domain.reports import outcome as rules
from chalicelib.domain.reports import publicity, sight
from chalicelib.domain.reports.model import Report, Status
from chalicelib.domain.reports.outcome import Outcome
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.people import access
from chalicelib.services.reference import rulebook, terms
from chalicelib.services.reports import photos as own_photos
from chalicelib.services.reports import publications
from chalicelib.store import history
from chalicelib.store.reports import photos, reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A photo with its links: the viewer's `own` as he took it, others only as everybody may see them."""

    photo: Photo
    own: bool
    links: list[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of it. Of what has become confidential since it was joined, or is and an auditor asks, there is
    nothing but how it stands.

    `has_page`: there is a public page to ask a link for.
    """

    report_id: str
    reported_at: datetime
    outcome: Outcome
    sentence: Both
    photos: list[Shown]
    has_page: bool


def see(report_id: str, *, by: Actor, now: datetime) -> Told:
    """What became of the report, or of the one that it was merged into. An auditor's look is noted. Raises NotFound."""
    asked = reports.get(report_id)
    seen_as = sight.require_sight(by, asked)
    auditing = sight.audits(seen_as)
    if auditing:
        access.record(by, What.READ_HISTORY, report_id, now=now)
    main = way(asked)[-1]
    joined = main.id != asked.id
    whole = rules.of(history.of(main.id))
    discreet = joined or auditing
    found = rules.for_others(whole) if discreet else whole
    found = rules.covered(found) if auditing else found
    sentence = words.sentence(found, rulebook.in_force(now=now), sentences(), discreet=discreet)
    if discreet and found.confidential:
        found = rules.hidden(found)
    is_open = publicity.is_open(main, kept=terms.kept(publications.TERM, now=now), now=now)
    return Told(
        report_id=report_id,
        reported_at=asked.created_at,
        outcome=found,
        sentence=sentence,
        photos=_photos(asked, main, by=by, is_open=is_open, now=now),
        has_page=is_open,
    )


def way(report: Report) -> list[Report]:
    """The report itself, and those it was merged into one after the other: a read for each step, a few at most."""
    passed = [report]
    for _ in range(publicity.HOPS):
        if report.status is not Status.DUPLICATE or report.main is None:
            break
        passed.append(report := reports.get(report.main))
    return passed


def _photos(asked: Report, main: Report, *, by: Actor, is_open: bool, now: datetime) -> list[Shown]:
    """The viewer's own of the report he asked about, and what is public of the main one while its page `is_open`."""
    held = [photo for photo in photos.of(asked.id) if photo.media is Media.PHOTO]
    own = [photo for photo in held if photo.by == by.id and photo.state is State.READY]
    others = photos.of(main.id) if main.id != asked.id else [photo for photo in held if photo not in own]
    public = [photo for photo in others if photo.is_public] if is_open else []
    shown = [Shown(photo=one, own=True, links=own_photos.links([one], now=now)) for one in own]
    return shown + [Shown(photo=one, own=False, links=publications.links([one], now=now)) for one in public]
