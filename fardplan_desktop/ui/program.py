"""The program behind the window: opens a store, shows its pages, keeps the frame's facts true, makes backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer

from fardplan_desktop.domain.changes import Edit, HistoryEntry
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import Held, WorldError
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import (
    Activity,
    CheckIn,
    Count,
    Decision,
    Deviation,
    Inquiry,
    JointAnswer,
    JointPlan,
    JointTask,
    LiftedAnswer,
    Meeting,
    Plan,
    Question,
    Record,
    Reply,
    RuleComment,
    SelfAssessment,
    Unit,
    UnitCount,
)
from fardplan_desktop.host import preferences
from fardplan_desktop.services import editing, finding, overview, reporting, safekeeping
from fardplan_desktop.services.finding import Found
from fardplan_desktop.services.safekeeping import Backup
from fardplan_desktop.services.workplace import Workplace, drop_copy
from fardplan_desktop.ui import taking_in
from fardplan_desktop.ui.page import PageContext, PageSpec
from fardplan_desktop.ui.pages import page_specs
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.facts import Action, Hit, ShellFacts
from fardplan_desktop.ui.shell.main_window import MainWindow
from fardplan_desktop.ui.welcome.held import HeldPage
from fardplan_desktop.ui.welcome.page import WelcomePage

_BACKUP_CHECK_MS = 5 * 60 * 1000


class Opener(Protocol):
    """How stores are made and opened; the composition root gives one."""

    def codebook(self) -> CodeBook: ...

    def create(self, organisation: str) -> Workplace: ...

    def open(self, store: Path) -> Workplace: ...

    def read_copy(self, store: Path) -> Workplace: ...

    def example(self, organisation: str) -> Workplace: ...


class Program(QObject):
    """One window, at most one open store."""

    def __init__(self, window: MainWindow, opener: Opener) -> None:
        super().__init__(window)
        self.window = window
        self.session: Session | None = None
        self._opener = opener
        self._undo_asked_twice = True
        self._backups = QTimer(self, interval=_BACKUP_CHECK_MS)
        self._backups.timeout.connect(self._back_up)
        window.undo_asked.connect(self._undo)
        window.redo_asked.connect(lambda: self.session and self.session.redo())
        window.period_chosen.connect(self._choose_period)
        window.files_dropped.connect(self._take_dropped)

    def start(self, store: Path | None) -> None:
        """Open this store, or the last one, or ask who the user is."""
        last = preferences.load().last_store
        path = store or (Path(last) if last and Path(last).exists() else None)
        if path is None:
            self.welcome()
            return
        try:
            self.open(path)
        except WorldError as error:
            self.welcome()
            self.window.messages.problem(error)

    def open(self, store: Path) -> None:
        """Open this store; when somebody else has it, say who, and offer to read a copy meanwhile."""
        try:
            self.enter(self._opener.open(store))
        except Held as held:
            self._say_held(store, held)

    def welcome(self) -> None:
        """The first page of all: who are you?"""

        def make(context: PageContext) -> WelcomePage:
            return WelcomePage(context, self._opener.codebook(), self._create, self.open, self._example)

        self.window.set_pages([PageSpec("welcome", "Välkommen", "house", make, in_rail=False)])
        self.window.go("welcome")

    def enter(self, workplace: Workplace, *, first: bool = False) -> Session:
        """Show the pages of the store that was opened. ``first``: stay on the welcome page for its next question."""
        self.close()
        period = reporting.default_period(workplace)
        last_visit = preferences.last_left(workplace.store.path)
        session = Session(workplace, self.window.jobs, self.window.messages, period, self, last_visit=last_visit)
        session.changed.connect(self._changed)
        session.period_changed.connect(lambda _period: self._show_facts())
        session.reopen_asked.connect(self.reopen)
        session.codebook_renewed.connect(self._renew)
        self.session = session
        self._undo_asked_twice = False
        specs = page_specs(workplace.level, session)
        if not first:
            self.window.set_pages(specs, _actions(self.window, workplace.level))
            self.window.go("start")
        self._search_in(workplace)
        self._show_facts()
        if not workplace.read_only:
            self._backups.start()
        if not workplace.demo and not workplace.read_only:
            store = str(workplace.store.path)
            preferences.save(msgspec.structs.replace(preferences.load(), last_store=store))
        session.pages_wanted.connect(partial(self._show_pages, specs))
        shared = safekeeping.shared_sentence(workplace)
        if shared and not workplace.read_only:
            self.window.messages.receipt(shared, icon="users")
        return session

    def close(self) -> None:
        """Let go of the store, after its last backup."""
        self._backups.stop()
        if self.session is not None:
            workplace = self.session.workplace
            self.session = None
            if workplace.read_only:
                drop_copy(workplace)
                return
            preferences.left(workplace.store.path, workplace.clock())
            try:
                safekeeping.back_up_if_due(workplace)
            finally:
                workplace.store.close()

    def reopen(self, store: Path) -> None:
        """After a restore: the same file, read anew."""
        self.session = None
        self.enter(self._opener.open(store))

    def _renew(self) -> None:
        """Another version of mått och listor is in force; what is being written in a page stays there."""
        if self.session is not None:
            self.window.renew_pages()
            self._search_in(self.session.workplace)

    def _search_in(self, workplace: Workplace) -> None:
        self.window.search_in(partial(_find, self.window, workplace), _settings(self.window))

    def _say_held(self, store: Path, held: Held) -> None:
        self.close()

        def make(context: PageContext) -> HeldPage:
            return HeldPage(context, held, partial(self._read, store), partial(self.open, store), self.welcome)

        self.window.set_pages([PageSpec("held", "Filen används", "lock", make, in_rail=False)])
        self.window.show_facts(ShellFacts())
        self.window.go("held")

    def _read(self, store: Path) -> None:
        """Make the copy behind the window and show it; every page says that it is one."""
        self.window.jobs.read(lambda _work: self._opener.read_copy(store), self.enter, title="Gör läskopia")

    def _create(self, organisation: Organisation) -> Session:
        return self.enter(self._opener.create(organisation.code), first=True)

    def _example(self, organisation: Organisation) -> Session:
        return self.enter(self._opener.example(organisation.code))

    def _show_pages(self, specs: Sequence[PageSpec], page: str) -> None:
        assert self.session is not None, "pages are shown of an open store"
        self.window.set_pages(specs, _actions(self.window, self.session.workplace.level))
        self._show_facts()
        self.window.go(page)

    def _changed(self, change: object) -> None:
        self._undo_asked_twice = True
        self._show_facts()
        self.window.refresh(change)

    def _choose_period(self, period: str) -> None:
        if self.session is not None:
            self.session.choose_period(parse_period(period))

    def _take_dropped(self, paths: Sequence[Path]) -> None:
        """A file let go anywhere on the window goes where its content belongs."""
        if self.session is not None and paths:
            taking_in.offer_dropped(self.session, self.window.jobs, paths, self.window, self.window.go)

    def _undo(self) -> None:
        """After a restart the first undo goes to the place and says what it would undo; the second does it."""
        if self.session is None:
            return
        if not self._undo_asked_twice:
            self._undo_asked_twice = True
            found = editing.next_undo(self.session.workplace)
            label, _ = editing.undo_labels(self.session.workplace)
            if found and label:
                place, argument = _place_of(found, self.session.workplace.level)
                self.window.go(place, **argument)
                self.window.messages.receipt(f"Ångra: {label}? Tryck Ctrl+Z en gång till.", icon="undo-2")
                return
        self.session.undo()

    def _back_up(self) -> None:
        if self.session is not None:
            workplace = self.session.workplace
            self.window.jobs.write(lambda _work: safekeeping.back_up_if_due(workplace), self._backed_up)

    def _backed_up(self, backup: Backup | None) -> None:
        if backup is not None:
            self._show_facts()

    def _show_facts(self) -> None:
        if self.session is not None:
            self.window.show_facts(_facts(self.session))
            self.window.show_counts(overview.badges(self.session.workplace))


def _facts(session: Session) -> ShellFacts:
    workplace = session.workplace
    undo, redo = editing.undo_labels(workplace)
    last = editing.history(workplace, limit=1)
    mark = _mark(workplace)
    now = workplace.clock().astimezone()
    return ShellFacts(
        organisation=workplace.organisation.name,
        mark=mark,
        mark_short=mark.partition(" ")[0],
        periods=tuple((each.id, each.name.capitalize()) for each in reporting.choices(workplace)),
        period=session.period.id,
        saved=_saved(workplace, last, now),
        backup=_copied(workplace, now),
        backup_late=bool(safekeeping.late(workplace)),
        codebook=f"Mått och listor version {workplace.codebook.version}",
        undo=undo or "",
        redo=redo or "",
    )


def _mark(workplace: Workplace) -> str:
    if workplace.read_only:
        return "Läskopia – inget kan ändras"
    return "Exempeldata – påhittade siffror" if workplace.demo else "Övning" if workplace.practice else ""


def _saved(workplace: Workplace, last: Sequence[HistoryEntry], now: datetime) -> str:
    word = "Senast ändrat" if workplace.read_only else "Allt är sparat"
    return f"{word} {_when(datetime.fromisoformat(last[0].at), now)}" if last else word


def _copied(workplace: Workplace, now: datetime) -> str:
    copies = safekeeping.backups(workplace)
    if workplace.read_only:
        return ""
    return f"Säkerhetskopia {_when(copies[0].at, now)}" if copies else "Ingen säkerhetskopia än"


def _when(moment: datetime, now: datetime) -> str:
    """``14:02`` today, ``i går 14:02``, else the date."""
    local = moment.astimezone()
    days = (now.date() - local.date()).days
    if days == 0:
        return f"{local:%H:%M}"
    return f"i går {local:%H:%M}" if days == 1 else f"{local:%Y-%m-%d}"


def _place_of(step: Sequence[Edit], level: Level) -> tuple[str, dict[str, object]]:
    """Where the step was taken. A plan that came with its activities is seen at the first of them."""
    record = next((each.record for each in step if not isinstance(each.record, Plan)), step[0].record)
    if isinstance(record, Count):
        split = {"breakdown": record.breakdown, "value": record.value} if record.breakdown else {}
        return "counts", {"measure": record.measure, "month": record.period, **split}
    if isinstance(record, Activity | CheckIn):
        return "activities", {"activity": record.id if isinstance(record, Activity) else record.activity}
    if isinstance(record, Plan):
        return "activities", {"plans": True}
    if isinstance(record, JointPlan | JointTask | JointAnswer):
        return "activities", {"joint": True}
    if isinstance(record, SelfAssessment):
        return "activities", {"assessment": record.year}
    if isinstance(record, Deviation):
        return "deviations", {"deviation": record.id}
    return _plain_place(record, level)


def _plain_place(record: Record, level: Level) -> tuple[str, dict[str, object]]:
    if isinstance(record, UnitCount) and level is Level.MUNICIPALITY:
        return "counts", {"measure": record.measure, "month": record.period}
    if isinstance(record, Unit | Inquiry) and level is Level.MUNICIPALITY:
        return "counts", {}
    if isinstance(record, Question | Reply | LiftedAnswer):
        return "replies", {"tab": "make" if isinstance(record, LiftedAnswer) else "questions"}
    if isinstance(record, Meeting | Decision):
        return "meetings", {}
    if isinstance(record, RuleComment) and level is Level.MUNICIPALITY:
        return "reporting", {}
    return "start", {}


_SECTIONS = (
    ("organisation", "Organisation och din funktion"),
    ("backups", "Säkerhetskopior och återställning"),
    ("seal", "Sigill och avsändarkort"),
    ("look", "Utseende, textstorlek och kontrast"),
    ("population", "Folkmängd"),
    ("sheets", "Tabeller från andra"),
    ("practice", "Övning"),
    ("senders", "Kända avsändare"),
    ("codebook", "Mått och listor"),
    ("history", "Historik och rensning av uppgifter"),
)
_FOUND = {
    "activity": ("Aktivitet", "list-checks", "activities", "activity"),
    "deviation": ("Avvikelse", "triangle-alert", "deviations", "deviation"),
    "measure": ("Mått", "table-2", "counts", "measure"),
}


def _settings(window: MainWindow) -> tuple[Hit, ...]:
    go: Callable[..., None] = window.go
    return tuple(
        Hit(words, "Inställning", "settings", partial(go, "settings", section=name)) for name, words in _SECTIONS
    )


def _find(window: MainWindow, workplace: Workplace, typed: str, deliver: Callable[[Sequence[Hit]], None]) -> None:
    """Records for Ctrl+K, read beside the window."""
    go: Callable[..., None] = window.go

    def hit(found: Found) -> Hit:
        kind, icon, page, argument = _FOUND[found.kind]
        detail = f"{kind} · {found.where}" if found.where else kind
        return Hit(found.words, detail, icon, partial(go, page, **{argument: found.id}))

    window.jobs.read(
        lambda _work: finding.find(workplace, text=typed), lambda found: deliver([hit(each) for each in found])
    )


def _actions(window: MainWindow, level: Level) -> tuple[Action, ...]:
    go: Callable[..., None] = window.go
    acts = [
        Action("Ny avvikelse", "triangle-alert", partial(go, "deviations", new=True), "Ctrl+N"),
        Action("Läs in filer som har kommit", "inbox", partial(go, "intake", choose=True), "Ctrl+O"),
        Action("Ny aktivitet", "plus", partial(go, "activities", new=True), "Ctrl+Shift+N"),
        Action("Stäm av det som väntar", "check", partial(go, "activities", walk=True), "Ctrl+Shift+A"),
    ]
    joint = "Ta ställning till gemensamma aktiviteter" if level is Level.MUNICIPALITY else "Gemensamma planer"
    acts.append(Action(joint, "users", partial(go, "activities", joint=True)))
    if level is Level.MUNICIPALITY:
        acts.append(Action("Skriv ut mötesunderlag", "printer", partial(go, "meetings")))
        acts.append(Action("Försegla och skicka perioden", "send", partial(go, "reporting")))
    return tuple(acts)
