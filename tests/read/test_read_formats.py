"""JSON lines, Markdown and web pages."""

from __future__ import annotations

import codecs
import gzip
import json
import subprocess
import sys

import pytest

from kg.read import documents
from project import environment

TEXT = "青禾新区位于青禾市，2024年实现地区生产总值1234.5亿元。"


def lines(*rows: object) -> bytes:
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def read(folder, name, content, **options):
    (folder / name).write_bytes(content)
    found, failed = documents([str(folder / name)], **options)
    prefix = f"{folder}/"
    return {d.name: d for d in found}, {f.name.removeprefix(prefix): f.reason for f in failed}


def test_a_line_gives_a_document_with_its_fields(tmp_path):
    row = {
        "id": "a-1",
        "title": "青禾 新区\n开工",
        "date": "2024/3/5",
        "url": "https://news.example/1",
        "source": "青禾日报",
    }
    found, failed = read(tmp_path, "x.jsonl", lines({**row, "text": TEXT, "more": [1]}))
    (document,) = found.values()
    assert failed == {}
    assert (document.name, document.title, document.issued) == ("x.jsonl#a-1", "青禾 新区 开工", "2024-03-05")
    assert (document.url, document.source, document.text) == ("https://news.example/1", "青禾日报", TEXT)


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("2024-03-05T08:40:00+08:00", "2024-03-05"),
        ("20240305", "2024-03-05"),
        (20240305, "2024-03-05"),
        ("2024年3月5日", "2024-03-05"),
        ("2024-03", "2024-03"),
        (2024, "2024"),
        ("yesterday", None),
        (None, None),
        (1709596800, None),
        (True, None),
        ([2024], None),
    ],
)
def test_a_lines_date(tmp_path, date, issued):
    found, _ = read(tmp_path, "x.jsonl", lines({"id": 1, "date": date, "text": TEXT}))
    assert found["x.jsonl#1"].issued == issued


BAD_LINES = {
    "half": (b'{"id": 1, "text": "x', "no JSON"),
    "bare": (b"null", "no JSON object"),
    "list": (b"[1]", "no JSON object"),
    "no text": (b'{"id": 1}', 'no "text"'),
    "number": (b'{"text": 12}', 'no "text"'),
    "empty": (b'{"text": " \\u3000"}', "empty text"),
    "surrogate": (b'{"text": "\\ud800"}', "half a surrogate"),
    "surrogate title": (b'{"text": "x", "title": "\\udc00"}', "half a surrogate"),
    "surrogate id": (b'{"text": "x", "id": "\\udc00"}', "half a surrogate"),
    "nul": (b'{"text": "a\\u0000b"}', "binary"),
    "deep": (b'{"text":' + b"[" * 5_000 + b"]" * 5_000 + b"}", "no JSON that can be read"),
    "digits": (b'{"text": ' + b"9" * 5_000 + b"}", "no JSON that can be read"),
    "bytes": (b'{"text": "\xff\xff"}', "not UTF-8"),
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path, case):
    row, reason = BAD_LINES[case]
    content = lines({"id": 1, "text": TEXT}, row, b"", {"id": 3, "text": TEXT + "三"})
    found, failed = read(tmp_path, "x.jsonl", content, limit=20_000)
    assert sorted(found) == ["x.jsonl#1", "x.jsonl#3"]
    assert list(failed) == ["x.jsonl:2"]
    assert failed["x.jsonl:2"].startswith(reason)
    assert "\n" not in failed["x.jsonl:2"]


def test_a_line_over_the_limit_ends_the_file(tmp_path):
    content = lines({"id": 1, "text": TEXT}, {"id": 2, "text": TEXT * 100}, {"id": 3, "text": TEXT + "三"})
    found, failed = read(tmp_path, "x.jsonl", content, limit=1_000)
    assert list(found) == ["x.jsonl#1"]
    assert failed["x.jsonl:2"].startswith("over 1000 bytes")
    assert failed["x.jsonl"].startswith("line 2: over 1000 bytes without a text")


def test_many_lines_under_the_limit_may_exceed_it_together(tmp_path):
    rows = [{"id": i, "text": f"{TEXT}{i}"} for i in range(100)]
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(lines(*rows)))
    found, failed = documents([str(tmp_path / "x.jsonl.gz")], limit=1_000)
    assert (len(found), failed) == (100, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_lines_in_any_encoding(tmp_path, encoding):
    rows = "\r\n".join(json.dumps({"id": i, "text": TEXT * i}, ensure_ascii=False) for i in (1, 2))
    found, failed = read(tmp_path, "x.jsonl", rows.encode(encoding))
    assert sorted(d.text for d in found.values()) == [TEXT, TEXT * 2]
    assert failed == {}


def test_a_line_without_id_is_named_by_its_number(tmp_path):
    found, _ = read(tmp_path, "x.jsonl", lines(b"", {"text": TEXT}))
    assert list(found) == ["x.jsonl#2"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "news.example/1", "https://x/<y>", 7, None])
def test_what_is_no_address_is_left_out(tmp_path, url):
    found, failed = read(tmp_path, "x.jsonl", lines({"id": 1, "text": TEXT, "url": url}))
    assert (found["x.jsonl#1"].url, failed) == (None, {})


def test_what_the_fields_leave_open_is_read_from_the_text(tmp_path):
    found, _ = read(tmp_path, "x.jsonl", lines({"id": 1, "text": f"青禾新区开工\n来源：青禾日报 2024-03-05\n{TEXT}"}))
    document = found["x.jsonl#1"]
    assert (document.title, document.issued, document.source) == ("青禾新区开工", "2024-03-05", "青禾日报")


MATTER = (
    '---\r\ntitle: "青禾新区开工"\ndate: 2024-03-05\nsource: 青禾日报\nurl: https://news.example/1\n---\n\n'
    "# 别的标题\n\n正文。\n"
)


@pytest.mark.parametrize(
    ("text", "title", "issued", "source"),
    [
        (MATTER, "青禾新区开工", "2024-03-05", "青禾日报"),
        ("# 青禾新区开工 #\n\n正文。\n", "青禾新区开工", None, None),
        ("发布时间：2024-03-05\n\n## 小节\n\n# 青禾新区开工\r\n", "青禾新区开工", "2024-03-05", None),
        ("青禾新区开工\n\n正文。", "青禾新区开工", None, None),
        ("---\n没有结束的栏目\n", "没有结束的栏目", None, None),
    ],
)
def test_markdown_keeps_its_text_and_tells_of_itself(tmp_path, text, title, issued, source):
    found, _ = read(tmp_path, "x.md", text.encode())
    document = found["x.md"]
    assert document.text == text
    assert (document.title, document.issued, document.source) == (title, issued, source)


BODY = "".join(
    f"<p>青禾新区第{n}批项目集中开工，涉及人工智能、生物医药等领域，总投资{n}0亿元。</p>" for n in range(1, 9)
)


def page(head: str = "", above: str = "", body: str = BODY, charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}">{head}</head><body><nav><a href="/">首页</a></nav>'
        f"{above}<article>{body}</article><footer>版权所有 青禾网</footer></body></html>"
    )


DAY = "2024-03-05"
HEADING = "<h1>青禾 新区开工</h1>"
PAGES = [
    (f'<title>开工了_青禾网</title><meta name="PubDate" content="{DAY} 08:40">', "", "开工了", DAY, None),
    (
        '<meta property="og:title" content="开工了"><meta property="og:site_name" content="青禾网">',
        HEADING, "开工了", None, "青禾网",
    ),
    (
        f'<meta property="article:published_time" content="{DAY}T08:40:00+08:00">',
        HEADING, "青禾 新区开工", DAY, None,
    ),
    (
        f'<script type="application/ld+json">{{"datePublished": "{DAY}T00:00:00Z"}}</script>',
        HEADING, "青禾 新区开工", DAY, None,
    ),
    (
        "<title>开工了 - 青禾网</title>",
        f"<div>发布时间：<span>{DAY}</span> 来源：青禾日报</div>", "开工了", DAY, "青禾日报",
    ),
    ('<title>开工了</title><meta name="ContentSource" content="青禾日报">', "", "开工了", None, "青禾日报"),
    ("<title>开工了</title>", "<h1>一</h1><h1>二</h1>", "开工了", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "above", "title", "issued", "source"), PAGES)
def test_a_page_gives_its_main_text_and_tells_of_itself(tmp_path, head, above, title, issued, source):
    found, failed = read(tmp_path, "x.html", page(head, above).encode())
    assert failed == {}
    document = found["x.html"]
    assert document.text.count("青禾新区第") == 8
    assert "版权所有" not in document.text
    assert "首页" not in document.text
    assert (document.title, document.issued, document.source) == (title, issued, source)


@pytest.mark.parametrize(
    ("charset", "name"), [("gb2312", "x.htm"), ("utf-8", "x.HTML"), ("utf-16", "x.html"), ("gb18030", "x.html.gz")]
)
def test_a_page_in_any_encoding_is_one_text(tmp_path, charset, name):
    content = page(charset=charset).encode(charset)
    found, failed = read(tmp_path, name, gzip.compress(content) if name.endswith("gz") else content)
    plain, _ = read(tmp_path, "plain.html", page().encode())
    assert failed == {}
    assert found[name].text == plain["plain.html"].text


HOSTILE = {
    "script": page(body=BODY + "<script>alert(1)</script><!-- <p>藏</p> -->"),
    "deep": page(body="<div>" * 1_000 + BODY + "</div>" * 1_000),
    "unclosed": page(body="<p><b><i><table><tr><td>" + BODY),
    "entities": page(body=BODY + "<p>&lt;script&gt; &amp; &#x4e2d; &#0; &#xD800; &unknown;</p>"),
    "doctype": '<!DOCTYPE html [<!ENTITY x SYSTEM "/etc/hostname">]>' + page(body=BODY + "<p>&x;</p>"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_page_is_read_or_named(tmp_path, case):
    found, failed = read(tmp_path, "x.html", HOSTILE[case].encode("utf-8", "replace"))
    assert len(found) + len(failed) == 1
    for document in found.values():
        assert "青禾新区第1批" in document.text
        assert "alert" not in document.text
        assert "藏" not in document.text


def test_a_page_of_absurd_depth_breaks_nothing(tmp_path):
    found, failed = read(tmp_path, "x.html", page(body="<div>" * 100_000 + BODY).encode())
    assert len(found) + len(failed) == 1


def test_reading_loads_no_page_parser_and_no_rdf_unless_a_page_is_read(tmp_path):
    (tmp_path / "x.txt").write_text(TEXT, "utf-8")
    heavy = "trafilatura", "lxml", "rdflib", "pyoxigraph", "onnxruntime"
    code = "import sys; from kg.read import documents; documents(['x.txt']); "
    code += f"print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), capture_output=True, check=True
    )
    assert done.stdout.strip() == b"[]"


def test_pages_are_read_silently_and_the_same_whatever_the_hash_seed(tmp_path):
    (tmp_path / "x.html").write_text(page("<title>开工了</title>"), "utf-8")
    (tmp_path / "bare.html").write_bytes(codecs.BOM_UTF8 + b"<p>")
    code = "from kg.read import documents; d, f = documents(['.']); print([x.sha256 for x in d], f)"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env=environment(PYTHONHASHSEED=seed),
            capture_output=True,
            check=True,
        )
        for seed in ("0", "1")
    ]
    assert [run.stderr for run in runs] == [b"", b""]
    assert runs[0].stdout == runs[1].stdout
