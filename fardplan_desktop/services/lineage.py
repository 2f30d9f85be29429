"""Varifrån kommer siffran? Every total opened: members, deliveries, seals; the sealed bytes saved and tried again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.basis import MUNICIPALITIES, figure_basis, part_note, share_basis
from fardplan_desktop.analysis.sums import NO_POPULATION, NOT_APPLICABLE, Contribution, inhabitants_in
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.compiled_ids import ACTIVITIES, DEVIATIONS, category_id, figure_id, share_ids, status_id
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import InputProblem, Refusal
from fardplan_desktop.domain.figures import Figure, Tally
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.lineage import Kind, Origin, Part, SealCheck, Source, Wanted
from fardplan_desktop.domain.records import Population
from fardplan_desktop.exchange.keys import check_code_of, keyid_of
from fardplan_desktop.exchange.package import package_file_name
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import bundle_totals
from fardplan_desktop.services.bundle_totals import BUNDLED, REPORTED
from fardplan_desktop.services.compilation import Compilation, MemberTally
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

REPEATS = "Summa av månader, samma plan kan räknas flera gånger."
RECOMPUTED = "Andelen räknas på summorna, aldrig som medelvärde av kommunernas andelar."
_LEFT_OUT = "Bara kommuner där både täljare och nämnare finns räknas med."
_BOTH = "Bara kommuner med både antal och folkmängd räknas med."
TOTALS_ONLY = "endast summor, kan inte kontrolleras per kommun"
_NO_PACKAGE = "inget paket"


class Trail(msgspec.Struct, frozen=True):
    """What totals are followed back through, read once: the deliveries that count, and the population."""

    sources: Mapping[str, Source]
    by_period: Mapping[tuple[str, str], str]
    """Issuer and period id → digest of the delivery that counts."""
    population: tuple[Population, ...]


def trail(workplace: Workplace) -> Trail:
    """Every package that counts, by itself or in a bundle, and every bundle, each with the key that sealed it."""
    received = packages.list_deliveries(workplace.store, Direction.RECEIVED)
    found = [each for each in received if each.active and each.kind in (REPORTED, BUNDLED)]
    keys = {each.keyid: each for each in packages.trusted(workplace.store)}
    via, find = bundle_totals.via(workplace), workplace.codebook.find

    def source(delivery: Delivery) -> Source:
        key = keys.get(delivery.key_id)
        introduced = find(key.introduced_by) if key is not None and key.introduced_by else None
        bundle = via.get(delivery.digest)
        office = find(bundle.issuer) if bundle is not None else None
        return Source(delivery, check_code_of(delivery.key_id), key, office, introduced)

    return Trail(
        {each.digest: source(each) for each in found},
        {(each.issuer, each.period): each.digest for each in found},
        workplace.store.population(),
    )


def origin(workplace: Workplace, *, compiled: Compilation, trail: Trail, wanted: Wanted) -> Origin:
    """The total's parts, with the deliveries behind each. Raises InputProblem for a total that there is none of."""
    opened = _Opened(workplace.codebook, compiled, trail)
    makers: dict[Kind, Callable[[Wanted], Origin]] = {
        Kind.FIGURE: opened.figure,
        Kind.SHARE: opened.share,
        Kind.RATE: opened.rate,
        Kind.DEVIATIONS: opened.deviations,
        Kind.ACTIVITIES: opened.activities,
    }
    return msgspec.structs.replace(makers[wanted.kind](wanted), row=_row(compiled.period.id, wanted))


def _row(period: str, wanted: Wanted) -> str:
    """What is asked about by a question: a count or a number of deviations, never what is made of them."""
    if wanted.kind is Kind.DEVIATIONS:
        return category_id(wanted.id) if wanted.id else DEVIATIONS
    return figure_id(wanted.id, period, wanted.breakdown, wanted.value) if wanted.kind is Kind.FIGURE else ""


def save_original(workplace: Workplace, *, delivery: Delivery, folder: Path) -> Path:
    """Write the sealed bytes exactly as they came, under the package's own name. Raises WorldError."""
    name = package_file_name(delivery.issuer, delivery.period, delivery.sequence)
    return save_file(folder / name, packages.delivery_file(workplace.store, delivery.digest))


def check_seal(workplace: Workplace, *, delivery: Delivery) -> SealCheck:
    """Try the seal of the stored bytes once more: they are those that were taken in, sealed by the key we know."""
    known = workplace.codebook.find(delivery.issuer)
    name = known.name if known else delivery.issuer
    fault = _seal_fault(delivery, packages.delivery_file(workplace.store, delivery.digest))
    if fault:
        return SealCheck(
            False,
            f"Sigillet stämmer inte: {fault} Återställ en säkerhetskopia, eller be {name} skicka filen igen.",
        )
    key = next((each for each in packages.trusted(workplace.store) if each.keyid == delivery.key_id), None)
    if key is None:
        return SealCheck(
            False, f"Sigillet är helt, men nyckeln finns inte bland era avsändare. Ring {name} och jämför."
        )
    if key.status == "revoked":
        return SealCheck(True, "Sigillet är helt. Nyckeln är spärrad i dag, men paketet lästes in innan dess.")
    return SealCheck(True, "Sigillet är helt. Filen är oförändrad sedan den förseglades, och nyckeln är den ni känner.")


def _seal_fault(delivery: Delivery, data: bytes) -> str:
    if hashlib.sha256(data).hexdigest() != delivery.file_sha256:
        return "den sparade filen är inte den som lästes in."
    try:
        opened = open_package(data, None)
    except Refusal as refusal:
        return f"{refusal.what} ({refusal.code})"
    if opened.digest != delivery.digest or keyid_of(opened.public) != delivery.key_id:
        return "den sparade filen har ett annat sigill än det som lästes in."
    return ""


class _Opened:
    """One period's compilation, to be opened at any of its totals."""

    def __init__(self, book: CodeBook, compiled: Compilation, trail: Trail) -> None:
        self._book, self._compiled, self._trail = book, compiled, trail

    def figure(self, wanted: Wanted) -> Origin:
        figure = self._figure(wanted.id, wanted.breakdown, wanted.value)
        label = self._book.measure(wanted.id).label
        if wanted.breakdown is not None:
            label += f", {self._book.label(wanted.breakdown, wanted.value or '')}"
        parts = [
            Part(
                self._book.organisation(each.organisation),
                numbers_sv.rolled(each.rolled) or numbers_sv.MISSING,
                each.rolled.value,
                part_note(each.rolled),
                self._came_in(each.organisation, each.rolled.cells),
            )
            for each in figure.members
        ]
        note = REPEATS if figure.repeats else ""
        parts = self._with_totals(parts, figure_id(wanted.id, figure.period, wanted.breakdown, wanted.value))
        return self._made(label, numbers_sv.figure(figure), figure_basis(figure), parts, note)

    def share(self, wanted: Wanted) -> Origin:
        share = next((each for each in self._compiled.shares if each.id == wanted.id), None)
        if share is None:
            raise _none(wanted)
        label = next(each.label for each in self._book.derived if each.id == wanted.id)
        parts = [
            Part(
                self._book.organisation(code),
                _share_words(given),
                None if given.reason else given.num,
                sources=self._came_in(code, given.cells),
            )
            for code, given in self._compiled.contributions[wanted.id].items()
        ]
        parts = self._with_totals(parts, *share_ids(wanted.id, share.period))
        total = numbers_sv.share(share) if share.ratio is not None else ""
        return self._made(label, total, share_basis(share), parts, f"{RECOMPUTED} {_LEFT_OUT}")

    def rate(self, wanted: Wanted) -> Origin:
        figure = self._figure(wanted.id)
        year = self._compiled.period.year
        people = inhabitants_in(year, self._trail.population)
        parts, value, inhabitants = [], 0, 0
        for each in figure.members:
            number, living = each.rolled.value, people.get(each.organisation)
            both = number is not None and living is not None
            value += number or 0 if both else 0
            inhabitants += living or 0 if both else 0
            said = numbers_sv.rolled(each.rolled) or numbers_sv.MISSING
            note = self._people(each.organisation, year) if living else NO_POPULATION
            sources = self._came_in(each.organisation, each.rolled.cells)
            parts.append(
                Part(self._book.organisation(each.organisation), said, number if both else None, note, sources)
            )
        counted = sum(part.number is not None for part in parts)
        basis = numbers_sv.of(counted, len(parts), MUNICIPALITIES)
        total = numbers_sv.number(value * 1000 / inhabitants, 1) if inhabitants else ""
        if inhabitants:
            basis = f"{numbers_sv.number(value)} på {numbers_sv.number(inhabitants)} invånare, {basis}"
        label = f"{self._book.measure(wanted.id).label} per 1 000 invånare"
        return self._made(label, total, basis, parts, _BOTH)

    def deviations(self, wanted: Wanted) -> Origin:
        word = f"Avvikelser, {self._book.label('kategori', wanted.id)}" if wanted.id else "Avvikelser i samverkan"
        tally = self._compiled.deviations.by_category
        note = "Fler rapporterade avvikelser betyder inte att det har blivit sämre."
        row = category_id(wanted.id) if wanted.id else DEVIATIONS
        return self._tally(word, tally, wanted.id, row, lambda each: (each.deviations, each.deviations_in), note)

    def activities(self, wanted: Wanted) -> Origin:
        word = f"Aktiviteter, {self._book.label('aktivitetsstatus', wanted.id)}" if wanted.id else "Aktiviteter"
        tally = self._compiled.activities.by_status
        row = status_id(wanted.id) if wanted.id else ACTIVITIES
        return self._tally(word, tally, wanted.id, row, lambda each: (each.activities, each.activities_in), "")

    def _tally(
        self,
        title: str,
        tally: Tally,
        code: str,
        row: str,
        part_of: Callable[[MemberTally], tuple[Tally, tuple[str, ...]]],
        note: str,
    ) -> Origin:
        parts = []
        for member in self._compiled.members:
            own, digests = part_of(self._compiled.tallies.get(member.code, MemberTally()))
            if member.code not in self._compiled.received:
                parts.append(Part(member, _NO_PACKAGE))
                continue
            number = _counted(own, code)
            sources = self._known(digests) or self._came_in(member.code, ())
            parts.append(Part(member, numbers_sv.number(number), number, sources=sources))
        basis = numbers_sv.of(len(self._compiled.received), len(self._compiled.members), MUNICIPALITIES)
        parts = self._with_totals(parts, row)
        return self._made(title, numbers_sv.number(_counted(tally, code)), basis, parts, note)

    def _with_totals(self, parts: list[Part], *ids: str) -> list[Part]:
        """Where a delregion has sent totals only, it stands as one part instead of its members: ``a`` or ``a av b``."""
        for code, group in self._compiled.totals.items():
            parts = [each for each in parts if each.organisation.code not in group.members]
            found = [group.rows[id] for id in ids if id in group.rows]
            values = [each.value for each in found if each.value is not None]
            whole = len(values) == len(ids)
            words = " av ".join(map(numbers_sv.number, values)) if whole else numbers_sv.MISSING
            number = values[0] if whole else None
            of = numbers_sv.of(found[0].reported, found[0].of, MUNICIPALITIES) if found else ""
            note = ", ".join(each for each in (of, TOTALS_ONLY) if each)
            part = Part(self._book.organisation(code), words, number, note, self._known([group.digest]))
            parts.append(part)
        return parts

    def _figure(self, measure: str, breakdown: str | None = None, value: str | None = None) -> Figure:
        wanted = (measure, breakdown, value)
        for each in self._compiled.figures:
            if (each.measure, each.breakdown, each.breakdown_value) == wanted:
                return each
        raise _none(Wanted(Kind.FIGURE, measure, breakdown, value))

    def _came_in(self, member: str, cells: Iterable[str]) -> tuple[str, ...]:
        """The deliveries of these counts; without any, the one in which the member said that it has none."""
        found = self._known(self._compiled.came_in.get((member, cell), "") for cell in cells)
        return found or self._known([self._trail.by_period.get((member, self._compiled.period.id), "")])

    def _known(self, digests: Iterable[str]) -> tuple[str, ...]:
        return tuple(each for each in dict.fromkeys(digests) if each in self._trail.sources)

    def _people(self, code: str, year: int) -> str:
        known = [each for each in self._trail.population if each.municipality == code and each.year <= year]
        latest = max(known, key=lambda each: each.year)
        return f"{numbers_sv.number(latest.inhabitants)} invånare {latest.year}, {latest.source}"

    def _made(self, title: str, total: str, basis: str, parts: Iterable[Part], note: str) -> Origin:
        ordered = tuple(sorted(parts, key=lambda each: numbers_sv.sort_key(each.organisation.short)))
        digests = {digest for part in ordered for digest in part.sources}
        return Origin(
            title=title,
            period=self._compiled.period.name,
            total=total,
            basis=basis[:1].upper() + basis[1:],
            note=note,
            parts=ordered,
            sources={each: self._trail.sources[each] for each in sorted(digests)},
        )


def _counted(tally: Tally, code: str) -> int:
    return sum(number for each, number in tally if code in ("", each))


def _share_words(given: Contribution) -> str:
    if given.reason:
        return numbers_sv.NOT_APPLICABLE if given.reason == NOT_APPLICABLE else given.reason
    return f"{numbers_sv.number(given.num)} av {numbers_sv.number(given.den)}"


def _none(wanted: Wanted) -> InputProblem:
    return InputProblem(
        f"Det finns ingen siffra för ”{wanted.id[:40]}”.",
        "Måttet är okänt, eller så har ingen använt fördelningen i perioden.",
        "Skriv ett mått som SIP08.",
    )


def members_named(organisations: Iterable[Organisation]) -> str:
    """The short names in Swedish order, with commas."""
    return ", ".join(sorted((each.short for each in organisations), key=numbers_sv.sort_key))
