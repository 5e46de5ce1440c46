"""Who hears of what, in which words, by which way."""
