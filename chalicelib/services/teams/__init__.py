"""Teams: founding, joining, leaving, what a team sees of its area."""
