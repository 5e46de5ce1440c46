"""A civic report: what it is (model), its intake, how it may change (life, acts), who may what (parties, sight)."""
