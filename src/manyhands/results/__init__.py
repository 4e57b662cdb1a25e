"""`results`: see DESIGN."""
