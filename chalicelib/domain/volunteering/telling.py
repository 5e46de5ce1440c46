"""Who is told what of a slot's lines: who did not do it himself, and never what a mediation is about."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.happenings import Happening
from chalicelib.domain.volunteering.following import GONE
from chalicelib.domain.volunteering.terms import Deed

# By deed, and by why where that is said: the templates of `messages.csv`.
TEMPLATES: Mapping[str, str] = {
    Deed.APPOINTED: "slot_appointed",
    Deed.PROMOTED: "slot_promoted",
    Deed.MOVED: "slot_moved",
    f"{Deed.RELEASED}#called_off": "slot_not_held",
    f"{Deed.RELEASED}#clash": "slot_released",
    Deed.ABSENT: "slot_absent",
    Deed.CONFIRMED: "slot_hours_confirmed",
    Deed.SETTLED: "slot_hours_settled",
    Deed.MEDIATED: "slot_mediated",
    Deed.FELL_SHORT: "slot_fell_short",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One person is told of a line, by a template."""

    person_id: str
    template: str
    line: Happening


def notice(line: Happening) -> Notice | None:
    """What the line tells whom; None where nobody hears of it. Who called hears where too few have signed up, else the
    courier whom it concerns."""
    why = line.facts.get("why")
    template = TEMPLATES.get(f"{line.deed}#{why}" if why else line.deed)
    person = line.facts.get("caller") if line.deed == Deed.FELL_SHORT else line.person_id
    if template is None or not person or why == GONE:
        return None
    return Notice(person_id=str(person), template=template, line=line)
