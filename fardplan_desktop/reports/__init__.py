"""Figures and tables to PDF. ReportLab is set up before any module of this room can import it."""

from __future__ import annotations

from fardplan_desktop.reports import engine

__all__ = ["engine"]
