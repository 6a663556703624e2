"""The error tree: what a script that calls `tracker` may rely on."""

from __future__ import annotations

import re

import pytest

from tracker import errors

CODES = {
    "TrackerError": 70,
    "UsageError": 2,
    "BadInputFile": 65,
    "UnreadableDocument": 65,
    "NotAResolution": 65,
    "NotFound": 66,
    "Ambiguous": 66,
    "Unavailable": 69,
    "CannotWrite": 73,
    "Busy": 75,
    "Conflict": 75,
    "NotPermitted": 77,
    "BadConfiguration": 78,
    "SchemaMismatch": 78,
}


def error_classes() -> dict[str, type[errors.TrackerError]]:
    found = {errors.TrackerError}
    waiting = [errors.TrackerError]
    while waiting:
        children = waiting.pop().__subclasses__()
        found.update(children)
        waiting.extend(children)
    return {each.__name__: each for each in found if each.__module__ == errors.__name__}


@pytest.mark.parametrize(("name", "code"), CODES.items())
def test_each_error_has_its_exit_code(name: str, code: int) -> None:
    assert error_classes()[name].exit_code == code


def test_no_error_is_left_out() -> None:
    assert set(error_classes()) == set(CODES)


def test_the_drawn_tree_is_the_tree() -> None:
    drawn = errors.__doc__ or ""
    for name, code in re.findall(r"^    (?:│   )?[├└]── (\w+)\s+(\d+)?", drawn, re.MULTILINE):
        assert name in CODES
        if code:
            assert error_classes()[name].exit_code == int(code)
    assert set(re.findall(r"── (\w+)", drawn)) | {"TrackerError"} == set(CODES)
