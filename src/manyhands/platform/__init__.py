"""`platform`: see DESIGN."""
