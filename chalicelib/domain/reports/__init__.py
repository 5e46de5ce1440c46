"""A civic report: what it is (model), how it may change (life, acts), who may what (parties, sight), when due (due)."""
