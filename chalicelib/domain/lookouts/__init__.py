"""Look-outs (协查): couriers of some grids are asked to look out; seen or not seen, never to pursue."""
