"""The rows of volunteering: see `matrix`."""

# ruff: noqa: E501  # as wide as there are people
TABLE = """
POST /volunteering/calls                                ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /volunteering/calls/{call_id}                       ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /slots                                              ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /slots/{slot_id}                                    ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /slots/{slot_id} mediation                          ·       ?       ?      ?     ?     ?      ✓       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
PUT /slots/{slot_id}                                    ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /slots/{slot_id}/cancellation                      ·       ✗       ✗      ✗     ✗     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /slots/{slot_id}/code                               ·       ✗       ✗      ✓     ✓     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /slots/{slot_id}/sign-ups                           ·       ✗       ✗      ✓     ✓     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /slots/{slot_id}/sign-up                           ·       ✓       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /slots/{slot_id}/withdrawal                        ·       ✓       ✓      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /slots/{slot_id}/scans                             ·       ?       ?      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /slots/{slot_id}/check-points                      ·       ?       ?      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /slots/{slot_id}/dispute                           ·       ?       ?      ✗     ✗     ✗      ✗       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /me/slots                                           ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /me/hours/{period}                                  ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /me/hours/{period}/file                            ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
GET /me/hours/{period}/file of one's own                ·       ?       ?      ?     ?     ?      ?       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
POST /slots/{slot_id}/sign-ups/{person_id}/confirmation ·       ✗       ✗      ✓     ✓     ✗      ✓       ✗       ✗       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
POST /slots/{slot_id}/sign-ups/{person_id}/settlement   ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /volunteering/to-confirm                            ·       ✗       ✗      ✓     ✓     ✗      ✓       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /volunteering/disputes                              ·       ✗       ✗      ✗     ✗     ✗      ✗       ✗       ✓       ✗        ✗         ✗       ✗     ✗      ✗         ✗        ✗       ✗       ✗     ✗
GET /me/mediations                                      ·       ✓       ✓      ✓     ✓     ✓      ✓       ✓       ✓       ✓        ✓         ✓       ✓     ✓      ✓         ✓        ✓       ✓       ✓     ✓
POST /slots/{slot_id}/notes                             ·       ?       ?      ?     ?     ?      ✓       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
GET /slots/{slot_id}/notes                              ·       ?       ?      ?     ?     ?      ✓       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
POST /slots/{slot_id}/outcome                           ·       ?       ?      ?     ?     ?      ✓       ?       ?       ?        ?         ?       ?     ?      ?         ?        ?       ?       ?     ?
"""
