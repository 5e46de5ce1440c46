"""Who is asking: API Gateway asks here before it calls the API, and keeps the answer for a minute.

The blueprint relies on nothing in `app.py`: Lambda imports this module by itself.
"""

import logging
from datetime import UTC, datetime

from chalice.app import AuthRequest, AuthResponse, Blueprint

from chalicelib.domain.errors import Unauthenticated

auth = Blueprint(__name__)
log = logging.getLogger(__name__)

SCHEME = "bearer "


@auth.authorizer(ttl_seconds=60, name="authorize")
def authorize(request: AuthRequest) -> AuthResponse:
    """Let the bearer of a good token through to every route; what he may do there, the services decide."""
    from chalicelib.services.login import admission  # here, for the API imports this module too and must not pay for it

    try:
        admitted = admission.admit(_bare(request.token), now=datetime.now(UTC))
    except Unauthenticated as error:
        log.info("turned away: %s", error)
        return AuthResponse(routes=[], principal_id="nobody")
    context = {"posts": " ".join(post.key for post in admitted.posts), "session": admitted.session_id}
    return AuthResponse(routes=["*"], principal_id=admitted.person_id, context=context)


def _bare(sent: str) -> str:
    """The token of an Authorization header. Raises Unauthenticated."""
    if not sent.lower().startswith(SCHEME):
        raise Unauthenticated("token_missing")
    return sent[len(SCHEME) :].strip()
