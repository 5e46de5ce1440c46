"""Who of the pool does it, and where it lies (DOMAIN §2 `claim`, `assign`, `hand_over`, `relocate`)."""

from dataclasses import replace

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.parties import Party, above_pool, in_pool
from chalicelib.domain.reports.running import Stage


def of_the_pool(on: Situation) -> None:
    """Only who belongs to the pool takes it; nobody takes away what a colleague has."""
    if not in_pool(on.by, on.report):
        raise Forbidden("pool_only")
    if on.report.assignee == on.by.id:
        raise Conflict("yours_already")
    if on.report.assignee:
        raise Conflict("claimed_by_another")


def holder_or_above(on: Situation) -> None:
    """Who of the pool has it, or may have it, and who stands above the pool."""
    if not in_pool(on.by, on.report) and not above_pool(on.by, on.report):
        raise Forbidden("pool_or_above")


def claim(on: Situation) -> Step:
    """Somebody of the pool takes it."""
    return Step(status=on.report.status, changes={"assignee": on.by.id}, note=on.command.text)


def assign(on: Situation) -> Step:
    """Somebody of the pool is named."""
    person = on.around.person
    if person is None:
        raise Invalid("person_needed")
    return _given(on, person.id)


def hand_over(on: Situation) -> Step:
    """To a colleague, or back into the pool."""
    return _given(on, on.around.person.id if on.around.person else None)


def _given(on: Situation, person_id: str | None) -> Step:
    person, post = on.around.person, on.report.holder
    if person and (post is None or post not in person.posts):
        raise Invalid("not_of_the_pool", person=person.id)
    if person_id == on.report.assignee:
        raise Conflict("holds_it_already")
    details: dict[str, object] = {"assignee": person_id, "before": on.report.assignee}
    return Step(status=on.report.status, changes={"assignee": person_id}, note=on.command.text, details=details)


def movable(on: Situation) -> None:
    """A village that has it finally passes it on in no way; the centre puts a wrong place right, but no ruling."""
    bound = on.report.binding and on.report.status is Status.WITH_VILLAGE
    if bound and (on.report.decided or on.party is not Party.CENTRE):
        raise Conflict("assignment_is_final")


def relocate(on: Situation) -> Step:
    """To another grid or village, with the same deadline; the second time the centre decides where it belongs."""
    grid, village = on.around.grid, on.around.village
    if village is None:
        raise Invalid("area_needed")
    place = replace(on.report.place, grid=grid, village=village)
    if place == on.report.place:
        raise Invalid("nothing_changes")
    again, run = on.report.relocated and on.report.status is not Status.WITH_CENTRE, on.report.run
    moves = village != on.report.place.village
    knows = not moves or (on.report.status is Status.WITH_VILLAGE and not again)
    return Step(
        status=Status.WITH_CENTRE if again else on.report.status,
        changes={
            "place": place,
            "relocated": True,
            "village_held": on.report.village_held and knows,
            "binding": on.report.binding and not moves,
        },
        note=on.command.text,
        details={"from": on.report.place.grid or on.report.place.village, "to": grid or village},
        run=replace(run, stage=Stage.DISPATCH, fired=0) if again and run else None,
    )
