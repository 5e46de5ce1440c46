"""What the rules suggest for a report, as those see it who order."""

from msgspec import Struct

from chalicelib.domain.reports.suggestions import Suggestion


class SuggestionView(Struct, frozen=True, kw_only=True):
    """Who should lead (`V` the village, `C` the centre itself) and help, and what they should be told; by which `rule`
    of which `table` in which `edition`: a rule of the routing, or else the kind in the taxonomy."""

    lead: str
    co_handlers: tuple[str, ...]
    instruction: str
    instruction_en: str
    table: str
    rule: str
    edition: int


def suggestion(found: Suggestion | None) -> SuggestionView | None:
    """The suggestion, where there is one."""
    if found is None:
        return None
    return SuggestionView(
        lead=found.lead,
        co_handlers=found.co_handlers,
        instruction=found.zh,
        instruction_en=found.en,
        table=found.table,
        rule=found.rule,
        edition=found.edition,
    )
