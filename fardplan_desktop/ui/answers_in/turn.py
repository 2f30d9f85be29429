"""Answers from colleagues: recognised wherever they are let go, shown, and taken in one at a time.

Shared by the pages that take files, so that an answer is treated alike on all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.inquiries import AnswerSheet
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.services import answers
from fardplan_desktop.services.answers import AnswerPreview
from fardplan_desktop.ui.answers_in.preview import AnswerPreviewDialog
from fardplan_desktop.ui.jobs.runner import Jobs
from fardplan_desktop.ui.messages.door import Messages
from fardplan_desktop.ui.parts.dash_question import ask_about_dashes
from fardplan_desktop.ui.session import Session


class AnswersIn:
    """Takes files in turn: the next is shown when the user is done with the one before."""

    def __init__(self, session: Session, jobs: Jobs, messages: Messages, parent: QWidget) -> None:
        self._session, self._jobs, self._messages, self._parent = session, jobs, messages, parent
        self._waiting: list[Path] = []

    def offer(self, paths: Sequence[Path]) -> None:
        """Show what these answers would change, one after another."""
        idle = not self._waiting
        self._waiting += paths
        if idle:
            self._next()

    def sort_out(self, paths: Sequence[Path], other: Callable[[list[Path]], object]) -> None:
        """Offer those that are answers, and hand the rest to ``other``; they are looked into beside the window."""

        def look(_work: Work) -> list[Path]:
            return [path for path in paths if answers.is_answer(path)]

        def share(found: list[Path]) -> None:
            self.offer(found)
            rest = [path for path in paths if path not in found]
            if rest:
                other(rest)

        self._jobs.read(look, share)

    def _next(self) -> None:
        if not self._waiting:
            return
        path, workplace = self._waiting[0], self._session.workplace

        def look(_work: Work) -> tuple[AnswerSheet, AnswerPreview | None]:
            sheet = answers.read(workplace, path=path)
            return sheet, None if sheet.has_dashes else answers.preview(workplace, sheet=sheet)

        self._jobs.read(look, self._read, title=f"Läser {path.name}", failed=self._refused)

    def _read(self, found: tuple[AnswerSheet, AnswerPreview | None]) -> None:
        sheet, preview = found
        if preview is not None:
            self._show(preview)
            return
        dialog = ask_about_dashes(self._parent.window(), partial(self._answered, sheet))
        dialog.rejected.connect(self._done)

    def _answered(self, sheet: AnswerSheet, dash: str) -> None:
        workplace = self._session.workplace
        self._jobs.read(
            lambda _work: answers.preview(workplace, sheet=sheet, dash=dash), self._show, failed=self._refused
        )

    def _show(self, preview: AnswerPreview) -> None:
        if preview.already:
            self._messages.receipt(preview.sentence, icon="equal")
            self._done()
            return
        dialog = AnswerPreviewDialog(preview, self._parent.window())
        dialog.accepted.connect(lambda: self._take(preview, dialog))
        dialog.rejected.connect(self._done)
        dialog.open()

    def _take(self, preview: AnswerPreview, dialog: AnswerPreviewDialog) -> None:
        workplace, conflicts, replace = self._session.workplace, dialog.conflicts, dialog.replace
        self._session.change(
            lambda: answers.take(workplace, preview=preview, conflicts=conflicts, replace=replace),
            done=lambda _change: self._done(),
            failed=self._refused,
        )

    def _refused(self, error: WorldError) -> None:
        self._messages.problem(error)
        self._done()

    def _done(self) -> None:
        self._waiting = self._waiting[1:]
        self._next()
