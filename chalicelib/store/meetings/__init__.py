"""Meetings, agendas and follow-ups: table `meetings`."""
