"""Use cases on people: join, change, leave; their own data; who looked at it."""
