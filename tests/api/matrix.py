"""Who may do what: one row per route, action and situation, one column per person. The table is the specification.

    ✓ done or shown         · 401 not signed in       ✗ 403 not his to do
    ? 404 not his to know   0 an empty list: nothing of it is his to see

`name` is somebody whose scope holds the report, `name'` the same role of elsewhere, `grid~` the neighbouring grid's
member. The report lies in a grid of the village; D04 leads it once it was dispatched, and D03 has no part in it.
"""

# ruff: noqa: E501  # as wide as there are people
from tests.api import matrix_more, matrix_teams, matrix_volunteering

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
PUT /reference/{name}                                   ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
GET /inbox                                              ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /inbox/read                                        ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /points                                             ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /reports/nearby                                     ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /reports                                           ·       ✓       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /reports for someone                               ·       ✗       ✗      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✗         ✗        ✗       ✗       ✓     ✓
GET /reports/mine                                       ·       ✓       0      0     0     0      0       0       0       0        0         0       0     0      0         0        0       0       0     0
GET /reports/inbox                                      ·       0       0      ✓     0     0      0       0       0       0        0         0       0     0      ✗         ✗        ✗       ✗       ✗     ✗
GET /reports/inbox at village                           ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /reports/supervised                                 ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       0        ✓         0       ✗     ✗      ✗         ✗        ✓       0       ✗     ✗
GET /reports                                            ·       ✗       ✗      ✓     0     ✗      ✓       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /reports outside                                    ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       0        ✓         0       ✗     ✗      ✗         ✗        ✓       0       ✗     ✗
GET /reports/{report_id} submitted                      ·       ✓       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✓       ?       ?     ?
GET /reports/{report_id} in_handling                    ·       ✓       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✓         ?       ✓     ?      ?         ?        ✓       ?       ?     ?
GET /reports/{report_id} resolved by grid               ·       ✓       ?      ✓     ✓     ?      ✓       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✓       ?       ?     ?
GET /reports/{report_id} confidential                   ·       ✓       ?      ✓     ?     ?      ?       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✓       ?       ?     ?
GET /reports/{report_id} centre only                    ·       ✓       ?      ?     ?     ?      ?       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✓       ?       ?     ?
GET /reports/{report_id}/duplicates                     ·       ✗       ?      0     ?     ?      ✗       ?       0       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
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
GET /people/{person_id}                                 ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✓     ✗
GET /people by phone                                    ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
GET /people by post                                     ·       ✗       ✗      ✓     ✓     ✓      ✓       ✓       ✓       ✗        ✓         ✗       ✓     ✓      ✗         ✗        ✓       ✗       ✓     ✗
GET /people by post of courier                          ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✓     ✗
POST /people                                            ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions pause                  ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions pause of staff         ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions leave                  ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions change_employer        ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions change_round           ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions change_phone           ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions change_phone from afar ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions reapprove              ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions training               ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions welcome_pack           ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions grant_role             ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions revoke_role            ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions link_identity          ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /people/{person_id}/actions erase                  ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /recruitments                                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
GET /recruitments/{code}                                ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /applications                                      ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /applications                                       ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /applications/{application_id}/decision            ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /access-log                                         ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /me/access-log                                      ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /me/data                                            ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /people/{person_id}/data                            ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /me/erasure                                        ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✗     ✗
GET /me/contribution                                    ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /statistics/reports                                 ·       ✗       ✗      ✓     ✓     ✓      ✓       ✓       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /statistics/reports of village                      ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /statistics/reports of grid                         ·       ✗       ✗      ✓     ✗     ✗      ✓       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /map/cells                                          ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /map/cells of this month                            ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /map/hexagons                                       ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /map/gaps                                           ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /statistics/indicators                              ·       ✗       ✗      ✓     ✓     ✓      ✓       ✓       ✓       ✗        ✓         ✗       ✓     ✓      ✓         ✗        ✓       ✗       ✓     ✗
GET /statistics/indicators of department                ·       ✗       ✗      ✓     ✓     ✓      ✓       ✓       ✓       ✗        ✓         ✗       ✓     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /statistics/indicators/reports                      ·       ✗       ✗      ✓     ✓     ✓      ✓       ✓       ✓       ✗        ✓         ✗       ✓     ✓      ✓         ✗        ✓       ✗       ✓     ✗
GET /statistics/services                                ·       ✗       ✗      ✓     ✓     ✓      ✓       ✓       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /riders-needs                                       ·       ✓       ✓      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /rankings/{period}                                  ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /rankings/{period} of village                       ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✓     ✗
GET /rankings/{period} of grid                          ·       ✗       ✗      ✓     ✗     ✗      ✓       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✓     ✗
GET /rankings/{period} of employer                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✓     ✗
GET /rankings/{period}/corrections                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✓     ✗
GET /me/ranking                                         ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
PUT /me/ranking                                         ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /exports                                           ·       ✗       ✗      ✗     ✗     ✗      ✓       ✓       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✓     ✗
POST /exports of village                                ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✓     ✗
POST /exports personal                                  ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
GET /exports                                            ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /exports/{export_id}                                ·       ?       ?      ?     ?     ?      ?       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ✓       ?       ?     ?
GET /exports/{export_id} its file                       ·       ?       ?      ?     ?     ?      ?       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
DELETE /exports/{export_id}                             ·       ?       ?      ?     ?     ?      ?       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ?       ?       ✓     ?
POST /login/codes                                       ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /login                                             ·       ·       ·      ·     ·     ·      ·       ·       ·       ·        ·         ·       ·     ·      ·         ·        ·       ·       ·     ·
POST /login/refresh                                     ·       ·       ·      ·     ·     ·      ·       ·       ·       ·        ·         ·       ·     ·      ·         ·        ·       ·       ·     ·
POST /logout                                            ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /logout/everywhere                                 ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /me/sessions                                        ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
DELETE /me/sessions/{session_id}                        ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /rosters/{post}                                     ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
GET /rosters/{post} of a department                     ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✓     ✗      ✗         ✗        ✗       ✗       ✓     ✗
PUT /rosters/{post}                                     ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
PUT /rosters/{post} of the centre                       ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
PUT /rosters/{post} of a body without accounts          ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /rosters/{post}/copies                             ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
PUT /me/quiet                                           ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /alarms/{token}                                     ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /alarms/{token}                                    ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /reports/{report_id}/alarm/acknowledgement         ·       ✗       ?      ✗     ?     ?      ✓       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/alarm/acknowledgement centre only ·       ✗       ?      ?     ?     ?      ?       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
GET /routing/draft                                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
PUT /routing/draft                                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
DELETE /routing/draft                                   ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /routing/draft/trial                               ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
POST /routing/draft/publication                         ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
GET /agenda/cases                                       ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /agenda/topics                                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✗     ✗
POST /agenda/topics                                     ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
DELETE /agenda/topics/{topic_id}                        ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /meetings                                          ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /meetings joint                                    ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /meetings                                           ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✓     ✓      ✗         ✗        ✓       ✗       ✗     ✗
GET /meetings joint                                     ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✓     ✓      ✓         ✗        ✓       ✗       ✗     ✗
GET /meetings/{meeting_id}                              ·       ?       ?      ?     ?     ?      ?       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✓       ?       ?     ?
GET /meetings/{meeting_id} announced                    ·       ?       ?      ?     ?     ?      ?       ?       ✓       ?        ✓         ?       ✓     ?      ?         ?        ✓       ?       ?     ?
GET /meetings/{meeting_id} joint                        ·       ?       ?      ?     ?     ?      ?       ?       ✓       ?        ✓         ?       ?     ?      ✓         ?        ✓       ?       ?     ?
POST /meetings/{meeting_id}/actions change              ·       ?       ?      ?     ?     ?      ?       ?       ✗       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /meetings/{meeting_id}/actions gather              ·       ?       ?      ?     ?     ?      ?       ?       ✗       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /meetings/{meeting_id}/actions drop                ·       ?       ?      ?     ?     ?      ?       ?       ✗       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /meetings/{meeting_id}/actions decide              ·       ?       ?      ?     ?     ?      ?       ?       ✗       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /meetings/{meeting_id}/actions agree               ·       ?       ?      ?     ?     ?      ?       ?       ✓       ?        ✗         ?       ?     ?      ✗         ?        ✗       ?       ?     ?
POST /meetings/{meeting_id}/actions postpone            ·       ?       ?      ?     ?     ?      ?       ?       ✗       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /meetings/{meeting_id}/actions announce            ·       ?       ?      ?     ?     ?      ?       ?       ✗       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /meetings/{meeting_id}/actions publish             ·       ?       ?      ?     ?     ?      ?       ?       ✗       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /meetings/{meeting_id}/actions cancel              ·       ?       ?      ?     ?     ?      ?       ?       ✗       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
GET /follow-ups                                         ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✗     ✗
GET /follow-ups/{follow_up_id}                          ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✗     ✗
POST /follow-ups/{follow_up_id}/steps                   ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
PUT /reports/{report_id}/photos/{photo_id}/publication  ·       ✗       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
"""


def _cells(line: str, people: list[str]) -> tuple[str, tuple[str, ...]]:
    words = line.split()
    return " ".join(words[: -len(people)]), tuple(words[-len(people) :])


_MORE = (matrix_more.TABLE, matrix_volunteering.TABLE, matrix_teams.TABLE)
_HEAD, *_LINES = (TABLE + "".join(table.lstrip("\n") for table in _MORE)).strip("\n").splitlines()
COLUMNS = _HEAD.split()
ROWS: dict[str, tuple[str, ...]] = dict(_cells(line, COLUMNS) for line in _LINES)
