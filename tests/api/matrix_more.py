"""The second half of the table in `matrix`: who may do what."""

# ruff: noqa: E501  # as wide as there are people
TABLE = """
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
POST /prizes/{prize_id}/cancellation                    ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
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
POST /points/adjustments of an entry                    ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
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
POST /beneficiaries                                     ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /beneficiaries                                      ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /beneficiaries of village                           ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ✗       ✗     ✗
GET /beneficiaries/wordings                             ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /beneficiaries/look-up                             ·       ✗       ✗      ✗     ✗     ✗      ✓       ✓       ✓       ✓        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /beneficiaries/{beneficiary_id}                     ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ?       ✗     ✗
PUT /beneficiaries/{beneficiary_id}                     ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /beneficiaries/{beneficiary_id}/actions want       ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /beneficiaries/{beneficiary_id}/actions assess     ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /beneficiaries/{beneficiary_id}/actions refuse     ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /beneficiaries/{beneficiary_id}/actions withdraw   ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /beneficiaries/{beneficiary_id}/actions pause      ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /beneficiaries/{beneficiary_id}/actions end        ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /beneficiaries/{beneficiary_id}/actions answer     ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /beneficiaries/{beneficiary_id}/consents           ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /beneficiaries/{beneficiary_id}/consents            ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /beneficiaries/{beneficiary_id}/looks               ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✓       ?       ✗     ✗
POST /beneficiaries/{beneficiary_id}/family-link        ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /f/{token}                                          ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /f/{token}                                         ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
DELETE /beneficiaries/{beneficiary_id}/family-link      ·       ✗       ✗      ✗     ✗     ✗      ✓       ?       ✓       ?        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /visits/{visit_id}/sight                            ·       ✓       ?      ?     ?     ?      ✓       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ✓       ?       ?     ?
POST /certificates                                      ·       ✓       ?      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /certificates                                       ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /certificates/{certificate_id}                      ·       ✓       ?      ?     ?     ?      ?       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
GET /certificates/{certificate_id}/qr                   ·       ✓       ?      ?     ?     ?      ?       ?       ✓       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
POST /certificates/{certificate_id}/revocation          ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /c/{token}                                          ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /c/{token}/data                                     ✓       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
"""
