"""Look-outs: asking, telling couriers page by page, answering, stopping, forgetting."""
