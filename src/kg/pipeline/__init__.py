"""Inputs ──▶ a folder with the graph: the stages in order, over one process or several, committed as a whole."""
