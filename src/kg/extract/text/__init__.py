"""From characters to tagged words: sentences, traditional characters, numbers, the recogniser, the lexicon."""
