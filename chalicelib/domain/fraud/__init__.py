"""Anti-fraud: what looks wrong (habits, photos, closings), what people make of it (findings, decisions), and trust."""
