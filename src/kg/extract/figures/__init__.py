"""Figures: measures with what they measure, whose they are, when, their growth and rank."""
