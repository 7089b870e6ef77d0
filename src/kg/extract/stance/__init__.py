"""How far a fact has come, who says it, and what is only asked or supposed."""
