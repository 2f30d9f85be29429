"""The page Återkoppling och frågor: read what has come, make what goes down, ask and answer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from typing_extensions import override

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.feedback_paper import Feedback
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.services import feedback, feedback_in, lifted, questions, questions_in, settings
from fardplan_desktop.services.feedback import ToMember
from fardplan_desktop.services.lifted import Lifted
from fardplan_desktop.services.posting import Posted
from fardplan_desktop.services.questions import Asked
from fardplan_desktop.services.questions_in import ToAnswer
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.replies.ask_card import AskCard, Wish
from fardplan_desktop.ui.replies.feedback_print import FeedbackPrint
from fardplan_desktop.ui.replies.feedback_view import FeedbackView
from fardplan_desktop.ui.replies.making_view import MakingActs, MakingView
from fardplan_desktop.ui.replies.questions_view import AnswerView, AskedView, QuestionActs
from fardplan_desktop.ui.sealing_desk import SealingDesk
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

_READ, _MAKE, _QUESTIONS = "read", "make", "questions"


class _Found(msgspec.Struct, frozen=True):
    """Everything the page shows, read in one go."""

    read: Feedback | None
    comment: str
    lifted: tuple[Lifted, ...]
    members: tuple[ToMember, ...]
    asked: tuple[Asked, ...]
    to_answer: tuple[ToAnswer, ...]


class RepliesPage(Page):
    """``tab``: ``read``, ``make`` or ``questions``; ``period``: its id; ``question``: the id of one to us; ``of`` and
    ``about``: whom to ask about what."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._desk = SealingDesk(context, session)
        self._asks = 0
        self._chosen = ""
        level = session.workplace.level
        options = [] if level is Level.MUNICIPALITY else [(_MAKE, "Till medlemmarna")]
        options += [] if level is Level.COUNTY else [(_READ, "Återkoppling till oss")]
        self._tabs = Segments([*options, (_QUESTIONS, "Frågor")], label="Visa", name="replies_tabs")
        self._tabs.chosen.connect(self._choose_tab)
        self._paper = FeedbackPrint(self, context, session)
        self._reading = FeedbackView(self._paper.print_page, self._paper.save)
        self._making = MakingView(MakingActs(self._comment, self._answer_lifted, self._seal_feedback))
        acts = QuestionActs(self._answer, self._close, self._send_answers, self._send_questions, self._show_cell)
        self._answers, self._asked, self._ask = AnswerView(acts), AskedView(acts), AskCard(self._ask_it)
        read = Button("Läs in filer …", icon="inbox", name="replies_take", on_click=self._choose_files)
        self._head = PageHead(context.title, "", *([read] if level is Level.MUNICIPALITY else []))
        self._scroll = ScrollPage(name="replies_scroll")
        for face in (self._reading, self._making, self._asked, self._ask, self._answers):
            self._scroll.content.addWidget(face)
        self._scroll.content.addStretch(1)
        self._top = column(self._head, holder(FlowLayout(self._tabs)), gap=10)
        whole = column(self._top, self._scroll, gap=0)
        whole.setStretchFactor(self._scroll, 1)
        self.setLayout(whole)
        self.set_width(Width.NORMAL)
        self._show_face()

    def _choose_tab(self, _key: str) -> None:
        self._show_face()
        self._scroll.verticalScrollBar().setValue(0)

    def _choose_files(self) -> None:
        self.context.go("intake", choose=True)

    @override
    def arrive(self, **argument: object) -> None:
        tab = str(argument.get("tab", ""))
        if self._tabs.offers(tab):
            self._tabs.choose(tab)
        self._chosen = str(argument.get("question", ""))
        if argument.get("period"):
            self._session.choose_period(parse_period(str(argument["period"])))
        self._load(str(argument.get("of", "")), str(argument.get("about", "")))
        self._show_face()

    @override
    def refresh(self, change: object = None) -> None:
        """Hidden, it reads when it is shown again."""
        if self.isVisible():
            self._load()

    @override
    def set_period(self, period: str) -> None:
        self.refresh()

    @override
    def set_width(self, width: Width) -> None:
        look = self.context.look
        side, above = look.metrics.page_padding(width), look.metrics.page_top(width)
        self._top.setContentsMargins(side, above, side, 0)
        self._scroll.set_width(width)

    @override
    def focus_work(self) -> None:
        self._tabs.setFocus()

    @override
    def print_view(self) -> bool:
        """The feedback that has come, when it is shown."""
        if self._tabs.current == _READ and self._reading.shows_any:
            self._paper.print_page()
            return True
        return False

    # -- reading ------------------------------------------------------------------------------

    def _load(self, of: str = "", about: str = "") -> None:
        self._asks += 1
        asked, workplace, period = self._asks, self._session.workplace, self._session.period

        def read(_work: Work) -> _Found:
            office = workplace.level is not Level.MUNICIPALITY
            return _Found(
                read=feedback_in.of_period(workplace, period=period),
                comment=feedback.comment(workplace, period=period) if office else "",
                lifted=lifted.lifted(workplace, period=period) if office else (),
                members=feedback.preview(workplace, period=period) if office else (),
                asked=questions.asked(workplace),
                to_answer=questions_in.to_answer(workplace),
            )

        self.context.jobs.read(read, partial(self._loaded, asked, of, about), title="Läser återkoppling och frågor")

    def _loaded(self, asked: int, of: str, about: str, found: _Found) -> None:
        if asked != self._asks:
            return  # A later reading is on its way.
        workplace, period = self._session.workplace, self._session.period
        self._reading.show_feedback(found.read)
        self._making.show_all(workplace.codebook, found.comment, found.lifted, found.members)
        self._asked.show_questions(found.asked)
        self._answers.show_questions(found.to_answer, self._chosen)
        self._ask.offer(questions.may_be_asked(workplace, period=period), workplace.codebook, period)
        if of or about:
            self._ask.choose(of, about)
            self._ask.take_focus()

    def _show_face(self) -> None:
        tab, level = self._tabs.current, self._session.workplace.level
        office = level is not Level.MUNICIPALITY
        self._reading.setVisible(tab == _READ)
        self._making.setVisible(tab == _MAKE)
        self._ask.setVisible(tab == _QUESTIONS and office)
        self._asked.setVisible(tab == _QUESTIONS and office)
        self._answers.setVisible(tab == _QUESTIONS and level is not Level.COUNTY)
        self._head.say(f"Om {self._session.period.name}." if tab != _QUESTIONS else "Frågor om enskilda värden.")

    # -- acts ---------------------------------------------------------------------------------

    def _comment(self, text: str) -> None:
        workplace, period = self._session.workplace, self._session.period

        def kept(_done: object) -> None:
            self.context.messages.receipt("Kommentaren är sparad", icon="message-square-text")
            self._load()

        self.context.jobs.write(lambda _work: feedback.set_comment(workplace, period=period, text=text), kept)

    def _answer_lifted(self, item: Lifted, text: str) -> None:
        self._session.change(lambda: lifted.answer(self._session.workplace, item=item, text=text))

    def _answer(self, id: str, text: str) -> None:
        self._chosen = id
        self._session.change(lambda: questions_in.answer(self._session.workplace, id=id, text=text))

    def _close(self, id: str) -> None:
        self._session.change(lambda: questions.close(self._session.workplace, id=id))

    def _ask_it(self, wish: Wish) -> None:
        workplace, period = self._session.workplace, self._session.period
        self._session.change(
            lambda: questions.ask(
                workplace,
                of=wish.of,
                period=period,
                about=wish.about,
                shown=questions.shown_value(workplace, of=wish.of, period=period, about=wish.about),
                text=wish.text,
            ),
            done=lambda _change: self._ask.done(),
            failed=self._ask.show_error,
        )

    def _show_cell(self, measure: str, month: str) -> None:
        self.context.go("counts", measure=measure, month=month)

    def _seal_feedback(self, number: int) -> None:
        workplace, period = self._session.workplace, self._session.period
        folder = settings.deliveries_folder(workplace) / feedback.FOLDER

        def act(work: Work, passphrase: str | None, remember: bool) -> tuple[Posted, ...]:
            return feedback.send(
                workplace, period=period, folder=folder, passphrase=passphrase, remember=remember, work=work
            )[0]

        self._desk.seal(f"Försegla {number} filer", act, partial(self._sealed, folder), self)

    def _send_answers(self, number: int) -> None:
        workplace = self._session.workplace
        folder = settings.deliveries_folder(workplace) / questions.FOLDER

        def act(work: Work, passphrase: str | None, remember: bool) -> tuple[Posted, ...]:
            return questions_in.send(workplace, folder=folder, passphrase=passphrase, remember=remember, work=work)[0]

        self._desk.seal(f"Försegla {number} svar", act, partial(self._sealed, folder), self)

    def _send_questions(self, number: int) -> None:
        workplace = self._session.workplace
        folder = settings.deliveries_folder(workplace) / questions.FOLDER

        def act(work: Work, passphrase: str | None, remember: bool) -> tuple[Posted, ...]:
            return questions.send(workplace, folder=folder, passphrase=passphrase, remember=remember, work=work)[0]

        self._desk.seal(f"Försegla {number} frågor", act, partial(self._sealed, folder), self)

    def _sealed(self, folder: Path, made: tuple[Posted, ...]) -> None:
        number = len(made)
        said = f"{'1 fil är förseglad' if number == 1 else f'{number} filer är förseglade'}, med mejlutkast i mappen"
        self.context.messages.receipt(said, icon="send")
        self._session.tell(Change(said, frozenset({"Delivery"})))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
