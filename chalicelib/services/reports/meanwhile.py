"""Who was too late is told what the other one did: read only then (docs/adr/0037)."""

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports import meanwhile
from chalicelib.domain.reports.meanwhile import MOST, ChangedMeanwhile
from chalicelib.domain.reports.model import Report
from chalicelib.store import history
from chalicelib.store.reports import reports


def told(plain: StaleVersion, read: Report, *, version: int | None, by: Actor) -> ChangedMeanwhile:
    """The refusal with what was done since `version`, which the caller had read, or since the moment he was at it.

    `read` is the report as it was just read. One query; one read more where the change came in just between, for then
    it may have been put out of his sight. Raises NotFound.
    """
    since = read.version if version is None else version
    report = reports.get(read.id) if since == read.version else read
    known = 0 <= since < report.version
    lines = history.after(read.id, since, most=MOST) if known else []
    return meanwhile.told(plain, report, lines, by=by)
