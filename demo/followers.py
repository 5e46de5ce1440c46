"""What follows from a report by itself, a moment later: messages in inboxes, points in the ledger."""

from collections.abc import Iterator

from demo.case import Case
from demo.client import Json, Person, patiently

PAGE = 100


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
