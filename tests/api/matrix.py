"""Who may do what: one row per route, action and situation, one column per person. The table is the specification.

    ✓ done or shown         · 401 not signed in       ✗ 403 not his to do
    ? 404 not his to know   0 an empty list: nothing of it is his to see

`name` is somebody whose scope holds the report, `name'` the same role of elsewhere, `grid~` the neighbouring grid's
member. The report lies in a grid of the village; D04 leads it once it was dispatched, and D03 has no part in it.
"""

# ruff: noqa: E501  # as wide as there are people
TABLE = """
                                                      nobody courier courier' grid grid~ grid' village village' centre centre' committee committee' dept dept' district district' auditor auditor' admin admin'
GET /openapi.json                                       ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /docs                                               ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /me                                                 ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /areas                                              ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /areas/locate                                       ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
PUT /areas                                              ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
GET /areas/outlines                                     ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /reference/{name}                                   ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /inbox                                              ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /inbox/read                                        ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /points                                             ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /reports/nearby                                     ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /reports                                           ·       ✓       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /reports for someone                               ·       ✗       ✗      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✗         ✗        ✗       ✗       ✓     ✓
GET /reports/mine                                       ·       ✓       0      0     0     0      0       0       0       0        0         0       0     0      0         0        0       0       0     0
GET /reports/inbox                                      ·       ✗       ✗      ✓     0     0      0       0       0       0        0         0       0     0      ✗         ✗        ✗       ✗       ✗     ✗
GET /reports/inbox at village                           ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /reports                                            ·       ✗       ✗      ✓     0     ✗      ✓       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /reports outside                                    ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       0        ✓         0       ✗     ✗      ✗         ✗        ✓       0       ✗     ✗
GET /reports/{report_id} submitted                      ·       ✓       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✓       ?       ?     ?
GET /reports/{report_id} in_handling                    ·       ✓       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✓         ?       ✓     ?      ?         ?        ✓       ?       ?     ?
GET /reports/{report_id} resolved by grid               ·       ✓       ?      ✓     ✓     ?      ✓       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✓       ?       ?     ?
GET /reports/{report_id} confidential                   ·       ✓       ?      ✓     ?     ?      ?       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✓       ?       ?     ?
GET /reports/{report_id} centre only                    ·       ✓       ?      ?     ?     ?      ?       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✓       ?       ?     ?
POST /reports/{report_id}/actions verify                ·       ✗       ?      ✓     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions verify class E        ·       ✗       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions verify centre only    ·       ✗       ?      ?     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions reject                ·       ✗       ?      ✓     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions reject at centre      ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions resolve at village    ·       ✗       ?      ✗     ?     ?      ✓       ?       ✗       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions resolve in_handling   ·       ✗       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions escalate              ·       ✗       ?      ✗     ?     ?      ✓       ?       ✗       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions dispatch              ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions accept                ·       ✗       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions confirm               ·       ✓       ?      ✓     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions confirm after grid    ·       ✓       ?      ✗     ✓     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions reopen                ·       ✓       ?      ✓     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions reopen closed         ·       ✓       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions withdraw              ·       ✓       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions comment               ·       ✗       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✓         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions add_info              ·       ✓       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✓         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/photos before                 ·       ✓       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/photos after                  ·       ✗       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/photos evidence               ·       ✓       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
"""


def _cells(line: str, people: list[str]) -> tuple[str, tuple[str, ...]]:
    words = line.split()
    return " ".join(words[: -len(people)]), tuple(words[-len(people) :])


_HEAD, *_LINES = TABLE.strip("\n").splitlines()
COLUMNS = _HEAD.split()
ROWS: dict[str, tuple[str, ...]] = dict(_cells(line, COLUMNS) for line in _LINES)
