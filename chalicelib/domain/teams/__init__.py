"""Teams of an area (两员一片一网) and of a kind of help (2+N 队伍): who is in which, who leads, who joins."""
