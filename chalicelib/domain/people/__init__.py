"""People: who somebody is, what may be done to him, how he joins and leaves."""
