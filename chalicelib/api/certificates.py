"""Help certificates over HTTP: asked for by who helped, revoked by the centre; anybody may see whether one stands."""

from datetime import date
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask, Visit
from chalicelib.api.ids import new_id
from chalicelib.api.shapes import Instant, NeededText, Paging
from chalicelib.domain.care.certificates import CertificateVerdict, HelpKind, NameShown

if TYPE_CHECKING:
    from chalicelib.domain.care.certificates import Certificate

api = Api(__name__)

HTML = "text/html"
DeedId = Annotated[str, Meta(min_length=1, max_length=120)]


class CertifyBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What you did, `visit:` and the visit's id, and how much of your name is to stand on it."""

    deed: DeedId
    name: NameShown = NameShown.FULL


class RevokeBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why it counts no more."""

    reason: NeededText


class CertificateView(Struct, frozen=True, kw_only=True):
    """A certificate: `path` is the page that shows it to anybody, below the address of this API, with a QR code."""

    id: str
    kind: HelpKind
    village: str
    day: date
    minutes: int
    name: str
    issued_at: Instant
    verdict: CertificateVerdict
    revoked_at: Instant | None
    reason: str
    token: str
    path: str
    version: int


class CertificateQr(Struct, frozen=True, kw_only=True):
    """`address` of the page that shows it; `qr`: an SVG document with it."""

    address: str
    qr: str


class CertificatePage(Struct, frozen=True, kw_only=True):
    """Some certificates, newest first; `cursor` asks for the next ones, null at the end."""

    certificates: list[CertificateView]
    cursor: str | None


class CheckedCertificate(Struct, frozen=True, kw_only=True):
    """Whether it stands, and what it says; of one that is not ours, that alone."""

    verdict: CertificateVerdict
    kind: HelpKind | None
    village_zh: str
    village_en: str
    day: date | None
    minutes: int | None
    name: str
    issued_at: Instant | None
    revoked_at: Instant | None


@api.route("/certificates", methods=["POST"], status=201, authorizer=authorize)
def ask_certificate(ask: Ask, body: CertifyBody) -> CertificateView:
    """A signed certificate of a visit that you made and that is done; one for each. It says when, in which village and
    what, and nothing about who was helped. Safe to repeat with the same Idempotency-Key."""
    from chalicelib.services.care import certifying

    id = f"c{new_id(ask.now)}"
    return view(certifying.issue(id, body.deed, body.name, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/certificates", methods=["GET"], authorizer=authorize)
def list_my_certificates(ask: Ask, query: Paging) -> CertificatePage:
    """Your own certificates, newest first."""
    from chalicelib.services.care import certifying

    page = certifying.own(ask.actor, limit=query.limit, cursor=query.cursor)
    return CertificatePage(certificates=[view(one) for one in page.certificates], cursor=page.cursor)


@api.route("/certificates/{certificate_id}", methods=["GET"], authorizer=authorize)
def get_certificate(ask: Ask, certificate_id: str) -> CertificateView:
    """One certificate, for who holds it and for the centre."""
    from chalicelib.services.care import certifying

    return view(certifying.show(certificate_id, by=ask.actor))


@api.route("/certificates/{certificate_id}/qr", methods=["GET"], authorizer=authorize)
def show_certificate_qr(ask: Ask, certificate_id: str) -> CertificateQr:
    """The QR code of a certificate, to be shown on a phone: whoever reads it opens its page."""
    from chalicelib.gateways import links, qr
    from chalicelib.services.care import certifying

    address = links.to_certificate(certifying.show(certificate_id, by=ask.actor).token)
    return CertificateQr(address=address, qr=qr.svg(address))


@api.route("/certificates/{certificate_id}/revocation", methods=["POST"], authorizer=authorize)
def revoke_certificate(ask: Ask, certificate_id: str, body: RevokeBody) -> CertificateView:
    """It counts no more, says the centre, and why; whoever verifies it is told that it was revoked."""
    from chalicelib.services.care import certifying

    return view(certifying.revoke(certificate_id, body.reason, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/c/{token}", methods=["GET"], answer_type=HTML)
def show_certificate_page(visit: Visit, token: str) -> Response:
    """A certificate as a page to print, and whether it stands: valid, revoked, or not ours (404)."""
    from chalicelib.api.pages.certificate import page, policy
    from chalicelib.gateways import links, qr
    from chalicelib.services.care import certifying

    found = certifying.verify(token, address=visit.address, now=visit.now)
    code = qr.svg(links.to_certificate(token)) if found.paper else ""
    headers: dict[str, str | list[str]] = {
        "Content-Type": f"{HTML}; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy(),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }
    body = page(found, code)
    if found.verdict is CertificateVerdict.NOT_OURS:
        return Response(body, headers=headers, status_code=HTTPStatus.NOT_FOUND)
    return Response(body, headers=headers | {"ETag": f'"{sha256(body.encode()).hexdigest()[:16]}"'})


@api.route("/c/{token}/data", methods=["GET"])
def verify_certificate(visit: Visit, token: str) -> CheckedCertificate:
    """The same for programs: valid, revoked, or not ours."""
    from chalicelib.services.care import certifying

    found = certifying.verify(token, address=visit.address, now=visit.now)
    said = found.paper
    return CheckedCertificate(
        verdict=found.verdict,
        kind=said.kind if said else None,
        village_zh=found.village[0],
        village_en=found.village[1],
        day=said.day if said else None,
        minutes=said.minutes if said else None,
        name=said.name if said else "",
        issued_at=said.issued_at if said else None,
        revoked_at=found.revoked_at,
    )


def view(one: "Certificate") -> CertificateView:
    """A certificate as its holder and the centre read it."""
    from chalicelib.gateways import links

    said = one.paper
    return CertificateView(
        id=said.id,
        kind=said.kind,
        village=said.village,
        day=said.day,
        minutes=said.minutes,
        name=said.name,
        issued_at=said.issued_at,
        verdict=one.verdict,
        revoked_at=one.revoked_at,
        reason=one.reason,
        token=one.token,
        path=links.certificate_path(one.token),
        version=one.version,
    )
