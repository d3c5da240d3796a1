"""The article of a page, from its bytes; must not fetch anything."""

from workers.extraction.article import MAX_PAGE_BYTES, ExtractedArticle, extract_article
from workers.extraction.pages import MAX_ELEMENTS

__all__ = ["MAX_ELEMENTS", "MAX_PAGE_BYTES", "ExtractedArticle", "extract_article"]
