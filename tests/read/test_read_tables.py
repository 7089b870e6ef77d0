"""Tables of statistics: a line a number, a figure a line, the cell in the evidence."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from kg.extract.extraction import extraction
from kg.read import documents
from kg.read.cells import HEADER
from kg.read.origin import locator
from kg.records import Document, EntityType, Modifier
from kg.rules import load
from papers import book, saved

WIDE = """
title = "青禾统计"
date = "2025-01"
source = "青禾统计局"
[[table]]
type = "Zone"
subject = { column = "园区" }
period = { column = "年份" }
[[table.number]]
column = "地区生产总值（亿元）"
[[table.number]]
column = "D"
indicator = "新注册企业"
unit = "家"
"""
ROWS = (
    ("园区", "年份", "地区生产总值（亿元）", "新注册"),
    ("青禾新区", 2024, 1234.5, 2100),
    ("溪桥高新区", 2023, 980, None),
)
LONG = """
[[table]]
sheet = "指标"
header = 2
type = "Place"
subject = "青禾市"
period = { column = "时间" }
indicator = { column = "指标" }
unit = { column = "单位" }
[[table.number]]
column = "数值"
"""


def read(folder, name, content, mapping=WIDE, **options):
    (folder / name).write_bytes(content)
    if mapping is not None:
        (folder / f"{name}.toml").write_text(mapping, "utf-8")
    found, failed = documents([str(folder / name)], **options)
    return found, [f"{f.name.removeprefix(f'{folder}/')}: {f.reason}" for f in failed]


def comma(*rows) -> bytes:
    return "".join(",".join("" if cell is None else str(cell) for cell in row) + "\r\n" for row in rows).encode()


def lines(document) -> list[str]:
    head, *rest = document.text.splitlines()
    assert head == HEADER
    return rest


def test_a_spreadsheets_text_and_what_its_mapping_says_of_it(tmp_path):
    (document,), failed = read(tmp_path, "gdp.xlsx", book(经济=ROWS))
    assert failed == []
    assert lines(document) == [
        "经济!C2｜Zone｜青禾新区｜地区生产总值｜2024年｜1234.5亿元",
        "经济!D2｜Zone｜青禾新区｜新注册企业｜2024年｜2100家",
        "经济!C3｜Zone｜溪桥高新区｜地区生产总值｜2023年｜980亿元",
    ]
    assert (document.title, document.issued, document.source) == ("青禾统计", "2025-01", "青禾统计局")


def test_a_csv_in_any_encoding_gives_the_same_but_for_the_sheet(tmp_path):
    texts = set()
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        (document,), failed = read(tmp_path, f"{encoding}.csv", comma(*ROWS).decode().encode(encoding))
        assert failed == []
        texts.add(document.text)
    assert [line.partition("｜")[0] for line in texts.pop().splitlines()[1:]] == ["C2", "D2", "C3"]
    assert not texts


def test_a_long_table_names_indicator_unit_and_time_in_its_rows(tmp_path):
    rows = (("青禾市主要指标",), ("指标", "单位", "时间", "数值"), ("常住人口", "万人", "2024-06", "12.5"),
            ("进出口总额", "亿美元", "2024Q1", "3.40"))  # fmt: skip
    (document,), failed = read(tmp_path, "long.xlsx", book(说明=[["无"]], 指标=rows), LONG)
    assert failed == []
    assert lines(document) == [
        "指标!D3｜Place｜青禾市｜常住人口｜2024年6月｜12.5万人",
        "指标!D4｜Place｜青禾市｜进出口总额｜2024年一季度｜3.40亿美元",
    ]
    figures = extraction(document, load()).observations
    assert [(o.value, o.unit, o.period.text) for o in figures] == [
        (Decimal(125000), "NUM", "2024-06"), (Decimal(340000000), "CCY_USD", "2024Q1"),
    ]  # fmt: skip


def test_each_line_is_a_figure_of_its_subject_with_its_cell(tmp_path):
    (document,), _ = read(tmp_path, "gdp.xlsx", book(经济=ROWS))
    found = extraction(document, load())
    assert [(r.name, r.type) for r in found.referents] == [
        ("青禾新区", EntityType.ZONE),
        ("溪桥高新区", EntityType.ZONE),
    ]
    first, second, third = found.observations
    assert (first.value, first.unit, first.concept) == (Decimal(123450000000), "CCY_CNY", "地区生产总值")
    assert (first.modifier, first.period.text, first.text) == (Modifier.EXACT, "2024", "1234.5亿元")
    assert (second.value, second.unit, second.indicator) == (Decimal(2100), "NUM", "新注册企业")
    assert (third.subject, third.period.text) == (1, "2023")
    for figure, cell in zip(found.observations, ("经济!C2", "经济!D2", "经济!C3"), strict=True):
        (evidence,) = figure.evidence
        assert document.quote(figure.span) == figure.text
        assert evidence.holds(figure.span)
        assert document.quote(evidence).startswith(f"{cell}｜")
        assert locator(document, evidence.start) == cell
    assert found.rejections == ()


def test_numbers_as_spreadsheets_keep_them(tmp_path):
    made = openpyxl.Workbook()
    sheet = made.active
    cells = {
        0.062: "0.0%",
        1234.4999999999998: "General",
        12345678901.0: "#,##0",
        1e-7: "General",
        "1,234.50": "@",
        "１２": "@",
        -3.5: "0.00",
    }
    sheet.append(["值（个）"])
    for value, form in cells.items():
        sheet.append([value])
        sheet.cell(sheet.max_row, 1).number_format = form
    mapping = '[[table]]\ntype="Zone"\nsubject="青禾新区"\nindicator="甲"\n[[table.number]]\ncolumn="A"\n'
    (document,), failed = read(tmp_path, "n.xlsx", saved(made), mapping)
    assert failed == []
    assert [line.rpartition("｜")[2] for line in lines(document)] == [
        "6.2%", "1234.5个", "12345678901个", "0.0000001个", "1,234.50个", "１２个", "-3.5个",
    ]  # fmt: skip
    values = [o.value for o in extraction(document, load()).observations]
    assert values == [Decimal("6.2"), Decimal("1234.5"), 12345678901, Decimal("0.0000001"), Decimal("1234.5"), 12,
                      Decimal("-3.5")]  # fmt: skip


@pytest.mark.parametrize("nothing", ["", "-", "——", "…", "/", "无", "N/A"])
def test_an_empty_cell_is_no_figure(tmp_path, nothing):
    found, failed = read(tmp_path, "g.csv", comma(*ROWS, ("甲区", 2024, nothing, 5)))
    assert failed == []
    assert [line.partition("｜")[0] for line in lines(found[0])] == ["C2", "D2", "C3", "D4"]


@pytest.mark.parametrize("wrong", ["约12", "12亿元", "#DIV/0!", "1.2.3", "1,23", "Inf"])
def test_a_cell_that_is_no_number_is_named(tmp_path, wrong):
    found, failures = read(tmp_path, "g.csv", comma(*ROWS).replace(b"980", f'"{wrong}"'.encode()))
    assert len(lines(found[0])) == 2
    assert failures == [f"g.csv: C3: no number ({wrong}): correct the cell"]


def test_rows_of_sums_are_about_nothing(tmp_path):
    found, failed = read(tmp_path, "g.csv", comma(*ROWS, ("合计", 2024, 5, 5)))
    assert failed == []
    assert "合计" not in found[0].text


def test_merged_cells_repeat_where_the_mapping_says_so(tmp_path):
    content = comma(*ROWS, (None, 2022, 900, None))
    _, failures = read(tmp_path, "g.csv", content)
    assert failures == ["g.csv: C4: no subject for this number: say it in the mapping, or fill the cell"]
    (document,), failed = read(tmp_path, "h.csv", content, WIDE.replace("[[table]]", "[[table]]\nditto = true"))
    assert failed == []
    assert lines(document)[-1] == "C4｜Zone｜溪桥高新区｜地区生产总值｜2022年｜900亿元"


def test_one_mapping_serves_a_folder_and_is_no_input(tmp_path):
    (tmp_path / "tables.toml").write_text(WIDE, "utf-8")
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(comma(ROWS[0], (f"{name[0]}区", 2024, 1, 2)))
    found, failed = documents([str(tmp_path)])
    assert failed == []
    assert sorted(document.name for document in found) == ["a.csv", "b.csv"]


MAPPINGS = {
    "missing": (None, "no mapping file: say in g.csv.toml what each column is"),
    "no toml": ("[[table", "g.csv.toml: "),
    "empty": ("", "g.csv.toml: no [[table]]"),
    "a type": (WIDE.replace("Zone", "Park"), "g.csv.toml: type is none of Zone, Valley"),
    "a word": (WIDE.replace("period", "time"), "g.csv.toml: time means nothing in a [[table]]"),
    "a date": (WIDE.replace("2025-01", "2025-13"), "g.csv.toml: date 2025-13 is no"),
    "no number": (WIDE.partition("[[table.number]]")[0], "g.csv.toml: a [[table]] without [[table.number]]"),
    "no subject": (WIDE.replace("subject", "unit"), "g.csv.toml: a [[table.number]] without column or subject"),
    "a field": (WIDE.replace('{ column = "年份" }', "2024"), "g.csv.toml: period is neither a text nor"),
    "a column": (WIDE.replace("年份", "月份"), "no column named 月份"),
    "header": (WIDE.replace("[[table]]", "[[table]]\nheader = 0"), "g.csv.toml: header is not the number"),
    "far": (WIDE.replace("[[table]]", "[[table]]\nheader = 9"), "no number in the columns that the mapping names"),
}


@pytest.mark.parametrize(("mapping", "reason"), MAPPINGS.values(), ids=MAPPINGS)
def test_what_is_wrong_with_a_mapping_is_said(tmp_path, mapping, reason):
    found, (failure,) = read(tmp_path, "g.csv", comma(*ROWS), mapping)
    assert found == []
    assert failure.startswith(f"g.csv: {reason}")


def test_columns_of_one_name_are_told_apart_by_letter_only(tmp_path):
    head = ("园区", "年份", "地区生产总值（亿元）", "地区生产总值（亿元）")
    found, (failure,) = read(tmp_path, "g.csv", comma(head, ROWS[1]))
    assert found == []
    assert "several columns named 地区生产总值（亿元）" in failure


def test_a_sheet_that_is_not_there_is_named(tmp_path):
    found, (failure,) = read(tmp_path, "l.xlsx", book(经济=ROWS), LONG)
    assert found == []
    assert failure == "l.xlsx: no sheet 指标; there are 经济: correct the mapping"


def test_formulas_that_were_never_calculated_are_no_numbers(tmp_path):
    rows = (ROWS[0], ("青禾新区", 2024, "=1+1", None))
    found, (failure,) = read(tmp_path, "f.xlsx", book(经济=rows))
    assert found == []
    assert "no number in the columns that the mapping names" in failure


def test_cells_without_end_stop_at_the_limit(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(list(ROWS[0]))
    made.active.cell(1_000_000, 4).value = 1
    found, (failure,) = read(tmp_path, "far.xlsx", saved(made), limit=100_000)
    assert found == []
    assert failure == "far.xlsx: over 100000 bytes of cells: split it"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("C2｜Zone｜青禾新区｜产值｜2024年｜5 parsecs", "no number with a known unit"),
        ("C2｜Zone｜青禾新区｜产值｜2024年｜五亿元", "no number with a known unit"),
        ("C2｜Park｜青禾新区｜产值｜2024年｜5亿元", "no type of entity"),
        ("C2｜Zone｜青禾新区｜产值｜某年｜5亿元", "no time that can be read"),
        ("C2｜Zone｜青禾新区｜工期｜2024年｜5个月", "no number with a known unit"),
    ],
)
def test_a_line_that_is_no_figure_is_rejected_with_the_reason(line, reason):
    found = extraction(Document(f"{HEADER}\n{line}\n", "g.csv"), load())
    assert found.observations == ()
    assert [r.reason for r in found.rejections] == [reason]


def test_a_line_of_another_form_is_passed_over():
    found = extraction(Document(f"{HEADER}\nC2｜Zone｜｜产值｜2024年｜5亿元\n甲｜乙\n\n", "g.csv"), load())
    assert (found.referents, found.observations, found.rejections) == ((), (), ())
