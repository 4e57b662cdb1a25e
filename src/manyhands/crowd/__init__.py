"""`crowd`: see DESIGN."""
