"""What the organisation chooses for its store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.services import settings


def test_a_function_is_kept_without_needless_spaces(make: Any) -> None:
    workplace = make("1462")
    settings.set_function(workplace, function="  Verksamhets  utvecklare ")
    assert workplace.function == "Verksamhets utvecklare"
    assert workplace.signature.who == "Verksamhets utvecklare"


@pytest.mark.parametrize("wrong", ["", "   ", "x" * 81])
def test_an_empty_or_endless_function_is_refused(make: Any, wrong: str) -> None:
    with pytest.raises(InputProblem, match="högst 80 tecken"):
        settings.set_function(make("1462"), function=wrong)


def test_a_function_that_identifies_a_person_is_refused(make: Any) -> None:
    with pytest.raises(PersonalData):
        settings.set_function(make("1462"), function="MAS 19121212-1212")


def test_packages_go_to_the_organisations_own_folder_until_another_is_chosen(make: Any, tmp_path: Path) -> None:
    workplace = make("1462")
    assert settings.deliveries_folder(workplace).name == "Lilla Edets kommun"
    settings.set_deliveries_folder(workplace, folder=tmp_path / "ut")
    assert settings.deliveries_folder(workplace) == tmp_path / "ut"
