"""Who is cared for, and what is done for them."""
