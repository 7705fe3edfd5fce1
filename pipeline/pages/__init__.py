"""What people see: scorecard, index and reports, each one self-contained HTML file made from plain data."""

from pipeline.pages.index import IndexRow, index_html, index_row
from pipeline.pages.scorecard import PageOptions, scorecard_html

__all__ = ["IndexRow", "PageOptions", "index_html", "index_row", "scorecard_html"]
