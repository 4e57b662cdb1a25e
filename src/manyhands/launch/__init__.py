"""`launch`: see DESIGN."""
