"""What a browser gets in place of an answer: what happened in words, the server's own line, and where to go on."""

from __future__ import annotations

from kg.pages import frame
from kg.pages.frame import Where, element, link

_TABLE = "error"
_KNOWN = frozenset({400, 401, 403, 404, 405, 406, 413, 421, 422, 502, 503, 504})


def policy() -> str:
    """The content security policy of the page; it has no script."""
    return frame.policy(())


def page(status: int, message: str, where: Where, here: str) -> str:
    """The page; `message` is the line that another client gets, `here` the address in the other language."""
    title = where.say(_TABLE, f"s{status}" if status in _KNOWN else "other")
    ways = (
        link(where.to("/sparql"), where.say(_TABLE, "query"), class_="tool first"),
        link(where.to("/stats"), where.say(_TABLE, "stats"), class_="tool"),
    )
    return frame.page(
        f"{status} · {title}",
        element("section",
                element("p", str(status), class_="quiet"), element("h1", title),
                element("p", element("code", message), class_="said"), element("div", *ways, class_="row"),
                class_="sheet trouble"),
        where=where, here=here,
    )  # fmt: skip
