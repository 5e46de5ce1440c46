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
GET /people/{person_id}/data                            ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
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
PUT /reports/{report_id}/photos/{photo_id}/publication at village ·       ✗       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
DELETE /reports/{report_id}/photos/{photo_id}/publication ·       ✗       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
GET /reports/{report_id}/outcome                        ·       ✓       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✓         ?       ✓     ?      ?         ?        ✓       ?       ?     ?
POST /reports/{report_id}/public-link                   ·       ✓       ?      ✗     ?     ?      ✓       ?       ✓       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
DELETE /reports/{report_id}/public-link                 ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
GET /p/{token}                                          ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /p/{token}/data                                     ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /audit/history                                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /audit/ledger                                       ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /audit/ledger/{courier_id}                          ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /audit/exports                                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
POST /monthly-reports                                   ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /monthly-reports                                    ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /monthly-reports/{report_id}                        ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /monthly-reports/{report_id} its file               ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /monthly-reports/{report_id}/corrections            ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✓     ✗
GET /weekly-reports                                     ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /weekly-reports/{week}                              ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /points/statements/{month}                          ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /points/statements/{month}/file                    ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /points/statements/{month}/file of one's own        ·       ?       ?      ?     ?     ?      ?       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
GET /rechecks                                           ·       ✓       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /rechecks/{report_id}                               ·       ?       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /rechecks/{report_id}/acceptance                   ·       ✗       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /rechecks/{report_id}/answer                       ·       ?       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /prizes                                            ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /prizes                                             ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /prizes/{prize_id}                                  ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /prizes/{prize_id} draft                            ·       ?       ?      ?     ?     ?      ✓       ✓       ✓       ?        ✓         ?       ?     ?      ?         ?        ✓       ?       ?     ?
PUT /prizes/{prize_id}                                  ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /prizes/{prize_id}/photos                          ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /prizes/{prize_id}/stock                           ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /prizes/{prize_id}/movements                        ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
POST /prizes/{prize_id}/redemptions                     ·       ✓       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /prizes/{prize_id}/redemptions                      ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /redemptions                                        ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /redemptions/{redemption_id}                        ·       ?       ✓      ?     ?     ?      ✓       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
GET /redemptions/{redemption_id}/code                   ·       ?       ✓      ?     ?     ?      ?       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
POST /redemptions/{redemption_id}/cancellation          ·       ?       ✓      ?     ?     ?      ✓       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
POST /redemptions/look-up                               ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /redemptions/confirmation                          ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /findings                                           ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /findings/{finding_id}                              ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
POST /findings/{finding_id}/actions                     ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /findings/{finding_id}/actions hear                ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /findings/{finding_id}/appeal                      ·       ✓       ?      ?     ?     ?      ?       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
GET /me/findings                                        ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /me/trust                                           ·       ✓       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /people/{person_id}/trust                           ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /reports/{report_id}/actions object                ·       ✓       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions ask_info              ·       ✗       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions supply_info           ·       ✓       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions claim                 ·       ✗       ?      ✓     ?     ?      ✗       ?       ✗       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions hand_over             ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions relocate              ·       ✗       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions reclassify            ·       ✗       ?      ✓     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions unmerge               ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions return_to_village     ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions coordinate            ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions reassign              ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions call_in               ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions transfer              ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions take_back             ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions cancel                ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions decide                ·       ✗       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions return                ·       ✗       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions request_reassign      ·       ✗       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions request_extension     ·       ✗       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions withdraw_request      ·       ✗       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions grant                 ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions refuse                ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions suspend               ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions resume                ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ✓     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions urge                  ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✓         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions supervise             ·       ✗       ?      ✗     ?     ?      ✗       ?       ✗       ?        ✓         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions accept_part           ·       ✗       ?      ✗     ?     ?      ✓       ?       ✗       ?        ✗         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions return_part           ·       ✗       ?      ✗     ?     ?      ✓       ?       ✗       ?        ✗         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions file_part             ·       ✗       ?      ✗     ?     ?      ✓       ?       ✗       ?        ✗         ?       ✗     ?      ?         ?        ✗       ?       ?     ?
POST /reports/{report_id}/actions confirm false         ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/actions verify                            ·       ✗       ?      ✓     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/actions dispatch                          ·       ✗       ?      ✗     ?     ?      ✗       ?       ✓       ?        ✗         ?       ?     ?      ?         ?        ✗       ?       ?     ?
POST /reports/actions comment                           ·       ✗       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✓         ?       ?     ?      ?         ?        ✗       ?       ?     ?
GET /reports/{report_id}/responses                      ·       ✗       ?      ✓     ?     ?      ✓       ?       ✓       ?        ✓         ?       ✓     ?      ?         ?        ✓       ?       ?     ?
GET /reports/inbox/counts                               ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✗         ✗        ✗       ✗       ✗     ✗
GET /filters                                            ·       ✗       ✗      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /filters                                           ·       ✗       ✗      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /filters of the centre                             ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /filters/{filter_id} of the centre                  ·       ✗       ✗      ?     ?     ?      ?       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
PUT /filters/{filter_id} of the centre                  ·       ✗       ✗      ?     ?     ?      ?       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
DELETE /filters/{filter_id} of the centre               ·       ✗       ✗      ?     ?     ?      ?       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
POST /awards                                            ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /points/adjustments                                ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /awards                                             ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /awards/{award_id}                                  ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /awards/{award_id}/approval                        ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /awards/{award_id}/rejection                       ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /appeals                                           ·       ?       ✓      ?     ?     ?      ?       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
GET /appeals                                            ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /me/appeals                                         ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /appeals/{appeal_id}                                ·       ?       ✓      ?     ?     ?      ?       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
POST /appeals/{appeal_id}/decision                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /points/couriers/{courier_id}                       ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /points/entries                                     ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
POST /points/rules/trial                                ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✓     ✗
GET /honours/wordings                                   ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /honours/application                               ·       ✓       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /honours/application                                ·       ✓       ✓      ?     ?     ?      ?       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
PUT /honours/application/publicity                      ·       ✓       ✓      ?     ?     ?      ?       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
DELETE /honours/application                             ·       ✓       ✓      ?     ?     ?      ?       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
GET /honours/applications                               ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /honours/applications listed                        ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✗     ✗
GET /honours/applications/{person_id}                   ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
POST /honours/applications/{person_id}/evidence         ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /honours/applications/{person_id}/evidence/{number} ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
POST /honours/applications/{person_id}/recommendation   ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /honours/applications/{person_id}/decision         ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /honours/sentinels/{year}                           ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /honours/sentinels/{year}/record                    ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✓         ✗       ✗     ✗      ✓         ✗        ✓       ✗       ✗     ✗
POST /honours/sentinels/{year}/decisions                ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✓         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /audit/honours                                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
POST /handouts                                          ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /handouts of a person                               ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /handouts of a month                                ·       ✗       ✗      ✗     ✗     ✗      ✓       ✓       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /handouts/{handout_id}                              ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
POST /handouts/{handout_id}/correction                  ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /me/handouts                                        ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
"""


def _cells(line: str, people: list[str]) -> tuple[str, tuple[str, ...]]:
    words = line.split()
    return " ".join(words[: -len(people)]), tuple(words[-len(people) :])


_HEAD, *_LINES = TABLE.strip("\n").splitlines()
COLUMNS = _HEAD.split()
ROWS: dict[str, tuple[str, ...]] = dict(_cells(line, COLUMNS) for line in _LINES)
