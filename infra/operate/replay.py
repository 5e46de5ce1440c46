"""`python -m infra.operate.replay --stage prod --since 2026-11-23T00:00:00Z`: sends events of the past once more.

Every consumer is idempotent, so this is a repair that can do no harm. The Lambda `replay_history` works through what
fits into its time and answers where to go on from, until there is nothing left.
"""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.operate import functions
from infra.operate.functions import FunctionFailed
from infra.stages import STAGES


def replay(caller: Any, stage: str, since: datetime, until: datetime | None = None) -> int:
    """Send the events from `since` on again (up to `until`); the number sent. Raises FunctionFailed."""
    ask = {"since": since.astimezone(UTC).isoformat()} | ({"until": until.isoformat()} if until else {})
    sent: int = 0
    cursor: str | None = None
    while True:
        event = ask | ({"cursor": cursor} if cursor else {})
        answer = functions.invoke(caller, f"fenjian-{stage}-replay_history", event)
        sent += answer["sent"]
        cursor = answer["next"]
        if not cursor:
            return sent


def main() -> None:
    """The command line, for any stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--since", type=datetime.fromisoformat, required=True)
    arguments = parser.parse_args()
    try:
        caller = functions.client(arguments.stage)
        print(f"{replay(caller, arguments.stage, arguments.since)} events sent again")
    except (FunctionFailed, BotoCoreError, ClientError) as error:
        sys.exit(f"The replay stopped; ask for it again, it does no harm: {error}")


if __name__ == "__main__":
    main()
