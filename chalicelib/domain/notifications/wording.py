"""What fills the blanks of a notice. A confidential matter is told of without a word that says what it is."""

from datetime import datetime

from chalicelib.domain.areas.model import Areas
from chalicelib.domain.events import Event, Standing
from chalicelib.domain.notifications.messages import Both, Messages, same
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.rulebook import Rulebook

LONGEST_NOTE = 200


def facts(event: Event, rules: Rulebook, messages: Messages) -> dict[str, Both]:
    """`matter`, `note`, `department`, `due` and `percent`, for any notice of the event."""
    words = messages.templates
    return {
        "matter": matter(event.standing.kind, confidential=event.standing.confidential, rules=rules, messages=messages),
        "note": _note(event, words),
        "department": _department(event, rules, words),
        "due": moment(event.standing.due_at, messages),
        "percent": same(event.details.get("percent", 100)),
    }


def matter(code: str | None, *, confidential: bool, rules: Rulebook, messages: Messages) -> Both:
    """What a report is about, in the words of the taxonomy in force; of a confidential one only that it is."""
    words = messages.templates
    if code is None:
        return words["word_unclassified"]
    if confidential:
        return words["word_confidential"]
    kind = rules.taxonomy.kinds.get(code)
    return (kind.zh, kind.en) if kind else same(code)


def place(event: Event, areas: Areas, messages: Messages) -> Both:
    """The village it is in; of a confidential matter nothing."""
    village = next((one for one in areas.villages if one.code == event.standing.village), None)
    if event.standing.confidential or village is None:
        return messages.templates["word_no_place"]
    return village.name, village.name_en


def grid(standing: Standing, areas: Areas, messages: Messages) -> Both:
    """The grid it is in, else the village: for who is to go there, whatever the matter."""
    codes = (standing.grid, standing.village)
    named = {one.code: (one.name, one.name_en) for one in (*areas.villages, *areas.grids)}
    return next((named[code] for code in codes if code in named), messages.templates["word_no_place"])


def _note(event: Event, words: dict[str, Both]) -> Both:
    note = event.note.strip()
    if note and event.standing.confidential:
        return words["word_look_inside"]
    return same(note if len(note) <= LONGEST_NOTE else f"{note[:LONGEST_NOTE]}…")


def _department(event: Event, rules: Rulebook, words: dict[str, Both]) -> Both:
    code = event.standing.department or event.details.get("department")
    if code is None:
        return words["word_village"]
    if event.standing.confidential:
        return words["word_body"]
    department = rules.departments.by_code.get(str(code))
    return (department.zh, department.en) if department else same(code)


def moment(at: datetime | None, messages: Messages) -> Both:
    """A time as people of the township read it."""
    return same(f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}") if at else messages.templates["word_no_date"]
