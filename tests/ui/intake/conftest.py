"""The invented inbox, made once for these tests."""

from __future__ import annotations

import pytest

from tests.ui.office import Mail


@pytest.fixture(scope="session")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Mail:
    return Mail(tmp_path_factory.mktemp("post"))
