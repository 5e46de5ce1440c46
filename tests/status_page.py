"""The page `docs/status.md`: the status machine as a picture, and every row of it with who may do it."""

from chalicelib.api.sentences import labels
from chalicelib.domain.reports.life import TRANSITIONS, mermaid
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.powers import by_whom

HEAD = """# 一件上报的一生 The life of a report

由 `chalicelib/domain/reports/life.py` 和 `powers.py` 的测试生成。

Rendered from `chalicelib/domain/reports/life.py` and `powers.py` by their test.
"""
INTRO = """## 每个状态、每个动作 Every status and action

“由谁”是一般规则；本人的上报、特急、涉密事项和代录的例外见 `powers.py`。
“不变”的动作不改变状态，只改变办理人、时限或记录。

“By” is the rule; `powers.py` holds what one's own report, danger to life, confidential kinds and recording for others
(代录) narrow or widen in it. What “stays” changes no status: it changes a holder, a deadline, or the record alone.
"""
COLUMNS = "| 动作 Action | 由谁 By | 之后 Then |\n|---|---|---|"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, f"```mermaid\n{mermaid()}\n```\n", INTRO, *map(_chapter, Status)])


def row(action: Action, status: Status) -> str:
    """One row: this action in this status."""
    by = "、".join(_named(f"party.{party}") for party in Party if party in by_whom(action))
    then = "、".join(_after(after, status) for after in TRANSITIONS[status, action])
    return f"| {_named(f'action.{action}')} `{action}` | {by} | {then} |"


def _chapter(status: Status) -> str:
    rows = [row(action, at) for at, action in TRANSITIONS if at is status]
    return "\n".join([f"### {_named(f'status.{status}')} `{status}`\n", COLUMNS, *rows, ""])


def _after(after: Status, status: Status) -> str:
    return "不变 stays" if after is status else f"{_named(f'status.{after}')} `{after}`"


def _named(key: str) -> str:
    return " ".join(labels()[key])
