"""What the care relay keeps: plans, visits, carriers."""
