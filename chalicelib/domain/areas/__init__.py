"""Villages and grids: what they are (model), how they come in (geojson, checks), their shapes (outlines, polygons)."""
