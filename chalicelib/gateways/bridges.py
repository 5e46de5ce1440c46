"""How anything leaves for a bridge that the township runs: a signed POST over TLS.

    POST <url>   {"id": …, "to": …, "text": …}
    Fenjian-Timestamp: seconds since 1970
    Fenjian-Signature: hex HMAC-SHA256, under the shared secret, of "<timestamp>.<body>"

The bridge answers 2xx once it will deliver, and answers the same again, without delivering twice, where it knows the
`id`. `http.client` does it: it is loaded anyway, and messages are rare enough to open a connection for each.
"""

import hashlib
import hmac
import json
import ssl
import time
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from chalicelib.domain.errors import Busy
from chalicelib.gateways import secrets

ANSWER_SECONDS = 5  # to connect, and again for each read
LOOPBACK = "127.0.0.1"
UNSIGNED = 401


def send(url: str, secret: str, message: dict[str, str], *, refusal: Busy) -> None:
    """Hand one message to the bridge at `url`, signed with what Secrets Manager keeps as `secret` (see `secrets`).

    Raises `refusal`, or Busy (`secret_unreachable`), where it cannot be told that the bridge took it, or there is none.
    """
    if not url:
        raise refusal
    body = json.dumps(message, ensure_ascii=False).encode()
    try:
        status = _post(urlsplit(url), secret, body)
    except (OSError, HTTPException) as error:
        raise refusal from error
    if status == UNSIGNED:
        key.cache_clear()  # the secret was changed: the next try signs with the new one
    if not 200 <= status < 300:
        raise refusal from HTTPException(f"the bridge answers {status}")


def signature(shared: bytes, timestamp: str, body: bytes) -> str:
    """What proves to the bridge that the body is ours and when it was sent."""
    return hmac.new(shared, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def _post(bridge: SplitResult, secret: str, body: bytes) -> int:
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Fenjian-Timestamp": timestamp,
        "Fenjian-Signature": signature(key(secret), timestamp, body),
    }
    connection = _connection(bridge)
    try:
        connection.request("POST", bridge.path or "/", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _connection(bridge: SplitResult) -> HTTPConnection:
    """TLS with the certificate checked; without it to this machine only, where the local bridge listens."""
    if bridge.scheme == "https" and bridge.hostname:
        context = ssl.create_default_context()
        return HTTPSConnection(bridge.hostname, bridge.port, timeout=ANSWER_SECONDS, context=context)
    if bridge.scheme == "http" and bridge.hostname == LOOPBACK:
        return HTTPConnection(LOOPBACK, bridge.port, timeout=ANSWER_SECONDS)
    raise HTTPException("a bridge is reached by https")


@cache
def key(secret: str) -> bytes:
    """The secret shared with a bridge, read once a process, and again after the bridge has refused a signature."""
    return secrets.read(secret).encode()
