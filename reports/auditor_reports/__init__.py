"""The report formats that come with the auditor; each turns a finished run into files and decides nothing."""

from auditor.model.report import ReportFormat
from auditor_reports import csv, html, json, junit, md, sarif

formats: tuple[ReportFormat, ...] = (
    ReportFormat(
        "html", "pages to read and to print, the fleet first, then each device", html.write, write_shared=html.write
    ),
    ReportFormat("json", "the whole run, schema auditor/run/1", json.write, load=json.load, pieces=json.pieces),
    ReportFormat("sarif", "SARIF 2.1.0 for code-scanning services", sarif.write),
    ReportFormat("junit", "JUnit XML for build servers", junit.write),
    ReportFormat("csv", "tables for spreadsheets", csv.write),
    ReportFormat("md", "a summary in Markdown", md.write),
)
