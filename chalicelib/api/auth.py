"""Who is asking: API Gateway asks here before it calls the API, and keeps the answer for a minute.

The blueprint relies on nothing in `app.py`: Lambda imports this module by itself.
"""

import logging
from datetime import UTC, datetime
from functools import cache
from typing import Any

from chalice.app import AuthRequest, AuthResponse, Blueprint

from chalicelib.config import settings
from chalicelib.domain.errors import Unauthenticated
from chalicelib.services import people

auth = Blueprint(__name__)
log = logging.getLogger(__name__)

LEEWAY = 30  # seconds by which the issuer's clock may differ
SCHEME = "bearer "


@auth.authorizer(ttl_seconds=60, name="authorize")
def authorize(request: AuthRequest) -> AuthResponse:
    """Let the bearer of a good token through to every route; what he may do there, the services decide."""
    try:
        claims = verified(request.token)
        issued_at = datetime.fromtimestamp(claims["iat"], UTC)
        person = people.admit(claims["sub"], issued_at=issued_at)
    except Unauthenticated as error:
        log.info("turned away: %s", error)
        return AuthResponse(routes=[], principal_id="nobody")
    posts = " ".join(post.key for post in person.posts)
    return AuthResponse(routes=["*"], principal_id=person.id, context={"posts": posts})


def verified(token: str) -> dict[str, Any]:
    """The claims of a token that we signed and that has not expired. Raises Unauthenticated."""
    import jwt  # here, for the API imports this module too and must not pay for it

    if not token.lower().startswith(SCHEME):
        raise Unauthenticated("token_missing")
    try:
        bare = token[len(SCHEME) :].strip()
        key = _keys()[jwt.get_unverified_header(bare)["kid"]]
        claims: dict[str, Any] = jwt.decode(
            bare,
            key,
            algorithms=["EdDSA"],
            issuer=settings().token_issuer,
            leeway=LEEWAY,
            options={"require": ["sub", "iat", "exp", "iss"]},
        )
    except (jwt.InvalidTokenError, KeyError) as error:
        raise Unauthenticated("token_invalid") from error
    return claims


@cache
def _keys() -> dict[str, Any]:
    """The public keys tokens may be signed with, by key id."""
    import jwt

    return {key.key_id: key.key for key in jwt.PyJWKSet.from_json(settings().token_keys).keys if key.key_id}
