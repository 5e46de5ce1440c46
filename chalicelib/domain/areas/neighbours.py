"""Which villages lie beside each other: their grids share a cell of the index (`model.indexed`)."""

from chalicelib.domain.areas.model import Areas


def beside(areas: Areas) -> dict[str, tuple[str, ...]]:
    """For every village those beside it, by their codes; a cell holds what meets in it, and what nearly does."""
    found: dict[str, set[str]] = {village.code: set() for village in areas.villages}
    for positions in areas.cells.values():
        meeting = {areas.grids[i].parent for i in positions}
        for village in meeting & found.keys():
            found[village] |= meeting - {village}
    return {village: tuple(sorted(others)) for village, others in found.items()}
