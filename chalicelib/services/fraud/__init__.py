"""Use cases of anti-fraud: what looks wrong is raised (following, photo_checks), judged, appealed."""
