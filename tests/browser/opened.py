"""Opening a page as a person would, from a file, and watching what it does."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}


@contextmanager
def watched(page: Page) -> Iterator[dict[str, list[str]]]:
    """What the page says on its console and asks of the network while it is used."""
    seen: dict[str, list[str]] = {"console": [], "network": [], "dialogs": []}
    page.on("console", lambda message: seen["console"].append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen["console"].append(str(error)))
    page.on("request", lambda request: seen["network"].append(request.url))
    page.on("dialog", lambda dialog: (seen["dialogs"].append(dialog.message), dialog.dismiss()))
    yield seen


def write(folder: Path, html: str, name: str = "page.html") -> str:
    path = folder / name
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


def serious_findings(page: Page) -> list[str]:
    """What axe-core holds against the page that is serious or critical, with the first place of each."""
    violations = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in violations if each["impact"] in SERIOUS]


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
