"""What happens this morning, one module a scene."""
