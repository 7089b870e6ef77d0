"""A graph compared with gold, row by row as the corpus's own scorer counts, through the contract's terms alone."""
