"""More of the table in `matrix`: teams, rounds over grids, look-outs."""

# ruff: noqa: E501  # as wide as there are people
TABLE = """
POST /teams                                             ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
GET /teams                                              ·       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓
GET /teams/{team_id}                                    ·       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓
PUT /teams/{team_id}                                    ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
POST /teams/{team_id}/dissolution                       ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
PUT /teams/{team_id}/leader                             ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
GET /teams/{team_id}/ground                             ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
GET /me/teams                                           ·       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓
POST /teams/{team_id}/applications                      ·       ✓       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
GET /teams/{team_id}/applications                       ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
POST /teams/{team_id}/applications/{person_id}/decision ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
POST /teams/{team_id}/members                           ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
POST /teams/{team_id}/members/{person_id}/removal       ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
POST /teams/{team_id}/departure                         ·       ✓       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?
GET /map/overlap                                        ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✓       ✗       ✗       ✗       ✓       ✗       ✗       ✗       ✗       ✗
GET /map/overlap/couriers/{courier_id}                  ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
GET /map/overlap/grids/{grid}                           ·       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
POST /lookouts                                          ·       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
GET /lookouts                                           ·       ✗       ✗       ✗       ✗       ✗       ✓       ✗       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
GET /lookouts/{lookout_id}                              ·       ✓       ✓       ?       ?       ?       ✓       ?       ✓       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?
POST /lookouts/{lookout_id}/stop                        ·       ?       ?       ?       ?       ?       ✓       ?       ✓       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?
PUT /lookouts/{lookout_id}/answer                       ·       ✓       ✓       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗       ✗
GET /lookouts/{lookout_id}/answers                      ·       ?       ?       ?       ?       ?       ✓       ?       ✓       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?       ?
GET /me/lookouts                                        ·       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓       ✓
"""
