"""A day in the pilot, played over HTTP against a running Fenjian: `make demo`."""
