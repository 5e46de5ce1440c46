"""What is left of a report when its time is over: what happened, when and where, and not who or in which words.

Counting needs no words. The lines of history stay, with their times, actions, posts and numbers (docs/adr/0020).
"""

from dataclasses import replace

from chalicelib.domain.events import Event, Standing
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.model import Report

# Details of a line that can be counted. Whatever else an action notes is words, names or numbers to call.
COUNTED = frozenset(
    {
        "answer",
        "basis",
        "closed_by",
        "closed_in",
        "co_handlers",
        "contacted",
        "department",
        "effect",
        "false_closing",
        "final",
        "followed",
        "in_time",
        "kind",
        "late",
        "outcome",
        "percent",
        "post",
        "proven",
        "reason",
        "resolver",
        "review",
        "satisfied",
        "service",
        "severity",
        "solved",
        "stage",
        "suggested",
        "unchecked",
        "watch",
        "wish",
    }
)
LONGEST_WORD = 40


def nobody(report_id: str) -> str:
    """Stands in the place of the reporter's id: another for each report, so that no two can be laid side by side."""
    return f"nobody#{report_id}"


def is_anonymous(report: Report) -> bool:
    """Whether this was done."""
    return report.reporter_id == nobody(report.id)


def anonymous(report: Report) -> Report:
    """The report without its reporter and its words; a version on, so that whoever read it before must read again."""
    return replace(
        report,
        reporter_id=nobody(report.id),
        excerpt="",
        request=None,
        parts=tuple(replace(part, result="") for part in report.parts),
        version=report.version + 1,
    )


def wordless(event: Event) -> Event:
    """The line without words. Where the reporter acted, or it was his turn, nobody stands in his place."""
    reporter, none = event.reporter_id, nobody(event.subject_id)
    return replace(
        event,
        reporter_id=none,
        actor_id=none if event.actor_id == reporter else event.actor_id,
        standing=_standing(event.standing, reporter, none),
        was=_standing(event.was, reporter, none) if event.was else None,
        note="",
        details=_counted(event.details),
    )


def _counted(details: dict[str, object]) -> dict[str, object]:
    """Of what a body without an account did (代录), only when: neither who spoke for it, nor by which phone."""
    kept = {name: value for name, value in details.items() if name in COUNTED and _is_counted(value)}
    proxy = details.get("proxy")
    return kept | ({"proxy": {"at": proxy["at"]}} if isinstance(proxy, dict) and "at" in proxy else {})


def _standing(standing: Standing, reporter: str, none: str) -> Standing:
    own = Post(Role.COURIER, reporter).key
    return replace(standing, holder=Post(Role.COURIER, none).key if standing.holder == own else standing.holder)


def _is_counted(value: object) -> bool:
    """A number, or a word of ours: short, without blanks, of letters and digits that no person writes by."""
    if isinstance(value, list):
        return all(map(_is_counted, value))
    return not isinstance(value, str) or (value.isascii() and " " not in value and len(value) <= LONGEST_WORD)
