"""The cards of Start: the period to report or take in, what has happened, the next meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.numbers_sv import near_day
from fardplan_desktop.services.overview import Intake, NextMeeting, Overview, Reported
from fardplan_desktop.services.overview_news import News
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary, strong
from fardplan_desktop.ui.start import wording
from fardplan_desktop.ui.theme.tokens import Token

_NAMED: Final = 6
_ICONS: Final = {
    "Count": "table-2",
    "Activity": "list-checks",
    "Plan": "list-checks",
    "CheckIn": "check",
    "SelfAssessment": "chart-line",
    "Deviation": "triangle-alert",
    "Meeting": "calendar",
    "Decision": "clipboard-list",
    "RuleComment": "message-square-text",
    "deadline": "calendar-clock",
    "seal": "badge-check",
    "approve": "badge-check",
    "receive": "inbox",
    "trust": "shield-check",
    "key": "key-round",
    "population": "users",
}
"""Kind of news → icon; others are told with the history's."""


class PeriodCard(Card):
    """How the period stands, and the button that goes on with it. ``asked`` with the page to go to."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=14, margins=(16, 14, 16, 16), name="period_card")
        self._title = card_title("", "period_title")
        self._deadline = Label("", "body", "text2", name="period_deadline", wrap=True)
        self._page = "reporting"
        self._button = Button("Rapportera", "primary", name="start_primary", on_click=self._ask)
        head = row(gap=16)
        head.addLayout(column(self._title, self._deadline, gap=2), 1)
        head.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._states = row(gap=16)
        self.pieces.addLayout(head)
        self.pieces.addLayout(self._states)

    def show_overview(self, found: Overview) -> None:
        clear(self._states)
        name = wording.period_name(found.period, found.today)
        self._deadline.setText(wording.deadline(found))
        if found.reported is not None:
            self._show_reported(found.reported, name)
        elif found.intake is not None:
            self._show_intake(found.intake, name)

    def _show_reported(self, reported: Reported, name: str) -> None:
        self._page = "reporting"
        if reported.sealed:
            self._title.setText(f"{name.capitalize()} är inskickad")
            self._deadline.setText("Perioden är låst. En rättelse öppnas under Rapportera.")
        else:
            self._title.setText(f"Rapportera {name}")
        self._button.setText("Visa det inskickade" if reported.sealed else "Rapportera")
        for state in (_activities_state(reported), _counts_state(reported), _deviations_state(reported)):
            self._states.addWidget(state, 1)

    def _show_intake(self, intake: Intake, name: str) -> None:
        self._page = "intake"
        self._title.setText(f"Ta emot {name}")
        self._button.setText("Ta emot")
        coverage = numbers_sv.of(intake.received, intake.expected)
        whole = not intake.missing
        state = _State(
            "check" if whole else "inbox", "ok" if whole else "accent", f"{coverage} inlämnade", _names(intake)
        )
        self._states.addWidget(state, 1)

    def _ask(self) -> None:
        self.asked.emit(self._page)


class NewsCard(Card):
    """What has happened since the last visit, a line each, and the latest before it."""

    def __init__(self) -> None:
        super().__init__(gap=12, name="news_card")
        self._when = secondary("", "news_since", wrap=True)
        self._rows = column(gap=10)
        self.pieces.addLayout(column(card_title("Sedan du var här sist"), self._when, gap=2))
        self.pieces.addLayout(self._rows)
        self.pieces.addStretch(1)

    def show_news(self, found: Overview) -> None:
        clear(self._rows)
        self._when.setText(wording.last_visit(found.since, found.today) if found.since else "")
        self._when.setVisible(found.since is not None)
        if not found.news:
            nothing = "Inget har hänt än. Det som ni skriver in syns här." if found.fresh else "Inget nytt har hänt."
            self._rows.addWidget(secondary(nothing, wrap=True))
        for news in found.news:
            self._rows.addWidget(_news_row(news, wording.moment(news.at, found.today, whole_day=news.whole_day)))
        if found.earlier:
            self._rows.addWidget(Line())
            self._rows.addWidget(secondary("Dessförinnan"))
        for news in found.earlier:
            self._rows.addWidget(_news_row(news, wording.moment(news.at, found.today)))


class MeetingCard(Card):
    """The next meeting and its paper."""

    def __init__(self, go_to_papers: Callable[[], object]) -> None:
        super().__init__(gap=6, name="meeting_card")
        self._what = body("", "meeting_what")
        self._more = secondary("", "meeting_more", wrap=True)
        self._print = Button("Skriv ut mötesunderlag", name="start_print_paper", wide=True, on_click=go_to_papers)
        for piece in (card_title("Nästa möte"), self._what, self._more):
            self.pieces.addWidget(piece)
        self.pieces.addSpacing(4)
        self.pieces.addWidget(self._print)

    def show_meeting(self, found: Overview) -> None:
        waiting = len(found.decisions)
        self._what.setText(_meeting(found.meeting, found) if found.meeting else "Inget möte är inlagt.")
        verb = "är inte klart" if waiting == 1 else "är inte klara"
        self._more.setText(f"{waiting} beslut från tidigare möten {verb}" if waiting else "")
        self._more.setVisible(bool(waiting))


class WelcomeCard(Card):
    """The three ways to begin, for a store in which nothing stands yet."""

    def __init__(self, ways: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        super().__init__(gap=10, margins=(16, 14, 16, 16), name="welcome_card")
        self.pieces.addWidget(card_title("Börja med det ni redan har"))
        self.pieces.addWidget(Label("Ordningen spelar ingen roll, och allt går att ångra.", "body", "text2", wrap=True))
        buttons = [Button(words, name=f"begin_{page}", on_click=act) for words, page, act in ways]
        self.pieces.addWidget(holder(FlowLayout(*buttons)))


class _State(QWidget):
    """Icon, word and line: how one of the things to report stands."""

    def __init__(self, icon: str, token: Token, word: str, line: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{word}: {line}")
        layout = row(gap=10)
        layout.addWidget(IconView(icon, token, top=2), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column(strong(word), secondary(line, wrap=True), gap=0), 1)
        self.setLayout(layout)


def _activities_state(reported: Reported) -> _State:
    if not reported.activities:
        return _State("circle-dashed", "text2", "Aktiviteter", "inga inlagda")
    done = reported.checked_in == reported.activities
    line = f"{numbers_sv.of(reported.checked_in, reported.activities)} avstämda"
    return _State("circle-check-big" if done else "circle-dot", "ok" if done else "accent", "Aktiviteter", line)


def _counts_state(reported: Reported) -> _State:
    said = []
    if reported.errors:
        said.append(f"{reported.errors} att rätta")
    if reported.cells_left:
        said.append(f"{wording.cells(reported.cells_left)} kvar")
    if reported.warnings and not reported.cells_left:
        said.append(f"{reported.warnings} att kommentera")
    line = ", ".join(said) or "allt är ifyllt"
    if reported.errors:
        return _State("circle-alert", "bad", "SIP-uppföljning", line)
    left = reported.cells_left or reported.warnings
    return _State("circle-dot" if left else "circle-check-big", "accent" if left else "ok", "SIP-uppföljning", line)


def _deviations_state(reported: Reported) -> _State:
    line = f"{reported.registered} registrerade" if reported.registered else "inga registrerade"
    return _State("circle-check-big" if reported.registered else "circle-dashed",
                  "ok" if reported.registered else "text2", "Avvikelser", line)  # fmt: skip


def _names(intake: Intake) -> str:
    if not intake.missing:
        return "alla har lämnat"
    shown = ", ".join(sorted(intake.missing, key=numbers_sv.sort_key)[:_NAMED])
    left = len(intake.missing) - _NAMED
    return f"Saknas: {shown}" + (f" och {left} till" if left > 0 else "")


def _news_row(news: News, when: str) -> QWidget:
    layout = row(gap=10)
    icon = IconView(_ICONS.get(news.kind, "history"), "text2", 18, top=2)
    layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(column(Label(news.text, wrap=True), secondary(when), gap=0), 1)
    return holder(layout, name="news_row")


def _meeting(meeting: NextMeeting, found: Overview) -> str:
    when = f"{near_day(meeting.date, found.today)} {meeting.time}".strip()
    return f"{meeting.name}, {when}"
