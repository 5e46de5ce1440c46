"""`python -m infra.local.replay --stage prod --since 2026-11-23T00:00:00Z`: sends events of the past once more.

Every consumer is idempotent, so this is a repair that can do no harm. The Lambda `replay_history` works through what
fits into its time and answers where to go on from, until there is nothing left.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infra.local.emulator import ROOT, session
from infra.package import STAGES

FACTS = ROOT / ".local" / "demo.json"
# A call lasts as long as the function may, and is not begun a second time meanwhile.
PATIENT = Config(read_timeout=900, retries={"total_max_attempts": 1})


class ReplayFailed(Exception):
    """Raised when the function fails; what was sent stays sent, and all may be asked for again."""


def replay(functions: Any, stage: str, since: datetime, until: datetime | None = None) -> int:
    """Send the events from `since` on again (up to `until`); the number sent. Raises ReplayFailed."""
    ask = {"since": since.astimezone(UTC).isoformat()} | ({"until": until.isoformat()} if until else {})
    sent: int = 0
    cursor: str | None = None
    while True:
        answer = _invoke(functions, f"fenjian-{stage}-replay_history", ask | ({"cursor": cursor} if cursor else {}))
        sent += answer["sent"]
        cursor = answer["next"]
        if not cursor:
            return sent


def _invoke(functions: Any, name: str, event: dict[str, Any]) -> dict[str, Any]:
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())
    payload: dict[str, Any] = json.loads(answer["Payload"].read() or b"{}")
    if "FunctionError" in answer:
        raise ReplayFailed(payload.get("errorMessage", str(payload)))
    return payload


def main() -> None:
    """The command line, for any stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--since", type=datetime.fromisoformat, required=True)
    arguments = parser.parse_args()
    try:
        functions = _local() if arguments.stage == "local" else boto3.client("lambda", config=PATIENT)
        print(f"{replay(functions, arguments.stage, arguments.since)} events sent again")
    except (ReplayFailed, BotoCoreError, ClientError) as error:
        sys.exit(f"The replay stopped; ask for it again, it does no harm: {error}")


def _local() -> Any:
    """The local cloud where `make run` says that it is."""
    if not FACTS.exists():
        sys.exit("The local cloud is not there: start `make run` first")
    return session().client("lambda", endpoint_url=json.loads(FACTS.read_text(encoding="utf-8"))["api"], config=PATIENT)


if __name__ == "__main__":
    main()
