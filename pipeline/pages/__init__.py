"""What people see: scorecard, index and reports, each one self-contained HTML file made from plain data."""

from pipeline.pages.coach import CoachReport, coach_html, coach_report
from pipeline.pages.index import IndexRow, index_html, index_row
from pipeline.pages.reports import ReportOptions
from pipeline.pages.scorecard import PageOptions, scorecard_html
from pipeline.pages.team import TeamReport, team_html, team_report

__all__ = [
    "CoachReport",
    "IndexRow",
    "PageOptions",
    "ReportOptions",
    "TeamReport",
    "coach_html",
    "coach_report",
    "index_html",
    "index_row",
    "scorecard_html",
    "team_html",
    "team_report",
]
