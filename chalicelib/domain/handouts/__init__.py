"""Goods that are handed out: welcome packs, books."""
