"""What became of a report, in one sentence (`outcome_…` in `data/messages.csv`)."""

from datetime import datetime

from chalicelib.domain.notifications import wording
from chalicelib.domain.notifications.messages import Both, Messages, same
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports.outcome import Outcome

BODIES = {
    Role.VILLAGE: "word_village",
    Role.GRID_MEMBER: "word_grid_member",
    Role.CENTRE: "word_centre",
    Role.COMMITTEE: "word_committee",
}


def sentence(outcome: Outcome, rules: Rulebook, messages: Messages, *, discreet: bool) -> Both:
    """“You reported X; Y solved it on D: answer.” `discreet`: a confidential matter is told without what it is,
    and what was answered in confidence without the answer."""
    hidden = discreet and outcome.confidential
    unsaid = hidden or (discreet and outcome.secret)
    facts = {
        "matter": wording.matter(outcome.kind, confidential=hidden, rules=rules, messages=messages),
        "body": messages.templates["word_body"] if unsaid else body(outcome.post, rules, messages),
        "answered": same(day(outcome.answered_at)),
        "ended": same(day(outcome.ended_at)),
        "answer": _answer(outcome.answer, messages, hidden=unsaid),
    }
    return messages.render(f"outcome_{outcome.result}", facts)


def body(post: str | None, rules: Rulebook, messages: Messages) -> Both:
    """Who had it to do: a department by name, everybody else by his part."""
    if post is None:
        return messages.templates["word_body"]
    held = Post.of(post)
    department = rules.departments.by_code.get(held.scope) if held.role is Role.DEPARTMENT else None
    if department:
        return department.zh, department.en
    return messages.templates[BODIES.get(held.role, "word_body")]


def day(at: datetime | None) -> str:
    """The day as people of the township date it."""
    return f"{at.astimezone(ZONE):%Y-%m-%d}" if at else ""


def _answer(answer: str, messages: Messages, *, hidden: bool) -> Both:
    """What was told, as the end of a sentence."""
    told = answer.strip()
    if not told:
        return "。", "."
    if hidden:
        zh, en = messages.templates["word_look_inside"]
        return f"。{zh}", f". {en}"
    told = told if len(told) <= wording.LONGEST_NOTE else f"{told[: wording.LONGEST_NOTE]}…"
    ended = told.endswith(("。", "！", "？", "!", "?", ".", "…"))
    return (f"：{told}", f": {told}") if ended else (f"：{told}。", f": {told}.")
