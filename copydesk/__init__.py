"""copydesk: clean text and checked facts from articles that arrive broken."""

__version__ = "0.1.0"
