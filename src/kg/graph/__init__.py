"""Claims to quads: the only room that makes them, and every form in which they leave the program."""
