"""What fills the blanks of a notice. A confidential matter is told of without a word that says what it is."""

from datetime import datetime

from chalicelib.domain.calendar import ZONE
from chalicelib.domain.events import Event
from chalicelib.domain.messages import Both, Messages, same
from chalicelib.domain.rulebook import Rulebook

LONGEST_NOTE = 200


def facts(event: Event, rules: Rulebook, messages: Messages) -> dict[str, Both]:
    """`matter`, `note`, `department` and `due`, for any notice of the event."""
    words = messages.templates
    return {
        "matter": _matter(event, rules, words),
        "note": _note(event, words),
        "department": _department(event, rules, words),
        "due": _due(event.standing.due_at, words),
    }


def _matter(event: Event, rules: Rulebook, words: dict[str, Both]) -> Both:
    code = event.standing.kind
    if code is None:
        return words["word_unclassified"]
    if event.standing.confidential:
        return words["word_confidential"]
    kind = rules.taxonomy.kinds.get(code)
    return (kind.zh, kind.en) if kind else same(code)


def _note(event: Event, words: dict[str, Both]) -> Both:
    note = event.note.strip()
    if note and event.standing.confidential:
        return words["word_look_inside"]
    return same(note if len(note) <= LONGEST_NOTE else f"{note[:LONGEST_NOTE]}…")


def _department(event: Event, rules: Rulebook, words: dict[str, Both]) -> Both:
    code = event.standing.department
    if code is None:
        return words["word_village"]
    if event.standing.confidential:
        return words["word_body"]
    department = rules.departments.by_code.get(code)
    return (department.zh, department.en) if department else same(code)


def _due(at: datetime | None, words: dict[str, Both]) -> Both:
    return same(f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}") if at else words["word_no_date"]
