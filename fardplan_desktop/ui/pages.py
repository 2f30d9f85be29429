"""Which pages each level has, in the order of the rail."""

from __future__ import annotations

from collections.abc import Callable

from fardplan_desktop.domain.levels import Level
from fardplan_desktop.ui.activities.page import ActivitiesPage
from fardplan_desktop.ui.codebook.page import CodeBookPage
from fardplan_desktop.ui.compilation.page import CompilationPage
from fardplan_desktop.ui.counts.page import CountsPage
from fardplan_desktop.ui.coverage.page import CoveragePage
from fardplan_desktop.ui.deviations.page import DeviationsPage
from fardplan_desktop.ui.inquiries.page import InquiriesPage
from fardplan_desktop.ui.intake.page import IntakePage
from fardplan_desktop.ui.meetings.page import MeetingsPage
from fardplan_desktop.ui.page import Page, PageContext, PageSpec
from fardplan_desktop.ui.replies.page import RepliesPage
from fardplan_desktop.ui.reporting.bundle_page import BundlePage
from fardplan_desktop.ui.reporting.page import ReportingPage
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.page import SettingsPage
from fardplan_desktop.ui.start.page import StartPage

_Make = Callable[[PageContext, Session], Page]

_START = ("start", "Start", "house", StartPage)
_ACTIVITIES = ("activities", "Aktiviteter", "list-checks", ActivitiesPage)
_COUNTS = ("counts", "SIP-uppföljning", "table-2", CountsPage)
_DEVIATIONS = ("deviations", "Avvikelser", "triangle-alert", DeviationsPage)
_REPORTING = ("reporting", "Rapportera", "send", ReportingPage)
_INTAKE = ("intake", "Ta emot", "inbox", IntakePage)
_COVERAGE = ("coverage", "Inlämningsläge", "grid-3x3", CoveragePage)
_SENDING = ("sending", "Skicka vidare", "send", BundlePage)
_COMPILATION = ("compilation", "Sammanställning", "sigma", CompilationPage)
_MEETINGS = ("meetings", "Mötesunderlag", "printer", MeetingsPage)
_INQUIRIES = ("inquiries", "Fråga ansvariga", "users", InquiriesPage)
_CODEBOOK = ("codebook", "Mått och listor", "clipboard-list", CodeBookPage)
_REPLIES = ("replies", "Återkoppling och frågor", "message-square-text", RepliesPage)
_SETTINGS = ("settings", "Inställningar", "settings", SettingsPage)

_MUNICIPALITY: tuple[tuple[str, str, str, _Make], ...] = (
    _START, _ACTIVITIES, _COUNTS, _DEVIATIONS, _REPORTING, _MEETINGS, _SETTINGS, _INQUIRIES, _CODEBOOK, _INTAKE,
    _REPLIES,
)  # fmt: skip
_DELREGION: tuple[tuple[str, str, str, _Make], ...] = (
    _START, _INTAKE, _COVERAGE, _COMPILATION, _ACTIVITIES, _DEVIATIONS, _SENDING, _SETTINGS, _CODEBOOK,
    _REPLIES,
)  # fmt: skip
_COUNTY: tuple[tuple[str, str, str, _Make], ...] = tuple(each for each in _DELREGION if each is not _SENDING)
"""An office has no counts of its own, and the county nobody to send anything on to."""
_OF_LEVEL = {Level.MUNICIPALITY: _MUNICIPALITY, Level.DELREGION: _DELREGION, Level.COUNTY: _COUNTY}
_BESIDE_RAIL = frozenset({"inquiries", "codebook", "replies"})
"""Reached from the pages they belong to, and with Ctrl+K; at a municipality Ta emot too, where files seldom come."""


def page_specs(level: Level, session: Session) -> tuple[PageSpec, ...]:
    """The pages of a level, made when they are first shown."""

    beside = _BESIDE_RAIL | ({"intake"} if level is Level.MUNICIPALITY else set())

    def spec(name: str, title: str, icon: str, make: _Make) -> PageSpec:
        return PageSpec(
            name,
            title,
            icon,
            lambda context: make(context, session),
            at_foot=name == "settings",
            in_rail=name not in beside,
        )

    return tuple(spec(*each) for each in _OF_LEVEL[level])
