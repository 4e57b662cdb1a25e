"""`truth`: see DESIGN."""
