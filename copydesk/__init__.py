r"""copydesk: clean text and checked facts from articles that arrive broken.

>>> import copydesk
>>> article = copydesk.clean(copydesk.read("One  line.\u200b\n"))
>>> article.text, [edit.kind for edit in article.log.edits]
('One line.\n', ['invisible', 'spacing'])
"""

from copydesk.article import Article
from copydesk.config import Options
from copydesk.document import Document, Span
from copydesk.errors import CopydeskError
from copydesk.extract import extract
from copydesk.facts import Facts
from copydesk.pipeline import clean
from copydesk.readers import read

__version__ = "0.1.0"

__all__ = ["Article", "CopydeskError", "Document", "Facts", "Options", "Span", "clean", "extract", "read"]
