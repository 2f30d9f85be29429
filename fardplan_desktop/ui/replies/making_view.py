"""An office's feedback: its words, answers to what was lifted, exactly what each member would get, and the seal."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.services.feedback import ToMember
from fardplan_desktop.services.feedback_in import LEGEND, lines_of
from fardplan_desktop.services.lifted import Lifted
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import Combo, TextArea
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.text import Label, card_title, secondary
from fardplan_desktop.ui.replies.feedback_view import NumbersTable


class MakingActs(msgspec.Struct, frozen=True):
    """What the page does for the view."""

    comment: Callable[[str], object]
    answer: Callable[[Lifted, str], object]
    seal: Callable[[int], object]


class MakingView(QWidget):
    """``show_all`` fills it."""

    def __init__(self, acts: MakingActs) -> None:
        super().__init__()
        self.setObjectName("feedback_making")
        self._acts = acts
        self._book: CodeBook | None = None
        self._members: tuple[ToMember, ...] = ()
        self._lifted: tuple[Lifted, ...] = ()
        self._comment = TextArea(name="feedback_comment", lines=3)
        keep = Button("Spara kommentaren", name="feedback_keep_comment", on_click=self._keep_comment)
        words = Card(
            card_title("Er kommentar till alla"),
            Field("Kommentar", self._comment, hint="Inga uppgifter om personer."),
            holder(FlowLayout(keep)),
            name="feedback_words",
        )
        self._item = Combo([("", "")], name="lifted_item")
        self._item.picked.connect(lambda _key: self._show_item())
        self._about = Label("", "body", "text2", wrap=True, name="lifted_about")
        self._answer = TextArea(name="lifted_answer", lines=3)
        tell = Button("Spara svaret", name="lifted_keep", on_click=self._keep_answer)
        self._lifted_card = Card(
            card_title("Det som har lyfts till er"),
            Field("Fråga", self._item),
            self._about,
            Field("Vad blev det av den?", self._answer),
            holder(FlowLayout(tell)),
            name="feedback_lifted",
        )
        self._who = Combo([("", "")], name="feedback_member")
        self._who.picked.connect(lambda _key: self._show_member())
        self._told = secondary("", name="feedback_member_told", wrap=True)
        self._numbers = NumbersTable(name="feedback_preview")
        self._seal = Button("", "primary", icon="send", name="feedback_seal", on_click=self._press)
        preview = Card(
            card_title("Så här ser var och en återkopplingen"),
            Field("Visa för", self._who),
            self._told,
            self._numbers,
            secondary(LEGEND, wrap=True),
            holder(FlowLayout(self._seal)),
            name="feedback_preview_card",
        )
        self.setLayout(column(words, self._lifted_card, preview, None, gap=12))

    def show_all(self, book: CodeBook, comment: str, lifted: tuple[Lifted, ...], members: tuple[ToMember, ...]) -> None:
        chosen, item = self._who.key, self._item.key
        self._book, self._lifted, self._members = book, lifted, members
        self._comment.show_stored(comment)
        self._lifted_card.setVisible(bool(lifted))
        self._item.set_options(
            [
                (each.id, f"{each.member.short}: {each.title[:80]}{' (besvarad)' if each.answer else ''}")
                for each in lifted
            ]
            or [("", "")],
            item if item in {each.id for each in lifted} else "",
        )
        self._who.set_options(
            [(each.organisation.code, each.organisation.name) for each in members] or [("", "")],
            chosen if chosen in {each.organisation.code for each in members} else "",
        )
        self._show_item()
        self._show_member()
        number = self._waiting
        self._seal.setVisible(bool(number))
        self._seal.setText(self._verb())

    @property
    def _waiting(self) -> int:
        return sum(each.changed for each in self._members)

    def _verb(self) -> str:
        towns = all(each.organisation.level is Level.MUNICIPALITY for each in self._members)
        noun = "kommuner" if towns else "delregioner"
        return f"Försegla återkoppling till {self._waiting} {noun}"

    def _show_item(self) -> None:
        item = self._chosen_item
        self._about.setText(f"{item.member.name}, lyft till: {item.to.lower()}" if item else "")
        self._answer.show_stored(item.answer if item else "")

    @property
    def _chosen_item(self) -> Lifted | None:
        return next((each for each in self._lifted if each.id == self._item.key), None)

    def _show_member(self) -> None:
        member = next((each for each in self._members if each.organisation.code == self._who.key), None)
        if member is None or self._book is None:
            return
        whole = "Delregionen" if member.organisation.level is Level.MUNICIPALITY else "Länet"
        self._numbers.show_lines(lines_of(self._book, member.rows), whole)
        lifted = sum(each.sort == "lyft" for each in member.remarks)
        examples = sum(each.sort == "exempel" for each in member.remarks)
        sent = "" if member.changed else " Redan förseglad, inget har ändrats."
        self._told.setText(f"{_followed(lifted, examples)}{sent}")

    def _keep_comment(self) -> None:
        if may_save([self._comment]):
            self._acts.comment(self._comment.toPlainText())

    def _keep_answer(self) -> None:
        item = self._chosen_item
        if item is not None and may_save([self._answer]):
            self._acts.answer(item, self._answer.toPlainText())

    def _press(self) -> None:
        self._acts.seal(self._waiting)


def _followed(lifted: int, examples: int) -> str:
    """What goes with the numbers."""
    questions = f"svar på {lifted} {'lyft fråga' if lifted == 1 else 'lyfta frågor'}" if lifted else ""
    good = f"{examples} {'gott exempel' if examples == 1 else 'goda exempel'}" if examples else ""
    told = " och ".join(part for part in (questions, good) if part)
    return f"{told[:1].upper()}{told[1:]} följer med." if told else "Inga svar och inga goda exempel följer med."
