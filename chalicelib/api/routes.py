"""What the API answers to: every blueprint there is, and what a browser of another origin may send and read.

One process answers for all of them, so what its first request does not need is not imported with them: a view imports
its service itself, but for that of filing a report.
"""

from chalice.app import CORSConfig

from chalicelib.api import (
    access,
    agenda,
    alarms,
    applications,
    areas,
    auth,
    bulk,
    enrolment,
    exports,
    filters,
    follow_ups,
    gaps,
    inbox,
    listings,
    loads,
    login,
    maps,
    meetings,
    outcomes,
    own_data,
    people,
    person_actions,
    points,
    public_pages,
    publications,
    reference,
    reports,
    responses,
    rosters,
    routing,
    spec,
    statistics,
)

BLUEPRINTS = (
    auth.auth,
    login.api,
    applications.api,
    people.api,
    enrolment.api,
    person_actions.api,
    own_data.api,
    access.api,
    reports.api,
    publications.api,
    outcomes.api,
    public_pages.api,
    bulk.api,
    responses.api,
    filters.api,
    listings.api,
    loads.api,
    inbox.api,
    alarms.api,
    rosters.api,
    agenda.api,
    meetings.api,
    follow_ups.api,
    points.api,
    areas.api,
    statistics.api,
    maps.api,
    gaps.api,
    exports.api,
    reference.api,
    routing.api,
    spec.api,
)

CORS = CORSConfig(
    allow_headers=["Accept-Language", "Authorization", "Content-Type", "Idempotency-Key", "If-Match"],
    expose_headers=["ETag", "Location", "Retry-After"],
    max_age=600,
)
