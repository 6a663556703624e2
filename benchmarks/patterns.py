"""Every regular expression of the program against pump strings of 100,000 characters.

`python -m benchmarks.patterns` prints the slowest ones and exits with 1 when one takes 0.1 s or more:
a pattern that backtracks on hostile text takes minutes there, not milliseconds.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterable
from typing import Any

LENGTH = 100_000
BAR = 0.1

_TEXTS = {
    "fr": "Le Conseil des droits de l’homme,\n\nRappelant sa résolution 1/1,\n\n1. Prie le Secrétaire général de lui "
    "présenter un rapport annuel à sa trentième session, avant le 30 juin 2016 ;\n",
    "en": "The Human Rights Council,\n\nRecalling its resolution 1/1,\n\n1. Requests the Secretary-General to submit "
    "an annual report at its thirtieth session, by 30 June 2016;\n",
    "es": "El Consejo de Derechos Humanos,\n\nRecordando su resolución 1/1,\n\n1. Solicita al Secretario General que "
    "presente un informe anual en su 30º período de sesiones, a más tardar el 30 de junio de 2016;\n",
    "ru": "Совет по правам человека,\n\nссылаясь на свою резолюцию 1/1,\n\n1. просит Генерального секретаря "
    "представить ежегодный доклад на тридцатой сессии к 30 июня 2016 года;\n",
    "ar": "إن مجلس حقوق الإنسان،\n\nإذ يشير إلى قراره 1/1،\n\n1 - يطلب إلى الأمين العام أن يقدم تقريرا سنويا في دورته "
    "الثلاثين بحلول 30 حزيران/يونيه 2016؛\n",
    "zh": "人权理事会，\n\n回顾其第1/1号决议，\n\n1. 请秘书长在第三十届会议上提交年度报告，不迟于2016年6月30日；\n",
}

_PUMPS = (
    *(
        " ",
        "a",
        "1",
        "1.",
        "(",
        "(a) ",
        "A/",
        "/1",
        "- ",
        "’",
        "l ’",
        ", ",
        ". ",
        "\n",
        " \n",
        "\u00a0",
        "1 - ",
        "_",
        "* ",
    ),
    *(
        "و",
        "第",
        "十",
        "vingt-",
        "and ",
        "et ",
        "sa ",
        "le ",
        "the ",
        "twenty-",
        "session ",
        "États, ",
        "de la ",
        "11 ",
        "[",
        "<!-- a --> ",
        "<p ",
    ),
)
_TAILS = ("!", " session")


def collected() -> list[tuple[str, re.Pattern[Any]]]:
    """All patterns that the program compiles, with their module: at import, and for each of its languages."""
    found: dict[tuple[Any, int], tuple[str, re.Pattern[Any]]] = {}
    real = re.compile

    def compile_and_keep(pattern: Any, flags: Any = 0) -> Any:
        compiled = real(pattern, flags)
        caller = str(sys._getframe(1).f_globals.get("__name__"))  # noqa: SLF001 - who compiles it is the question
        if caller.startswith("tracker."):
            found[compiled.pattern, compiled.flags] = (caller, compiled)
        return compiled

    re.compile = compile_and_keep
    try:
        for package in ("core", "reading", "extraction", "reports", "services", "storage", "cli"):
            root = importlib.import_module(f"tracker.{package}")
            for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
                try:
                    importlib.import_module(module.name)
                except ImportError as missing:  # an extra that is not installed
                    print(f"left out: {module.name} ({missing})", file=sys.stderr)
        from tracker.extraction.pipeline import extract
        from tracker.reading.files import read_bytes

        for language, text in _TEXTS.items():
            extract(read_bytes(text.encode(), f"pump.{language}.txt"))
    finally:
        re.compile = real
    return list(found.values())


def slowest(patterns: Iterable[tuple[str, re.Pattern[Any]]]) -> list[tuple[float, str, str, str]]:
    """(seconds, pump, module, pattern) of each pattern's slowest pump string, slowest first."""
    texts = {(pump, tail): (pump * (LENGTH // len(pump) + 1))[:LENGTH] + tail for pump in _PUMPS for tail in _TAILS}
    as_bytes = {key: text.encode() for key, text in texts.items()}
    rows = []
    for module, pattern in patterns:
        worst = (0.0, "")
        of_bytes = isinstance(pattern.pattern, bytes)
        for (pump, tail), text in (as_bytes if of_bytes else texts).items():
            began = time.perf_counter()
            pattern.search(text)
            worst = max(worst, (time.perf_counter() - began, repr(pump + tail)))
            if worst[0] > BAR:
                break
        rows.append((*worst, module.removeprefix("tracker."), str(pattern.pattern)))
    return sorted(rows, reverse=True)


def main() -> None:
    """Prints the slowest and the verdict."""
    patterns = collected()
    rows = slowest(patterns)
    missed = [row for row in rows if row[0] >= BAR]
    for seconds, pump, module, pattern in missed or rows[:10]:
        print(f"{seconds * 1000:8.1f} ms  {pump:>12}  {module}: {pattern[:90]!r}")
    verdict = f"MISSED by {len(missed)}" if missed else "ok"
    print(
        f"{len(patterns)} patterns, {LENGTH} characters each time: slowest {rows[0][0]:.3f} s, bar {BAR} s: {verdict}"
    )
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
