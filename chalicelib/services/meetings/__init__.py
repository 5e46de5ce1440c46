"""Use cases on meetings: their agendas, minutes and follow-ups."""
