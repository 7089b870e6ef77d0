"""What the page's own scripts and style may not contain, whatever the policy would stop."""

from __future__ import annotations

import re
import tomllib

import pytest

from project import ROOT

ASSETS = ROOT / "src" / "kg" / "pages" / "assets"
SCRIPTS = sorted(ASSETS.glob("*.js"))
FORBIDDEN = (
    "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch(", "XMLHttpRequest",
    "WebSocket", "EventSource", "sendBeacon", "import(", "createContextualFragment", "DOMParser", "localStorage",
    '"style"', "http://", "https://",
)  # fmt: skip
# The query page keeps the history of queries in the browser; a page mailed as a file keeps nothing.
KEPT = {("query_page.js", "localStorage")}


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
@pytest.mark.parametrize("word", FORBIDDEN)
def test_data_cannot_become_markup_and_nothing_is_sent(file, word):
    assert word not in file.read_text("utf-8") or (file.name, word) in KEPT


def test_scripts_declare_each_name_once():
    text = "\n".join(file.read_text("utf-8") for file in SCRIPTS)
    names = re.findall(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", text, re.MULTILINE)
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("file", [*SCRIPTS, ASSETS / "page.css", ASSETS / "template.html"], ids=lambda file: file.name)
def test_assets_are_small_and_plain(file):
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    assert "\r" not in text
    assert "url(" not in text and "@import" not in text


def test_the_servers_pages_say_everything_in_both_languages():
    table = tomllib.loads((ASSETS / "frame_words.toml").read_text("utf-8"))
    said = {f"{name}.{key}": pair for name, words in table.items() for key, pair in words.items()}
    assert [key for key, pair in said.items() if len(pair) != 2 or not all(pair)] == []
    del said["frame.other"]  # each language by its own name
    chinese = re.compile("[\u4e00-\u9fff]")
    assert [key for key, (_, english) in said.items() if chinese.search(english)] == []
    holes = [key for key, pair in said.items() if len({tuple(sorted(re.findall(r"{\w+}", text))) for text in pair}) > 1]
    assert holes == []


def test_both_languages_say_everything():
    text = (ASSETS / "words.js").read_text("utf-8")
    table = text[text.index("const WORDS") : text.index("};")]
    keys = re.findall(r"^  (\w+): \[", table, re.MULTILINE)
    pairs = re.findall(r'(\w+): \[\s*"(?:[^"\\]|\\.)+",\s*"(?:[^"\\]|\\.)+",?\s*\]', table)
    assert keys == pairs
    used = "\n".join(file.read_text("utf-8") for file in SCRIPTS) + (ASSETS / "template.html").read_text("utf-8")
    asked = set(re.findall(r'\bword\("(\w+)"', used)) | set(re.findall(r'data-(?:word|label)="(\w+)"', used))
    assert asked <= set(keys)
