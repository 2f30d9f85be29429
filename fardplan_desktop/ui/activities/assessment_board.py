"""The yearly self-assessment: six working methods, a score of 1–5 in words, a comment, and last year's beside."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.records import SelfAssessment
from fardplan_desktop.services import self_assessment
from fardplan_desktop.services.self_assessment import MethodStanding
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.entries import Entries
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.text import Label, secondary
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.look import Look

_SCORE_WIDTH = 220


class AssessmentBoard(QWidget):
    """Saves each answer as it is given; 1–5 on the keyboard choose in a box that has focus."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("assessment_board")
        self._session = session
        workplace = session.workplace
        years = [(str(year), str(year)) for year in self_assessment.years(workplace)]
        self._year = Combo(years, name="assessment_year", current=str(self_assessment.default_year(workplace)))
        self._year.setAccessibleName("År som skattas")
        self._year.picked.connect(lambda _key: self._show())
        self._said = secondary("", "assessment_said", wrap=True)
        head = row(Label("År", "side", bold=True), self._year, gap=8)
        head.addWidget(self._said, 1)
        self._rows = [_Row(session, each) for each in self_assessment.standing(workplace, year=self.year)]
        card = Card(gap=0, margins=(1, 1, 1, 1), name="assessment_rows")
        for number, each in enumerate(self._rows):
            if number:
                card.pieces.addWidget(Line())
            card.pieces.addWidget(each)
        self.setLayout(column(head, card, None, gap=12))
        self._show()

    @property
    def year(self) -> int:
        return int(self._year.key)

    def show_year(self, year: int) -> None:
        if self._year.findData(str(year)) >= 0:
            self._year.choose(str(year))
            self._show()

    def refresh(self) -> None:
        """As it is stored now; half-written comments stay."""
        found = self_assessment.standing(self._session.workplace, year=self.year)
        for each, standing in zip(self._rows, found, strict=True):
            each.follow(standing)
        self._say(found)

    def focus_first(self) -> None:
        self._rows[0].focus_first()

    def leave(self) -> None:
        """Save what is half written."""
        for each in self._rows:
            each.leave()

    def _show(self) -> None:
        found = self_assessment.standing(self._session.workplace, year=self.year)
        for each, standing in zip(self._rows, found, strict=True):
            each.show_standing(self.year, standing)
        self._say(found)

    def _say(self, found: tuple[MethodStanding, ...]) -> None:
        done = sum(each.now is not None for each in found)
        self._said.setText(f"{done} av {len(found)} arbetssätt skattade. Stannar hos er, skickas inte.")


class _Row(QWidget):
    """One working method."""

    def __init__(self, session: Session, standing: MethodStanding) -> None:
        super().__init__()
        self.setObjectName("assessment_row")
        self._session = session
        self._method, self._standing, self._year = standing.method, standing, 0
        make = Entries("assessment")
        self._words = {each.id: f"{each.rank} {each.label}" for each in self_assessment.scores(session.workplace)}
        options = list(self._words.items())
        name = f"{standing.method.id} {standing.method.title}"
        self._score = make.choice(f"{standing.method.id}", "Skattning 1–5", options, none="Inte skattat")
        self._score.input.setAccessibleName(f"{name}, skattning 1–5")
        self._comment = make.line(f"{standing.method.id}_comment", "Kommentar", empty="", longest=500)
        self._comment.input.setAccessibleName(f"{name}, kommentar")
        self._before = secondary("", f"assessment_{standing.method.id}_before", wrap=True)
        self._score.left.connect(lambda _name: self._save())
        self._comment.left.connect(lambda _name: self._save())
        self._score.widget.setFixedWidth(Look.of_application().px(_SCORE_WIDTH))
        fields = row(self._score.widget, gap=12)
        fields.addWidget(self._comment.widget, 1)
        title = Label(name, "strong", wrap=True)
        self.setLayout(column(holder(column(title, self._before, gap=0)), fields, gap=6, margins=(16, 10, 16, 12)))

    def focus_first(self) -> None:
        self._score.input.setFocus()

    def leave(self) -> None:
        if self._comment.changed and not self._comment.withheld:
            self._save()

    def show_standing(self, year: int, standing: MethodStanding) -> None:
        """Another year: everything typed is let go."""
        self._year = year
        self._score.show(standing.now.score if standing.now else None)
        self._comment.show(standing.now.comment if standing.now else "")
        self._tell(standing)

    def follow(self, standing: MethodStanding) -> None:
        """The same year as it is stored now."""
        self._score.refresh(standing.now.score if standing.now else None)
        self._comment.refresh(standing.now.comment if standing.now else "")
        self._tell(standing)

    def _tell(self, standing: MethodStanding) -> None:
        self._standing = standing
        before = standing.before
        told = f"{self._words.get(before.score, before.score)}. {before.comment}".strip() if before else "inte skattat"
        self._before.setText(f"{self._year - 1}: {told}")

    def _save(self) -> None:
        score, comment, year = self._score.read(), self._comment.read(), self._year
        stored = self._standing.now
        self._comment.show_error("")
        if score is None and stored is None:
            if comment:
                self._comment.show_error("Kommentaren är inte sparad. Välj 1–5 först.")
            return
        self._session.change(lambda: self._act(year, score, comment, stored), failed=self._failed)

    def _act(self, year: int, score: str | None, comment: str, stored: SelfAssessment | None) -> Change:
        workplace = self._session.workplace
        if score is not None:
            return self_assessment.assess(workplace, year=year, method=self._method.id, score=score, comment=comment)
        if stored is None:
            raise InputProblem("Det finns ingen skattning att ta bort.", todo="Välj 1–5.")
        return self_assessment.clear(workplace, assessment=stored)

    def _failed(self, error: WorldError) -> None:
        self._comment.show_error(error.sentence)
