"""`simulation`: see DESIGN."""
