"""Views of the activities: gathering, filters with their counts, what hides everything, and views saved by name."""

from __future__ import annotations

from datetime import date
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.domain.records import Activity, Plan
from fardplan_desktop.services import activities, activity_views
from fardplan_desktop.services.activity_views import Filter, Gathered, Grouping, Kind, View, gather
from fardplan_desktop.services.workplace import Workplace

TODAY = date(2026, 9, 14)
PLANS = {
    "p1": Plan(id="p1", title="Handlingsplan 2026", type="egen-handlingsplan", year=2026),
    "p2": Plan(id="p2", title="Psykisk hälsa 2026", type="psykisk-halsa", year=2026, target_group="psykisk-ohalsa"),
}
replace = msgspec.structs.replace


def one(number: int, **given: object) -> Activity:
    return replace(Activity(id=f"a{number}", plan="p1", title=f"Aktivitet {number}"), **given)


def gathered(book: CodeBook, *found: Activity, due: frozenset[str] = frozenset()) -> Gathered:
    hay = {each.id: f"{each.title} {each.responsible}".casefold() for each in found}
    return Gathered(book, PLANS, found, due, hay, TODAY)


@pytest.fixture
def some(book: CodeBook) -> Gathered:
    return gathered(
        book,
        one(1, method="A4", status="pagar", end=date(2026, 12, 1), target_group="aldre-multisjuka", forecast="risk"),
        one(2, method="A1", status="klar", plan="p2", end=date(2026, 5, 1)),
        one(3, method="A4", status="pagar", end=date(2026, 6, 30), lift_to="delregional", responsible="MAS"),
        one(4, plan="p2", themes=("anhorigstod", "egenvard")),
        due=frozenset({"a3"}),
    )


def titles(found: Gathered, view: View) -> list[tuple[str, list[int]]]:
    return [(group.words, [int(each.id[1:]) for each in group.activities]) for group in found.groups(view)]


def shown(found: Gathered, *filters: Filter, text: str = "") -> list[int]:
    return [int(each.id[1:]) for each in found.shown(View(filters=filters, text=text))]


@pytest.mark.parametrize(
    ("grouping", "expected"),
    [
        ("method", [("A1", [2]), ("A4", [1, 3]), ("Inget arbetssätt angivet", [4])]),
        ("plan", [("Handlingsplan 2026", [1, 3]), ("Psykisk hälsa 2026", [2, 4])]),
        ("status", [("Status saknas", [4]), ("Pågår", [1, 3]), ("Klar", [2])]),
        ("none", [("", [1, 2, 3, 4])]),
    ],
)
def test_activities_are_gathered_in_the_code_book_s_order_and_the_unstated_last(
    some: Gathered, grouping: Grouping, expected: list[tuple[str, list[int]]]
) -> None:
    found = titles(some, View(grouping=grouping))
    assert [(words[: len(start)], ids) for (words, ids), (start, _) in zip(found, expected, strict=True)] == expected


def test_an_activity_has_the_target_group_of_its_plan_until_another_is_stated(some: Gathered) -> None:
    assert titles(some, View(grouping="target_group")) == [
        ("Äldre/multisjuka", [1]), ("Psykisk ohälsa", [2, 4]), ("Ingen målgrupp angiven", [3]),
    ]  # fmt: skip


def test_filters_of_a_kind_widen_and_of_different_kinds_narrow(some: Gathered) -> None:
    assert shown(some, Filter("status", "pagar")) == [1, 3]
    assert shown(some, Filter("status", "pagar"), Filter("status", "klar")) == [1, 2, 3]
    assert shown(some, Filter("status", "pagar"), Filter("forecast", "risk")) == [1]
    assert shown(some, Filter("late")) == [3]
    assert shown(some, Filter("open")) == [1, 3, 4]
    assert shown(some, Filter("due")) == [3]
    assert shown(some, Filter("method", "")) == [4]
    assert shown(some, Filter("theme", "egenvard")) == [4]
    assert shown(some, Filter("lift_to", "delregional"), text="aktivitet mas") == [3]


def test_a_choice_says_how_many_it_would_let_through_under_the_other_filters(some: Gathered) -> None:
    view = View(filters=(Filter("method", "A4"), Filter("status", "klar")))
    counts = {each.filter.value: each.count for each in some.choices(view, "status")}
    assert counts == {"status-saknas": 0, "pagar": 2, "klar": 0}
    assert [each.words for each in some.choices(View(), "status")] == ["Status saknas", "Pågår", "Klar"]
    assert [each.count for each in some.choices(View(), "late")] == [1]
    assert some.count(view, Filter("method", "A4")) == 0
    assert some.count(View(), Filter("method", "A4")) == 2


def test_nobody_is_offered_activities_that_need_not_be_lifted(some: Gathered) -> None:
    assert [each.filter.value for each in some.choices(View(), "lift_to")] == ["delregional"]


def test_the_empty_result_says_what_hides_everything_the_worst_first(some: Gathered) -> None:
    view = View(text="aktivitet", filters=(Filter("method", "A4"), Filter("status", "klar")))
    found = some.releases(view)
    assert [each.words.split(":")[0] for each in found] == ["filtret ”Status", "filtret ”Arbetssätt"]
    assert [each.count for each in found] == [2, 1]
    assert found[0].view.filters == (Filter("method", "A4"),)
    nothing = View(text="finns inte", filters=(Filter("method", "A1"),))
    assert [(each.words, each.count) for each in some.releases(nothing)] == [("texten ”finns inte”", 1)]
    assert some.releases(View(text="nej", filters=(Filter("method", "A1"), Filter("status", "pagar")))) == ()


def test_turning_a_filter_twice_leaves_the_view_as_it_was() -> None:
    view = View(filters=(Filter("late"),))
    assert view.turned(Filter("due")).filters == (Filter("late"), Filter("due"))
    assert view.turned(Filter("due")).turned(Filter("due")) == view
    assert view.turned(Filter("late")).filters == ()


filters = st.lists(
    st.one_of(
        st.builds(Filter, st.sampled_from(("open", "late", "due"))),
        st.builds(Filter, st.just("status"), st.sampled_from(("pagar", "klar", "status-saknas", "finns-inte"))),
        st.builds(Filter, st.just("method"), st.sampled_from(("A1", "A4", "", "A99"))),
    ),
    max_size=4,
    unique=True,
).map(tuple)


@given(
    filters=filters,
    stated=st.lists(
        st.tuples(st.sampled_from(("pagar", "klar", None)), st.sampled_from(("A1", "A4", None))), max_size=8
    ),
    grouping=st.sampled_from(get_args(Grouping)),
)
def test_every_shown_activity_is_in_one_group_and_a_count_is_what_choosing_it_shows(
    book: CodeBook, filters: tuple[Filter, ...], stated: list[tuple[str | None, str | None]], grouping: Grouping
) -> None:
    found = gathered(book, *(one(at, status=status, method=method) for at, (status, method) in enumerate(stated)))
    view = View(filters=filters, grouping=grouping)
    in_groups = [each.id for group in found.groups(view) for each in group.activities]
    assert sorted(in_groups) == sorted(each.id for each in found.shown(view))
    for kind in get_args(Kind):
        for choice in found.choices(view, kind):
            alone = found.shown(view.without(kind).turned(choice.filter))
            assert len(alone) == choice.count


def test_what_is_gathered_is_what_is_stored(edet: Workplace) -> None:
    late, _ = activities.add(edet, title="Rutin för SIP", method="A4", responsible="MAS", end=date(2026, 8, 1))
    found = gather(edet)
    assert found.due == {late.id}
    assert shown_ids(found, "rutin mas handlingsplan 2026-08-01 försenad stärk") == [late.id]
    assert shown_ids(found, "utbildning") == []


def shown_ids(found: Gathered, text: str) -> list[str]:
    return [each.id for each in found.shown(View(text=text))]


def names(workplace: Workplace) -> list[str]:
    return [each.name for each in activity_views.saved_views(workplace)]


def test_views_are_kept_by_name_in_swedish_order_and_opened_as_they_were_saved(edet: Workplace) -> None:
    view = View(grouping="plan", text="SIP", filters=(Filter("late"), Filter("theme", "barn")))
    for name in ("Övrigt", "Zon", " Ånger  två ", "Alla"):
        activity_views.save_view(edet, name=name, view=view)
    assert names(edet) == ["Alla", "Zon", "Ånger två", "Övrigt"]
    assert all(each.view == view for each in activity_views.saved_views(edet))


def test_the_same_name_saves_over_and_another_s_name_is_refused(edet: Workplace) -> None:
    activity_views.save_view(edet, name="Försenade", view=View(filters=(Filter("late"),)))
    activity_views.save_view(edet, name="försenade", view=View(grouping="none"))
    assert [(each.name, each.view.grouping) for each in activity_views.saved_views(edet)] == [("försenade", "none")]
    activity_views.save_view(edet, name="Alla", view=View())
    with pytest.raises(InputProblem, match="finns redan"):
        activity_views.rename_view(edet, name="Alla", to="FÖRSENADE")
    activity_views.rename_view(edet, name="försenade", to="Försenade")
    activity_views.remove_view(edet, name="Alla")
    assert names(edet) == ["Försenade"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_name_that_is_none_is_refused(edet: Workplace, name: str) -> None:
    with pytest.raises(InputProblem):
        activity_views.save_view(edet, name=name, view=View())


@pytest.mark.parametrize(("name", "text"), [("19121212-1212", ""), ("Min vy", "gäller 19121212-1212")])
def test_nothing_personal_is_kept_in_a_view(edet: Workplace, name: str, text: str) -> None:
    with pytest.raises(PersonalData):
        activity_views.save_view(edet, name=name, view=View(text=text))
    assert names(edet) == []


def test_a_saved_view_opens_when_its_codes_have_ended_and_its_plan_is_gone(edet: Workplace) -> None:
    activities.add(edet, title="Rutin för SIP")
    view = View(filters=(Filter("status", "finns-inte-mer"), Filter("plan", "borta"), Filter("method", "A9")))
    activity_views.save_view(edet, name="Gammal", view=view)
    (kept,) = activity_views.saved_views(edet)
    found = gather(edet)
    assert found.shown(kept.view) == ()
    assert [found.words(each) for each in kept.view.filters] == [
        "Status: finns-inte-mer", "Plan: Borttagen plan", "Arbetssätt: A9",
    ]  # fmt: skip
    assert Filter("status", "finns-inte-mer") in [each.filter for each in found.choices(kept.view, "status")]
