"""`python -m tests.dependencies` renews docs/dependencies.md from the requirements and what each package says of its licence."""

import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
_LINE = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)(?P<extras>\[[^]]*])?(?P<bounds>[^#]*)(#\s*(?P<reason>.*))?")
#: May be linked with or run beside software under EUPL-1.2.
COMPATIBLE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EUPL-1.2", "ISC",
    "LGPL-3.0", "LGPL-3.0-only", "MIT", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib",
}  # fmt: skip
_WORDS = (
    ("Apache", "Apache-2.0"),
    ("BSD License", "BSD-3-Clause"),
    ("BSD 2-Clause", "BSD-2-Clause"),
    ("BSD (3-clause)", "BSD-3-Clause"),
    ("BSD", "BSD-3-Clause"),
    ("MIT", "MIT"),
    ("Mozilla", "MPL-2.0"),
    ("GNU Lesser", "LGPL-3.0"),
)


@dataclass(frozen=True)
class Dependency:
    """A package that we name ourselves, with our reason and its licence (SPDX)."""

    name: str
    reason: str
    licence: str


def named_in(file: str) -> list[Dependency]:
    """The packages of a requirements file, in its order; a package that is named twice stands once."""
    found: dict[str, Dependency] = {}
    for line in (ROOT / "requirements" / file).read_text(encoding="utf-8").splitlines():
        match = _LINE.fullmatch(line.strip())
        if not line.startswith(("#", "-")) and match and match["name"] not in found:
            name = match["name"]
            found[name] = Dependency(name, (match["reason"] or "").strip(), licence_of(name))
    return list(found.values())


def licence_of(package: str) -> str:
    """The licence as SPDX, from the expression a package gives, else its classifier, else its own words."""
    about = metadata.metadata(package)
    if expression := about.get("License-Expression"):
        return str(expression)
    own = about.get("License") or ""
    for text in (own, *(one for one in about.get_all("Classifier") or [] if one.startswith("License"))):
        for words, licence in _WORDS:
            if words in text:
                return licence
    files = (file for file in metadata.files(package) or [] if Path(file).name.upper().startswith("LICEN"))
    text = next((file.read_text(encoding="utf-8") for file in files), "")
    return next((licence for words, licence in _WORDS if words in text), "unknown")


def page() -> str:
    """The page as it should be."""
    lines = [
        "# Dependencies",
        "",
        "What we name ourselves, why, and under which licence. What these need in turn stands with its hashes in `requirements/*.lock`.",
        "All licences go together with EUPL-1.2; a test guards that. `python -m tests.dependencies` renews this page.",
        "",
    ]
    for title, file in (("To run", "run.in"), ("To check and measure", "check.in")):
        lines += [f"## {title}", "", "| package | licence | why |", "|---|---|---|"]
        lines += [f"| {one.name} | {one.licence} | {one.reason or 'types for mypy'} |" for one in named_in(file)]
        lines += [""]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
