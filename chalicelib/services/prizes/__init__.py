"""Use cases of prizes and services: the catalogue, redeeming, the counter, stock."""
