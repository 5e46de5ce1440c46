"""How fast the product is, in ratios to the bare floor measured in the same run: `make bench`."""
