"""Markdown becomes HTML: the excerpt, the article, what may pass and how it is set."""
