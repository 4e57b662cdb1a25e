"""`task`: see DESIGN."""
