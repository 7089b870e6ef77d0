"""Which stretches of a text are names: each module proposes candidates, `mentions` keeps those that stand."""
