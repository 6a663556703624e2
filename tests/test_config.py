"""Where settings and data lie."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from tracker.config import own_folder


@pytest.mark.parametrize("value", [None, "", " ", "/elsewhere", "relative"])
def test_own_folders_are_where_the_system_wants_them(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        if value is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, value)
    assert own_folder("data") == Path(platformdirs.user_data_dir("tracker", appauthor=False))
    assert own_folder("config") == Path(platformdirs.user_config_dir("tracker", appauthor=False))
