"""Words that mean danger to life: a report that holds one raises the emergency prompt (DOMAIN §2)."""

from chalicelib.domain.reference.tables import parsed

COLUMNS = ("word",)


def read(body: bytes) -> frozenset[str]:
    """Parse an edition. Raises Invalid naming the line."""

    def parse(cells: dict[str, str]) -> str:
        if not cells["word"].strip():
            raise ValueError("word")
        return cells["word"].strip().lower()

    return frozenset(parsed("danger_words", body, COLUMNS, parse))
