"""Use cases of those on duty: rosters, alarms, the morning."""
