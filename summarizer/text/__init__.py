"""Article text to clean sentences to terms; every position is an offset into the given text."""
