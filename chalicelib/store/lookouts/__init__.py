"""Look-outs with what was answered."""
