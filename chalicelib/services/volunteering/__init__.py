"""Use cases of volunteering: calls, who comes, hours, mediation, and what the clock does."""
