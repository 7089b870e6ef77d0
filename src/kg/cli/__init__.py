"""The command line: one thin file per command; nothing here knows how an answer is found."""
