"""The local stage's SMS bridge: takes what the product sends as a provider's bridge would, and keeps it to be read.

    bridge = SmsBridge(folder)
    bridge.open()
    GET {bridge.url}/messages?to=10000000001   ->  [{"id": …, "to": …, "text": …, "at": …}]   newest last

It writes its own half of the agreement in `chalicelib/gateways/sms.py`, so that the two check each other.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from infra.local.ports import LOOPBACK, PortInUse, check_free, free_port

OLDEST_SECONDS = 300  # a signature that old may have been overheard
LARGEST_BODY = 16 * 1024

type Sms = dict[str, str]


@dataclass(slots=True)
class SmsBridge:
    """Takes messages while it is open. Its port, and what it took, stay with the folder; `key` is the shared secret."""

    state: Path
    key: bytes = b""
    messages: list[Sms] = field(default_factory=list, init=False)
    port: int = field(default=0, init=False)
    _server: ThreadingHTTPServer | None = field(default=None, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    @property
    def url(self) -> str:
        """Its address; a POST to it is an SMS."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def log(self) -> Path:
        """Every SMS it took, one JSON document a line."""
        return self.state / "sms.log"

    def open(self) -> None:
        """Listen, where it listened before if that port is free."""
        self.port = self._remembered_port()
        (self.state / "sms.port").write_text(str(self.port), encoding="utf-8")
        self.log.touch(mode=0o600)  # codes to sign in with are among them
        self.messages = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]
        self._server = _Server((LOOPBACK, self.port), _Handler)
        self._server.bridge = self
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def to(self, phone: str | None) -> list[Sms]:
        """What that phone was sent, or all phones, newest last."""
        return [sms for sms in list(self.messages) if phone in (None, sms["to"])]

    def take(self, timestamp: str, signature: str, body: bytes) -> int:
        """The status of the answer: 201, 200 for one that it knows, 401 unsigned, 400 not an SMS."""
        if not self._is_signed(timestamp, signature, body):
            return 401
        try:
            sent = json.loads(body)
            sms = {name: str(sent[name]) for name in ("id", "to", "text")}
        except (ValueError, KeyError, TypeError):
            return 400
        with self._lock:
            return self._keep(sms)

    def _is_signed(self, timestamp: str, signature: str, body: bytes) -> bool:
        if not self.key or not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > OLDEST_SECONDS:
            return False
        wanted = hmac.new(self.key, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(wanted.encode(), signature.encode())

    def _keep(self, sms: Sms) -> int:
        if any(known["id"] == sms["id"] for known in self.messages):
            return 200
        kept = sms | {"at": datetime.now(UTC).isoformat()}
        self.messages.append(kept)
        with self.log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(kept, ensure_ascii=False) + "\n")
        return 201

    def _remembered_port(self) -> int:
        self.state.mkdir(parents=True, exist_ok=True)
        remembered = self.state / "sms.port"
        if remembered.exists():
            try:
                check_free(port := int(remembered.read_text(encoding="utf-8")))
            except PortInUse:
                return free_port()
            return port
        return free_port()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    bridge: SmsBridge


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 10

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return self._answer(413, None)
        timestamp, signature = (self.headers.get(f"Fenjian-{name}", "") for name in ("Timestamp", "Signature"))
        return self._answer(self.server.bridge.take(timestamp, signature, self.rfile.read(int(length))), None)

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path != "/messages":
            return self._answer(404, None)
        return self._answer(200, self.server.bridge.to(parse_qs(asked.query).get("to", [None])[0]))

    def log_message(self, format: str, *args: Any) -> None:
        """The messages' own log says enough."""

    def _answer(self, status: int, content: object) -> None:
        body = json.dumps(content, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
