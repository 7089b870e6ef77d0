"""Times: expressions, periods, and the date by which a text counts."""
