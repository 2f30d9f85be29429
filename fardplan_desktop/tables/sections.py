"""The sections of a colleague's workbook: one row here is one column, both in what is written and in what is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

MONTH_WIDTH = 13


class Field(NamedTuple):
    """A column. Those with ``answer`` are filled in by the colleague, the others are locked."""

    heading: str
    width: int
    name: str = ""
    """Of the field in the answer's record; empty for a locked column."""
    holds: Literal["text", "amount", "list", "day"] = "text"
    list_id: str = ""
    longest: int = 4000
    note: str = ""

    @property
    def answer(self) -> bool:
        return bool(self.name)


class Section(NamedTuple):
    """Columns in order; its first two headings tell it from every other table."""

    sheet: str
    frozen: int
    """How many columns stay in sight."""
    fields: tuple[Field, ...]
    periods_at: int = 0
    """Where the periods stand, when there are any."""

    def with_periods(self, names: Sequence[str]) -> Section:
        """The same section with a column for each period asked for."""
        columns = tuple(Field(name, MONTH_WIDTH, "amount", "amount") for name in names)
        return self._replace(fields=(*self.fields[: self.periods_at], *columns, *self.fields[self.periods_at :]))


COUNTS = Section(
    "Antal",
    2,
    (
        Field("Kod", 16),
        Field("Mått", 34),
        Field("Kommentar", 30, "comment", note="Frivillig. Till exempel vad som gör antalet osäkert."),
        Field("Står i dag", 24),
        Field("Vad som räknas", 44),
        Field("Räknas", 40),
        Field("Räknas inte", 40),
    ),
    periods_at=2,
)
ACTIVITIES = Section(
    "Aktiviteter",
    2,
    (
        Field("Nr", 16),
        Field("Aktivitet", 44),
        Field("Status nu", 22, "status", "list", "aktivitetsstatus", note="Välj i listan."),
        Field(
            "Mer om status", 26, "status_note", longest=500, note="På vad, i vad eller varför, om status frågar det."
        ),
        Field("Prognos", 18, "forecast", "list", "prognos", note="Välj i listan."),
        Field("Kommentar", 44, "comment", note="Vad har hänt sedan sist? Inga namn."),
        Field("Nästa steg", 36, "next_step"),
        Field("Klar senast", 13),
        Field("Står i dag", 24),
        Field("Senast sagt", 40),
        Field("Nästa steg i dag", 36),
    ),
)
DEVIATIONS = Section(
    "Avvikelser",
    2,
    (
        Field("Nummer", 16),
        Field("Avvikelse", 44),
        Field("Svaret kom", 14, "answered_on", "day", note="Dagen då den berörda parten svarade."),
        Field("Orsak", 36, "causes", "list", "orsak", note="Välj i listan."),
        Field("Åtgärd", 30, "action", "list", "atgardstyp", note="Välj i listan."),
        Field("Åtgärden i korthet", 44, "action_text", note="Utan namn på den enskilde eller personal."),
        Field("Referens", 18),
        Field("Skickad", 13),
        Field("Svar senast", 13),
    ),
)
SECTIONS = (COUNTS, ACTIVITIES, DEVIATIONS)
