"""The report: a matching as one web page that needs nothing but itself."""

from mentormatch.exporters.report.rendering import render_report, write_report

__all__ = ["render_report", "write_report"]
