"""What the style sheets of a web page say of what is shown or struck out and how lists are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SIGN = re.compile("[{};]")
_SIMPLE = re.compile(r"(?:[A-Za-z][\w-]{0,60})?(?:[.#][\w-]{1,100})?")
_DECLARATION = re.compile(
    r"(display|visibility|mso-hide|list-style(?:-type)?|text-decoration(?:-line)?)\s{0,9}:\s{0,9}([^;]{1,200})",
    re.IGNORECASE,
)
_MOST_RULES = 5000

_FORMS = {
    "decimal": "1", "decimal-leading-zero": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A",
    "upper-latin": "A", "lower-roman": "i", "upper-roman": "I", "none": "", "disc": "", "circle": "", "square": "",
}  # fmt: skip


class Styles:
    """The rules of a page for elements, classes and identifiers; `@media` and nested selectors are left aside."""

    def __init__(self, root: Any) -> None:
        """Reads the `<style>` elements under `root`."""
        self._rules: dict[str, dict[str, str]] = {}
        for element in root.iter("style"):
            for selectors, body in _rules(_COMMENT.sub("", "".join(element.itertext()))):
                said = _declared(body)
                if said and len(self._rules) < _MOST_RULES:
                    for selector in selectors.split(","):
                        if _SIMPLE.fullmatch(selector.strip()):
                            self._rules.setdefault(selector.strip().lower(), {}).update(said)

    def hides(self, element: Any) -> bool:
        """Whether an element is not displayed, or struck out: what it holds cannot undo that."""
        if element.get("hidden") is not None:
            return True
        said = self._of(element)
        hidden = said.get("display") == "none" or said.get("visibility") == "hidden" or said.get("mso-hide") == "all"
        return hidden or _strikes(said)

    def strikes(self, element: Any) -> bool:
        """Whether an element is struck out."""
        return _strikes(self._of(element))

    def list_form(self, element: Any) -> str | None:
        """How the items of a list, or one item, are numbered: `1`, `a`, `A`, `i`, `I`, nothing; None: not said."""
        said = self._of(element)
        words = f"{said.get('list-style', '')} {said.get('list-style-type', '')}".split()
        return next((_FORMS[word] for word in reversed(words) if word in _FORMS), None)

    def _of(self, element: Any) -> dict[str, str]:
        said: dict[str, str] = {}
        if self._rules:
            tag = element.tag if isinstance(element.tag, str) else ""
            names = [f".{name}" for name in (element.get("class") or "").lower().split()[:50]]
            if identifier := (element.get("id") or "").lower():
                names.append(f"#{identifier}")
            for name in ("", *names):
                for selector in (name, f"{tag}{name}"):
                    said.update(self._rules.get(selector, {}))
        own = element.get("style")
        return {**said, **_declared(own)} if own else said


def _strikes(said: dict[str, str]) -> bool:
    return any("line-through" in said.get(name, "") for name in ("text-decoration", "text-decoration-line"))


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations, but those inside rules such as `@media`."""
    depth = start = inside = 0
    selectors = ""
    for sign in _SIGN.finditer(text):
        if sign[0] == "{":
            if depth == 0:
                selectors, inside = text[start : sign.start()].strip(), sign.end()
            depth += 1
        elif sign[0] == "}":
            depth = max(0, depth - 1)
            if depth == 0 and not selectors.startswith("@"):
                yield selectors, text[inside : sign.start()]
            start = sign.end()
        elif depth == 0:
            start = sign.end()


def _declared(text: str) -> dict[str, str]:
    return {name.lower(): value.replace("!important", "").strip().lower() for name, value in _DECLARATION.findall(text)}
