"""`/ask`, `/compare` and `/stats`: questions in words, things side by side, counts, each as a page or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kg.errors import NotFoundError, UsageError
from kg.pages.frame import Where
from kg.serve import access, media, pages
from kg.serve.access import Site
from kg.serve.jobs import Made, Sink
from kg.serve.media import Form, Kind
from kg.serve.messages import Request, Response
from kg.serve.sparql import Pairs, pairs, place, values
from kg.serve.state import State

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.answers.compare import Comparison

METHODS = "GET, HEAD, OPTIONS"
_KNOWN = 300
_ENTRIES, _MOST_ENTRIES = 12, 10_000  # of a section, by default and at most
_JSON = Form("json", "application/json", ("application/json",))
_FORMS = (_JSON, media.HTML)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words."""

    question: str
    form: Form
    where: Where
    spoken: str | None
    limit: int

    def run(self, store: Store) -> Made:
        """The answer, or that the question was not understood, in the form."""
        from kg.answers.asking.answer import Answer
        from kg.answers.asking.asking import ask

        found = ask(store, self.question, language=self.spoken)
        if self.form == media.HTML:
            from kg.pages import query_answer, query_page

            here = pages.there("/ask", self.where, question=self.question)
            text = found.query if isinstance(found, Answer) else ""
            shown = query_answer.answer(found, self.where)
            body = query_page.page(text, self.where, here, answer=shown, asked=self.question).encode()
        else:
            body = _json({"understood": isinstance(found, Answer), **asdict(found)})
        return _made(body, self.form, self.limit)


@dataclass(frozen=True, slots=True)
class Compared:
    """Things side by side; fewer than two give the page on which they are chosen."""

    names: tuple[str, ...]
    indicator: str
    years: str
    form: Form
    where: Where
    limit: int

    def run(self, store: Store) -> Made:
        """The comparison in the form; UsageError or NotFoundError where there is none and no page to say so on."""
        from kg.answers.compare import compared

        found, error = None, ""
        if len(self.names) >= 2 or self.form != media.HTML:
            try:
                chosen = (self.indicator,) if self.indicator else ()
                language = self.where.language
                found = compared(store, self.names, indicators=chosen, years=self.years or None, language=language)
            except (UsageError, NotFoundError) as failed:
                if self.form != media.HTML:
                    raise
                error = str(failed)
        if self.form != media.HTML:
            return _made(_compared(found, self.form) if found else b"", self.form, self.limit)
        from kg.pages import compare_page

        given: dict[str, str | tuple[str, ...]] = {
            "thing": self.names,
            "indicator": self.indicator,
            "years": self.years,
        }
        here = pages.there("/compare", self.where, **{key: value for key, value in given.items() if value})
        page = compare_page.page(
            found, self.where, here, asked=self.names, indicator=self.indicator, years=self.years,
            known=_known(store), error=error,
        )  # fmt: skip
        return _made(page.encode(), self.form, self.limit)


@dataclass(frozen=True, slots=True)
class Counted:
    """What the graph consists of; all sections where none is named."""

    names: tuple[str, ...]
    most: int
    form: Form
    where: Where
    limit: int

    def run(self, store: Store) -> Made:
        """The counts and measures in the form; UsageError for a section that there is not."""
        from kg.answers import lookup
        from kg.answers.stats import stats

        found = stats(store, self.names, most=self.most, language=self.where.language)
        if self.form != media.HTML:
            return _made(_json([asdict(one) for one in found]), self.form, self.limit)
        from kg.pages import stats_page

        kinds = {iri: tuple(lookup.types(store, iri)) for iri in stats_page.things(found)}
        given = {"name": self.names, "most": str(self.most)} if self.names else {}
        page = stats_page.page(found, kinds, self.where, pages.there("/stats", self.where, **given))
        return _made(page.encode(), self.form, self.limit)


def _known(store: Store) -> list[str]:
    """The names of things that have figures, those with most first."""
    from pyoxigraph import QuerySolutions

    from kg.answers import lookup, query

    text = (
        "SELECT ?thing { ?figure zg:subject ?thing . ?thing zg:mentionedIn ?document }"
        f" GROUP BY ?thing ORDER BY DESC(COUNT(DISTINCT ?figure)) ?thing LIMIT {_KNOWN}"
    )
    answer = query.ask(store, text)
    assert isinstance(answer, QuerySolutions)
    return [lookup.name(store, getattr(thing, "value", "")) for (thing,) in query.rows(answer, ["thing"])]


def _compared(found: Comparison, form: Form) -> bytes:
    """A comparison for a program."""
    from kg.answers.compare import as_csv

    return as_csv(found) if form == media.CSV else _json(asdict(found))


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def _made(body: bytes, form: Form, limit: int) -> Made:
    """The answer; above the limit it is refused whole."""
    Sink(limit).write(body)
    return Made(body, Kind.THING, form)


def respond_ask(request: Request, site: Site, state: State) -> Response:
    """The answer to `?question=`; the query page where there is none."""
    given = _given(request, state)
    where, form = place(site, state, given), _form(request, given)
    question = "".join(values(given, "question"))
    if not question.strip() and form == media.HTML:
        return Response(303, (("Location", where.to("/sparql")),))
    spoken = next(iter(values(given, "lang")), None)
    job = Asked(question, form, where, spoken if spoken in ("zh", "en") else None, state.settings.result_limit)
    try:
        return _sent(state, job, "query")
    except UsageError as error:
        if form != media.HTML:
            raise
        return _page(400, pages.wrong("", str(error), where), "query")


def respond_compare(request: Request, site: Site, state: State) -> Response:
    """The things of `?thing=…&thing=…` side by side."""
    given = _given(request, state)
    names = tuple(name.strip() for name in values(given, "thing") if name.strip())
    indicator, years = ("".join(values(given, key)).strip() for key in ("indicator", "years"))
    where, form = place(site, state, given), _form(request, given, (*_FORMS, media.CSV))
    job = Compared(names, indicator, years, form, where, state.settings.result_limit)
    return _sent(state, job, "compare")


def respond_stats(request: Request, site: Site, state: State) -> Response:
    """The counts and measures named by `?name=…&name=…`, each with at most `?most=` entries."""
    given = _given(request, state)
    where, form = place(site, state, given), _form(request, given)
    most = "".join(values(given, "most")) or str(_ENTRIES)
    if not (most.isascii() and most.isdigit() and 0 < int(most) <= _MOST_ENTRIES):
        raise UsageError(f"stats: most={most[:20]}: write a number from 1 to {_MOST_ENTRIES}")
    job = Counted(tuple(values(given, "name")), int(most), form, where, state.settings.result_limit)
    return _sent(state, job, "stats")


def _given(request: Request, state: State) -> Pairs:
    access.check_reading(request, state.settings)
    return pairs(request.query)


def _form(request: Request, given: Pairs, forms: Sequence[Form] = _FORMS) -> Form:
    return media.best(forms, request.header("accept"), "".join(values(given, "format")))


def _sent(state: State, job: Asked | Compared | Counted, page: str) -> Response:
    """What a job gives. It hangs on the ontology's words too, so no tag is given that a cache could keep it by."""
    made = state.engine.read(job).made
    if made.form == media.HTML:
        return _page(200, made.body, page)
    return Response(200, (media.content_type(made.form), *_KEPT), made.body)


_KEPT = (("Cache-Control", "no-store"), ("Vary", "Accept"))


def _page(status: int, body: bytes, page: str) -> Response:
    return Response(status, (media.content_type(media.HTML), *_KEPT, pages.policy(page)), body)
