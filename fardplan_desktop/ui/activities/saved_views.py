"""Vyer: views kept by name, opened from a menu; a name is asked for in a row of its own and not in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.services import activity_views
from fardplan_desktop.services.activity_views import SavedView, View
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.keys import shortcut
from fardplan_desktop.ui.parts.layouts import FlowLayout
from fardplan_desktop.ui.parts.menus import add_act, open_under
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.look import Look

_SHOWN: Final = 24


class SavedViews(QWidget):
    """The row in which a view gets its name, hidden until it is asked for; ``button`` opens the menu.

    ``opened`` with a view that was chosen; ``naming`` while a name is asked for, which needs the room of the filters.
    ``current`` tells the view on show.
    """

    opened = Signal(object)
    naming = Signal(bool)

    def __init__(self, context: PageContext, session: Session, current: Callable[[], View]) -> None:
        super().__init__()
        self.setObjectName("view_naming")
        self._context, self._session, self._current = context, session, current
        self._renamed: SavedView | None = None
        self.button = Button("Vyer", name="views_open", on_click=self._open_menu)
        self._name = TextField(name="view_name", longest=80)
        self._name.setFixedWidth(Look.of_application().px(280))
        self._field = Field("Vad ska vyn heta?", self._name)
        self._store = Button("Spara vyn", name="view_store", on_click=self._save)
        leave = Button("Avbryt", "quiet", name="view_leave", on_click=self._leave)
        self.setLayout(FlowLayout(self._field, self._store, leave))
        self._name.returnPressed.connect(self._save)
        shortcut(self, "Esc", "Spara inte vyn", self._leave, only_inside=True)
        self.hide()

    def follow(self) -> None:
        """Another view is on show, or the saved ones have changed: the button says which it is."""
        one = self._one()
        name = one.name if one else ""
        self.button.setText(f"Vy: {name if len(name) <= _SHOWN else name[:_SHOWN].rstrip() + '…'}" if name else "Vyer")

    def menu(self) -> QMenu:
        """The saved views, and what can be done with the one on show."""
        menu, one = QMenu(self), self._one()
        menu.setObjectName("views_menu")
        for each in activity_views.saved_views(self._session.workplace):
            show = partial(self.opened.emit, each.view)
            add_act(menu, each.name, f"view_{each.name}", show, ticked=each == one)
        menu.addSeparator()
        add_act(menu, "Spara vyn …", "view_save", partial(self._ask_for_name, None))
        if one is not None:
            add_act(menu, f"Byt namn på ”{one.name}” …", "view_rename", partial(self._ask_for_name, one))
            add_act(menu, f"Ta bort ”{one.name}”", "view_remove", partial(self._remove, one))
        return menu

    def _one(self) -> SavedView | None:
        """The saved view that is on show."""
        shown = self._current()
        return next((each for each in activity_views.saved_views(self._session.workplace) if each.view == shown), None)

    def _open_menu(self) -> None:
        open_under(self.button, self.menu())

    def _ask_for_name(self, renamed: SavedView | None) -> None:
        self._renamed = renamed
        self._store.setText("Byt namn" if renamed else "Spara vyn")
        self._name.setText(renamed.name if renamed else "")
        self._field.show_error("")
        self.naming.emit(True)
        self.show()
        self._name.setFocus()
        self._name.selectAll()

    def _leave(self) -> None:
        self.hide()
        self.naming.emit(False)
        self.button.setFocus()

    def _save(self) -> None:
        workplace, name, view, renamed = self._session.workplace, self._name.text(), self._current(), self._renamed

        def act() -> SavedView:
            if renamed is not None:
                return activity_views.rename_view(workplace, name=renamed.name, to=name)
            return activity_views.save_view(workplace, name=name, view=view)

        self._context.jobs.write(lambda _work: act(), self._saved, failed=self._refused)

    def _saved(self, made: SavedView) -> None:
        self._leave()
        self.follow()
        self._context.messages.receipt(f"Vyn ”{made.name}” är sparad", icon="check")

    def _refused(self, error: WorldError) -> None:
        self._field.show_error(error.sentence)
        self._name.setFocus()

    def _remove(self, one: SavedView) -> None:
        workplace = self._session.workplace
        put_back = partial(activity_views.save_view, workplace, name=one.name, view=one.view)

        def done(_answer: object) -> None:
            self.follow()
            self._context.messages.receipt(f"Vyn ”{one.name}” är borttagen", undo)

        def undo() -> None:
            self._context.jobs.write(lambda _work: put_back(), lambda _made: self.follow())

        self._context.jobs.write(lambda _work: activity_views.remove_view(workplace, name=one.name), done)
