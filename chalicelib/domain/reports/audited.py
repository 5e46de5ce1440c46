"""What of a report its auditor reads outside his own views: as little as in these (DOMAIN §1, §6; docs/adr/0033).

What was done, with names cut and long numbers starred; of a confidential matter neither words, nor place, nor pictures.
Whoever else sees the report reads it as it is.
"""

from dataclasses import replace

from chalicelib.domain.events import Event
from chalicelib.domain.exports.digits import covered_digits
from chalicelib.domain.people import audit
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import Report
from chalicelib.domain.reports.parties import Party

LOCAL = frozenset({Role.GRID_MEMBER, Role.VILLAGE, Role.COURIER})  # whose post says where it is, or whose
type SeenAs = frozenset[Party]


def hides(report: Report, seen_as: SeenAs) -> bool:
    """Whether this viewer reads neither its words nor its place."""
    return report.nature.confidential and sight.audits(seen_as)


def as_read(report: Report, by: Actor) -> Report:
    """The report as it is read by somebody who may see it."""
    return seen(report, sight.viewers(by, report))


def seen(report: Report, seen_as: SeenAs) -> Report:
    """The report as this viewer reads it."""
    if not sight.audits(seen_as):
        return report
    secret, asked = report.nature.confidential, report.request
    return replace(
        report,
        place=Place(point=None, township=report.place.township) if secret else report.place,
        excerpt=_said(report.excerpt, secret),
        holder=None if secret and report.holder and report.holder.role in LOCAL else report.holder,
        request=asked and replace(asked, reason=_said(asked.reason, secret), plan=_said(asked.plan, secret)),
        parts=tuple(replace(part, result=_said(part.result, secret)) for part in report.parts),
        returns=tuple(replace(one, text=_said(one.text, secret)) for one in report.returns),
    )


def text(report: Report, words: str, seen_as: SeenAs) -> str:
    """What was reported, as this viewer reads it."""
    return _said(words, report.nature.confidential) if sight.audits(seen_as) else words


def line(report: Report, event: Event, seen_as: SeenAs) -> Event:
    """A line of its history as this viewer reads it: of what is confidential by now, none has words or place."""
    shown = sight.masked(event, seen_as)
    if not sight.audits(seen_as):
        return shown
    told, secret = audit.line(event), report.nature.confidential
    standing = replace(event.standing, village=None, grid=None, holder=None) if secret else event.standing
    note, details = ("", {}) if secret else (told.note, told.details)
    return replace(shown, note=note, details=details, standing=standing, was=None if secret else event.was)


def _said(words: str, secret: bool) -> str:
    return "" if secret else covered_digits(words)
