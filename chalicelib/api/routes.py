"""What the API answers to: every path there is and the module that serves it, and what browsers elsewhere may do.

A path's module is imported when the path is first asked for. One zip holds all functions, and each of them imports
`app`: neither a worker nor the first request of a process pays for views that it does not call (ADR 0040).
"""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from threading import RLock
from typing import Any

from chalice.app import Chalice, CORSConfig

CORS = CORSConfig(
    allow_headers=["Accept-Language", "Authorization", "Content-Type", "Idempotency-Key", "If-Match"],
    expose_headers=["ETag", "Location", "Retry-After"],
    max_age=600,
)

SERVED_BY = {
    "login": "/login /login/codes /login/refresh /logout /logout/everywhere /me/sessions /me/sessions/{session_id}",
    "applications": "/recruitments /recruitments/{code} /applications /applications/{application_id}/decision",
    "people": "/me /people /people/{person_id}",
    "enrolment": "/people",
    "person_actions": "/people/{person_id}/actions",
    "own_data": "/me/data /me/erasure /people/{person_id}/data",
    "access": "/access-log /me/access-log",
    "audit": "/audit/history /audit/ledger /audit/ledger/{courier_id} /audit/exports /audit/honours",
    "reports": "/reports /reports/{report_id} /reports/{report_id}/actions /reports/{report_id}/photos",
    "publications": "/reports/{report_id}/photos/{photo_id}/publication",
    "outcomes": "/reports/{report_id}/outcome",
    "public_pages": "/reports/{report_id}/public-link /p/{token} /p/{token}/data",
    "bulk": "/reports/actions",
    "responses": "/reports/{report_id}/responses",
    "filters": "/filters /filters/{filter_id}",
    "listings": "/reports /reports/mine /reports/inbox /reports/supervised /reports/nearby "
    "/reports/{report_id}/duplicates",
    "loads": "/reports/inbox/counts",
    "inbox": "/inbox /inbox/read /me/quiet /me/moving",
    "drafts": "/drafts /drafts/{draft_id}",
    "stops": "/stops /map/stops",
    "alarms": "/reports/{report_id}/alarm/acknowledgement /alarms/{token}",
    "rosters": "/rosters/{post} /rosters/{post}/copies",
    "agenda": "/agenda/cases /agenda/topics /agenda/topics/{topic_id}",
    "meetings": "/meetings /meetings/{meeting_id} /meetings/{meeting_id}/actions",
    "follow_ups": "/follow-ups /follow-ups/{follow_up_id} /follow-ups/{follow_up_id}/steps",
    "points": "/points",
    "rankings": "/rankings/{period} /rankings/{period}/corrections /me/ranking",
    "prizes": "/prizes /prizes/{prize_id} /prizes/{prize_id}/photos /prizes/{prize_id}/stock "
    "/prizes/{prize_id}/movements /prizes/{prize_id}/cancellation",
    "redemptions": "/prizes/{prize_id}/redemptions /redemptions /redemptions/{redemption_id} "
    "/redemptions/{redemption_id}/code /redemptions/{redemption_id}/cancellation /redemptions/look-up "
    "/redemptions/confirmation",
    "activities": "/activities/guardian-wording /redemptions/{redemption_id}/family "
    "/redemptions/{redemption_id}/guardian-consent /redemptions/{redemption_id}/confirmation "
    "/redemptions/{redemption_id}/course /prizes/{prize_id}/organisers",
    "statements": "/points/statements/{month} /points/statements/{month}/file",
    "awards": "/awards /awards/{award_id} /awards/{award_id}/approval /awards/{award_id}/rejection /points/adjustments",
    "appeals": "/appeals /appeals/{appeal_id} /appeals/{appeal_id}/decision /me/appeals",
    "ledger": "/points/couriers/{courier_id} /points/entries",
    "points_trials": "/points/rules/trial",
    "honours": "/honours/wordings /honours/application /honours/application/publicity",
    "honour_cases": "/honours/applications /honours/applications/{person_id} "
    "/honours/applications/{person_id}/evidence /honours/applications/{person_id}/evidence/{number} "
    "/honours/applications/{person_id}/recommendation /honours/applications/{person_id}/decision",
    "sentinels": "/honours/sentinels/{year} /honours/sentinels/{year}/record /honours/sentinels/{year}/decisions",
    "handouts": "/handouts /handouts/{handout_id} /handouts/{handout_id}/correction /me/handouts",
    "slots": "/volunteering/calls /volunteering/calls/{call_id} /slots /slots/{slot_id} /slots/{slot_id}/cancellation "
    "/slots/{slot_id}/code /slots/{slot_id}/sign-ups",
    "sign_ups": "/slots/{slot_id}/sign-up /slots/{slot_id}/withdrawal /slots/{slot_id}/scans "
    "/slots/{slot_id}/check-points /slots/{slot_id}/dispute /me/slots /me/hours/{period}",
    "hours_files": "/me/hours/{period}/file",
    "slot_hours": "/slots/{slot_id}/sign-ups/{person_id}/confirmation /slots/{slot_id}/sign-ups/{person_id}/settlement "
    "/volunteering/to-confirm /volunteering/disputes",
    "mediations": "/me/mediations /slots/{slot_id}/notes /slots/{slot_id}/outcome",
    "care_plans": "/beneficiaries/{beneficiary_id}/plans /plans /plans/{plan_id} /plans/{plan_id}/pauses "
    "/plans/{plan_id}/resumption /plans/{plan_id}/end",
    "visits": "/visits /visits/{visit_id}/assignment /visits/{visit_id}/call-off /me/visits "
    "/visits/{visit_id}/acceptance /visits/{visit_id}/refusal /visits/{visit_id}/move",
    "carriers": "/me/care-profile /people/{person_id}/care-profile /people/{person_id}/care-training "
    "/people/{person_id}/care-insurance /people/{person_id}/care-pause",
    "beneficiaries": "/beneficiaries /beneficiaries/wordings /beneficiaries/look-up /beneficiaries/{beneficiary_id} "
    "/beneficiaries/{beneficiary_id}/actions /beneficiaries/{beneficiary_id}/consents "
    "/beneficiaries/{beneficiary_id}/looks",
    "family": "/beneficiaries/{beneficiary_id}/family-link /f/{token}",
    "visit_looks": "/visits/{visit_id}/sight",
    "care_runs": "/visits/{visit_id}/steps /visits/{visit_id}/run /visits/{visit_id}/takeover "
    "/visits/{visit_id}/settlement /visits/{visit_id}/release /open-visits",
    "care_proofs": "/bags /beneficiaries/{beneficiary_id}/card /beneficiaries/{beneficiary_id}/card/renewal "
    "/visits/{visit_id}/photos",
    "certificates": "/certificates /certificates/{certificate_id} /certificates/{certificate_id}/qr "
    "/certificates/{certificate_id}/revocation /c/{token} /c/{token}/data",
    "findings": "/findings /findings/{finding_id} /findings/{finding_id}/actions /findings/{finding_id}/appeal "
    "/me/findings",
    "trust": "/me/trust /people/{person_id}/trust",
    "rechecks": "/rechecks /rechecks/{report_id} /rechecks/{report_id}/acceptance /rechecks/{report_id}/answer",
    "teams": "/teams /teams/{team_id} /teams/{team_id}/dissolution /teams/{team_id}/leader /teams/{team_id}/ground "
    "/me/teams",
    "team_members": "/teams/{team_id}/applications /teams/{team_id}/applications/{person_id}/decision "
    "/teams/{team_id}/members /teams/{team_id}/members/{person_id}/removal /teams/{team_id}/departure",
    "lookouts": "/lookouts /lookouts/{lookout_id} /lookouts/{lookout_id}/stop /lookouts/{lookout_id}/answer "
    "/lookouts/{lookout_id}/answers /me/lookouts",
    "overlap": "/map/overlap /map/overlap/couriers/{courier_id} /map/overlap/grids/{grid}",
    "areas": "/areas /areas/locate /areas/outlines",
    "statistics": "/statistics/reports /me/contribution",
    "maps": "/map/cells /map/hexagons",
    "gaps": "/map/gaps",
    "service_figures": "/statistics/services",
    "indicators": "/statistics/indicators /statistics/indicators/reports",
    "riders": "/riders-needs",
    "exports": "/exports /exports/{export_id}",
    "monthly": "/monthly-reports /monthly-reports/{report_id} /monthly-reports/{report_id}/corrections",
    "weekly": "/weekly-reports /weekly-reports/{week}",
    "reference": "/reference/{name}",
    "routing": "/routing/draft /routing/draft/trial /routing/draft/publication",
    "spec": "/openapi.json /docs",
}

type Methods = dict[str, Any]


class Routes(MutableMapping[str, Methods]):
    """Chalice's table of routes, by path and method, filled as it is asked; who goes through all of it imports all.

    Several threads may ask at once: nobody finds a path of which a part is still to come.
    """

    def __init__(self, app: Chalice) -> None:
        self._app = app
        self._filling = RLock()  # one that its own thread may take again: registering asks for the path itself
        self._is_registering = False
        self._registered: set[str] = set()
        self._modules: dict[str, list[str]] = {}
        self._routes: dict[str, Methods] = {}
        for module, paths in SERVED_BY.items():
            for path in paths.split():
                self._modules.setdefault(path, []).append(module)
                self._routes[path] = {}

    def __getitem__(self, path: str) -> Methods:
        """The routes of a path. Raises KeyError for one that SERVED_BY does not name, and whatever else keeps one of
        its modules from being imported: the next who asks tries again."""
        modules = self._modules[path]
        with self._filling:
            if not self._is_registering:
                for module in modules:
                    self._register(module)
            return self._routes[path]

    def __setitem__(self, path: str, methods: Methods) -> None:
        self._routes[path] = methods

    def __delitem__(self, path: str) -> None:
        del self._routes[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._routes)

    def __len__(self) -> int:
        return len(self._routes)

    def _register(self, module: str) -> None:
        if module in self._registered:
            return
        try:
            blueprint = imported(module).api
        except KeyError as error:  # would say that there is no such path
            raise ImportError(f"{module} could not be imported") from error
        self._is_registering = True
        try:
            self._app.register_blueprint(blueprint)
        finally:
            self._is_registering = False
        self._registered.add(module)


def imported(module: str) -> Any:
    """A module of this package, by its name."""
    return import_module(f"chalicelib.api.{module}")
