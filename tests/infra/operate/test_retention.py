"""What the command tells of what is kept too long."""

import io
import json
from typing import Any

import pytest

from infra.operate.functions import FunctionFailed
from infra.operate.retention import retain, told

DAY = "2026-11-23T01:00:00Z"
NONE = {"count": 0, "failed": 0, "oldest": None, "newest": None, "whole": True}
DUE = {"kind": "photo_shown", "way": "report", "count": 2, "failed": 0, "oldest": DAY, "newest": DAY, "whole": True}


class Functions:
    """Answers in turn, and remembers what it was asked for."""

    def __init__(self, *answers: dict[str, Any], error: bool = False) -> None:
        self.answers = list(answers)
        self.error = {"FunctionError": "Unhandled"} if error else {}
        self.asked: list[Any] = []

    def invoke(self, **request: Any) -> dict[str, Any]:
        self.asked.append((request["FunctionName"], json.loads(request["Payload"])))
        return {"Payload": io.BytesIO(json.dumps(self.answers.pop(0)).encode()), **self.error}


def test_it_goes_on_until_everything_was_looked_at() -> None:
    more = DUE | {"count": 1, "newest": "2026-11-25T01:00:00Z"}
    functions = Functions({"kinds": [DUE | {"whole": False}], "whole": False}, {"kinds": [more], "whole": True})
    (kind,) = retain(functions, "local", dry=False)
    assert (kind["count"], kind["oldest"][:10], kind["newest"][:10]) == (3, "2026-11-23", "2026-11-25")
    assert functions.asked == [("fenjian-local-retain", {"dry_run": False})] * 2


def test_a_dry_run_looks_once() -> None:
    functions = Functions({"kinds": [DUE], "whole": False})
    retain(functions, "prod", dry=True)
    assert functions.asked == [("fenjian-prod-retain", {"dry_run": True})]


def test_a_function_that_fails_is_told() -> None:
    with pytest.raises(FunctionFailed, match="broken"):
        retain(Functions({"errorMessage": "broken"}, error=True), "local", dry=True)


def test_every_kind_has_a_line() -> None:
    kinds: list[dict[str, Any]] = [
        DUE,
        NONE | {"kind": "photo_original", "way": "report"},
        NONE | {"kind": "access_log", "way": "expires"},
        NONE | {"kind": "door_photo", "way": "nothing"},
    ]
    lines = [" ".join(line.split()) for line in told(kinds, dry=True)]
    assert lines == [
        "photo_shown 2 would be erased, ended between 2026-11-23 and 2026-11-23",
        "photo_original nothing is due",
        "access_log goes by itself when its time is over",
        "door_photo nothing to look at yet: nothing of it is kept",
    ]


def test_what_failed_and_what_was_cut_short_is_told() -> None:
    (failed,) = told([DUE | {"failed": 1}], dry=False)
    (short,) = told([DUE | {"whole": False}], dry=False)
    assert "2 due, 1 of them failed" in failed and short.endswith("(so far)")
