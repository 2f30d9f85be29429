"""What another version of mått och listor means here: for our own measures, activities, deviations and members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from fardplan_desktop.domain.activity_lists import ACTIVITY_LISTS
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deviation_lists import DEVIATION_LISTS
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import period_of
from fardplan_desktop.domain.records import Activity, Count, Deviation
from fardplan_desktop.services.workplace import Workplace


def effects(workplace: Workplace, *, book: CodeBook) -> tuple[str, ...]:
    """Sentences; none when nothing changes here."""
    by_level = _municipality if workplace.level is Level.MUNICIPALITY else _office
    return (*by_level(workplace, book), *_used(workplace, book), *_deadline(workplace, book))


def _municipality(workplace: Workplace, book: CodeBook) -> Iterator[str]:
    old, own = workplace.codebook, workplace.organisation
    before = {each.id for each in old.measures if each.obligatory}
    new = [each for each in book.measures if each.obligatory and each.id not in before and each.ended is None]
    if new:
        word = "Ett nytt obligatoriskt mått" if len(new) == 1 else f"{len(new)} nya obligatoriska mått"
        yield f"Hos er: {word} att fylla i ({', '.join(each.id for each in new)})"
    ending = {each.id for each in book.measures if each.ended is not None and old.measures_by_id.get(each.id) != each}
    counted = sorted({each.measure for each in workplace.store.own(Count)} & ending)
    if counted:
        yield f"Hos er: antal finns för mått som avslutas ({', '.join(counted)}). De ligger kvar"
    yield from _moves(workplace, book, own)


def _moves(workplace: Workplace, book: CodeBook, own: Organisation) -> Iterator[str]:
    """Where our periods go, when that is another delregion than before."""
    for stay in sorted((m for m in book.memberships if m.municipality == own.code), key=lambda stay: stay.since):
        if workplace.codebook.delregion_of(own.code, stay.since).code != stay.delregion:
            to = book.organisation(stay.delregion).name
            yield f"Hos er: perioder som slutar {stay.since} eller senare skickas till {to}"


def _office(workplace: Workplace, book: CodeBook) -> Iterator[str]:
    """A delregion's members that come and go, on whatever day."""
    own, old = workplace.organisation, workplace.codebook
    if own.level is not Level.DELREGION:
        return
    days = {stay.since for stay in (*old.memberships, *book.memberships)}
    come = {each for day in days for each in set(book.members(own.code, day)) - set(old.members(own.code, day))}
    gone = {each for day in days for each in set(old.members(own.code, day)) - set(book.members(own.code, day))}
    if come:
        yield f"Hos er: ni tar emot paket också från {_names(come)}"
    if gone:
        yield f"Hos er: {_names(gone)} skickar till en annan delregion"


def _names(organisations: set[Organisation]) -> str:
    return ", ".join(sorted(each.name for each in organisations))


def _used(workplace: Workplace, book: CodeBook) -> Iterator[str]:
    """How many of our own records hold a code that is ended now and was not before."""
    ended = _ended(book) - _ended(workplace.codebook)
    activities, deviations = workplace.store.own(Activity), workplace.store.own(Deviation)
    for records, lists, one, several in (
        (activities, ACTIVITY_LISTS, "en aktivitet", "aktiviteter"),
        (deviations, DEVIATION_LISTS, "en avvikelse", "avvikelser"),
    ):
        counted = Counter(
            list_id for each in records for list_id in {list_id for list_id, _ in _codes(each, lists) & ended}
        )
        for list_id, number in sorted(counted.items()):
            words = one if number == 1 else f"{number} {several}"
            yield f"Hos er: {words} har ett val som avslutas ({book.list(list_id).label}) och behåller det"


def _ended(book: CodeBook) -> set[tuple[str, str]]:
    return {(whole.id, code.id) for whole in book.code_lists for code in whole.codes if code.ended is not None}


def _codes(record: msgspec.Struct, lists: Mapping[str, str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for field, list_id in lists.items():
        value = getattr(record, field, None)
        found |= {(list_id, each) for each in (value if isinstance(value, tuple) else (value,)) if each}
    return found


def _deadline(workplace: Workplace, book: CodeBook) -> Iterator[str]:
    period = period_of(workplace.today, book.reporting.type)
    before, after = workplace.codebook.deadline(period), book.deadline(period)
    if before != after:
        yield f"Sista dag för {period.name}: {before} → {after}"
