"""What follows from a report by itself, a moment or a minute later: messages, points, what the clock does."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from demo.case import Case
from demo.client import Json, Person, patiently
from demo.words import RUNGS, clock, role

PAGE = 100
LONGEST = timedelta(seconds=200)  # the sweep comes once a minute


def hears(case: Case, key: str, template: str) -> Json:
    """The message about this report that somebody gets; it is told. Raises Surprise if it does not arrive."""
    person = case.stage.cast[key]

    def look() -> list[Json]:
        return [one for one in messages(person) if one["report_id"] == case.id and one["template"] == template]

    message = patiently(f"message {template} to {key}", look, bool)[0]
    case.stage.tell.notes(f"消息 → {case.stage.tell.names[key]}：{message['text']}", message["text_en"])
    return message


def earns(case: Case, *rules: str) -> list[Json]:
    """The entries that the courier gets for this report, exactly these; they are told. Raises Surprise."""

    def look() -> list[Json]:
        return [entry for entry in entries(case.courier) if entry["report_id"] == case.id]

    wanted = sorted(rules)
    got = patiently(f"points {wanted}", look, lambda seen: sorted(entry["rule"] for entry in seen) == wanted)
    for entry in sorted(got, key=lambda one: str(one["at"])):
        case.stage.tell.notes(f"积分 +{entry['points']}：{entry['text']}", entry["text_en"])
    return got


def rungs(case: Case, last: str) -> None:
    """Everything that the clock does to the report, told as it comes, until it does `last`. Raises Surprise."""
    told: list[Json] = []

    def look() -> list[Json]:
        lines = case.look("centre")["history"]
        fresh = [line for line in lines if line["action"] == "fall_due"][len(told) :]
        for line in fresh:
            _tell_rung(case, line)
        told.extend(fresh)
        return told

    patiently(last, look, lambda seen: any(line["details"]["effect"] == last for line in seen), patience=LONGEST)


def _tell_rung(case: Case, line: Json) -> None:
    details = line["details"]
    zh, en = (words.format(whose) for words, whose in zip(RUNGS[details["effect"]], role(details["post"]), strict=True))
    at = clock(datetime.fromisoformat(line["at"]))
    case.stage.tell.notes(
        f"{at} 时限已过 {details['percent']}%：{zh}", f"at {details['percent']}% of the limit the clock {en}"
    )


def messages(person: Person) -> list[Json]:
    """Somebody's latest messages, newest first."""
    found: list[Json] = person.get("/inbox", limit=PAGE)["messages"]
    return found


def entries(person: Person) -> Iterator[Json]:
    """All entries of a courier."""
    cursor: str | None = None
    while True:
        page = person.get("/points", limit=PAGE, **({"cursor": cursor} if cursor else {}))
        yield from page["entries"]
        if not (cursor := page["cursor"]):
            return
