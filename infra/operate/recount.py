"""`python -m infra.operate.recount --stage prod --since 2026-01-01T00:00:00Z`: counts all figures anew from history.

What was counted rightly stays; what was not is mended, and nothing is counted twice, while the stage goes on working.
The Lambda `recount_figures` works through what fits into its time and answers where to go on from.
"""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.operate import functions
from infra.operate.functions import FunctionFailed
from infra.stages import STAGES


def recount(caller: Any, stage: str, since: datetime) -> tuple[int, int]:
    """Count what came in since then: how many reports, and how many were counted wrongly. Raises FunctionFailed."""
    ask = {"since": since.astimezone(UTC).isoformat()}
    looked = mended = 0
    cursor: str | None = None
    while True:
        event = ask | ({"cursor": cursor} if cursor else {})
        answer = functions.invoke(caller, f"fenjian-{stage}-recount_figures", event)
        looked, mended, cursor = looked + answer["reports"], mended + answer["mended"], answer["next"]
        if not cursor:
            return looked, mended


def main() -> None:
    """The command line, for any stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--since", type=datetime.fromisoformat, required=True)
    arguments = parser.parse_args()
    try:
        caller = functions.client(arguments.stage)
        looked, mended = recount(caller, arguments.stage, arguments.since)
        print(f"{looked} reports counted, {mended} of them mended")
    except (FunctionFailed, BotoCoreError, ClientError) as error:
        sys.exit(f"The recount stopped; ask for it again, it does no harm: {error}")


if __name__ == "__main__":
    main()
