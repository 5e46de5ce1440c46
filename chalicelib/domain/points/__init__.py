"""Red points: what an event earns (awards), by which rules, as which entries (transfers), what of it counts (caps)."""
