"""Plain page data into one self-contained HTML file."""

import os
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

ASSETS = files("pipeline.pages") / "assets"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = asset
    return environment


def asset(name: str) -> Markup:
    """A style sheet or script of the package, to stand inside the page as it is."""
    return Markup((ASSETS / name).read_text(encoding="utf-8"))  # our own files, no data in them


def relative_link(path: str) -> str:
    """A file's path as a link from the page: quoted, and never read as a scheme such as `javascript:`.

    A path from the root of a site (`/media/3`) stays one.
    """
    quoted = quote(os.fsencode(path))
    return quoted if quoted.startswith("/") and not quoted.startswith("//") else f"./{quoted.lstrip('/')}"


def render(template: str, **data: Any) -> str:
    """The template with the data in it; raises jinja2.UndefinedError where the template asks for what is not there."""
    return _environment().get_template(template).render(**data)
