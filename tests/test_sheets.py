"""Files of tables as people have them, of every kind, become sheets of lines of cells."""

from __future__ import annotations

import json
import struct
import tracemalloc
from datetime import date, datetime
from itertools import islice
from zipfile import ZipFile

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import pytest
import xlsxwriter
import xlwt

from careerspolicy.sheets import SUFFIXES, Line, Unreadable, sheets_of

duckdb = pytest.importorskip("duckdb")

NAMES = "Name,Year\r\nRenée,9\r\nZoë,10\r\nO\u2019Neill,11\r\n"
SEEN = datetime(2026, 1, 5, 9, 30)  # noqa: DTZ001 - as cells have it
BORN = datetime(2012, 4, 13)  # noqa: DTZ001 - as above
ROWS = [["Name", "Year"], ["Renée", "9"], ["Zoë", "10"], ["O\u2019Neill", "11"]]


def written(path, content):
    """A file with that content."""
    if isinstance(content, str):
        content = content.encode()
    path.write_bytes(content)
    return path


def rows(path):
    """The cells of every line of a file's only sheet."""
    (sheet,) = sheets_of(path)
    return [list(cells) for _, cells in sheet.lines()]


def numbers(path):
    """The numbers of the lines of a file's only sheet."""
    (sheet,) = sheets_of(path)
    return [number for number, _ in sheet.lines()]


def refusal(path):
    """The one problem of a file that cannot be read."""
    with pytest.raises(Unreadable) as caught:
        [[*sheet.lines()] for sheet in sheets_of(path)]
    (problem,) = caught.value.problems
    assert problem.file == str(path) and problem.hint
    return problem


# ---------------------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac Roman"),
    ],
)
def test_any_usual_encoding_is_read(tmp_path, codec, name):
    """The file says by its bytes in which encoding it is, and the sheet says it to people."""
    path = written(tmp_path / "pupils.csv", NAMES.encode(codec))
    assert rows(path) == ROWS
    assert sheets_of(path)[0].taken_as == f"text in {name}, parted by commas"


def test_the_encoding_of_ms_dos_is_read_where_windows_makes_no_names(tmp_path):
    """Excel still offers CSV (MS-DOS)."""
    path = written(tmp_path / "a.csv", "Name\r\nRenée\r\nZoë\r\nMüller\r\n".encode("cp850"))
    assert rows(path) == [["Name"], ["Renée"], ["Zoë"], ["Müller"]]


@pytest.mark.parametrize("at", [0, 1, 1_500, 2_999])
def test_a_single_accent_decides_wherever_it_stands(tmp_path, at):
    """One name in three thousand rows is read rightly; a sample of the beginning would miss it."""
    names = ["Smith"] * 3_000
    names[at] = "Brontë"
    text = "\r\n".join(["name", *names])
    path = written(tmp_path / "a.csv", text.encode("cp1252"))
    assert rows(path)[at + 1] == ["Brontë"]


@pytest.mark.parametrize(
    "word", ["½ day", "£5", "wait…what", "Smith†", "it\u2019s \u2013 “so”", "naïve"]
)
def test_windows_text_is_not_taken_for_another(tmp_path, word):
    """Its own punctuation is no proof of another encoding."""
    assert rows(written(tmp_path / "a.csv", word.encode("cp1252"))) == [[word]]


def test_accents_across_the_pieces_of_a_file_are_whole(tmp_path):
    """A letter of two bytes may stand on the border of what is read at once."""
    for shift in range(3):
        text = "a" * shift + "\n" + "é" * 100 + "\n" + ("é" * 70 + "\n") * 5_000
        assert rows(written(tmp_path / "a.csv", text))[-1] == ["é" * 70]


@pytest.mark.parametrize(
    ("separator", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
@pytest.mark.parametrize("suffix", [".csv", ".txt", ".tsv", ".CSV"])
def test_any_usual_separator_is_read(tmp_path, separator, name, suffix):
    """Most lines agree on it, title lines or none."""
    lines = ["Year 9", "", *(separator.join(["A1", "Smith", "2012-04-13"]) for _ in range(5))]
    path = written(tmp_path / f"a{suffix}", "\n".join(lines))
    assert rows(path)[-1] == ["A1", "Smith", "2012-04-13"]
    assert sheets_of(path)[0].taken_as.endswith(f"parted by {name}")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("name|year|upn\nSmith, J|9|A\nReed, K|9|B\n", ["Reed, K", "9", "B"]),
        ("a;b;c\n1,5;2,5;x\n1,5;2,5;x\n", ["1,5", "2,5", "x"]),
        ("upn,classes\nA,x;y\nB,x;y\n", ["B", "x;y"]),
        ('a;b\n"x, y;z";1\n', ["x, y;z", "1"]),
        ("name\nSmith\nReed\n", ["Reed"]),
    ],
)
def test_separators_within_cells_do_not_mislead(tmp_path, text, row):
    """What parts the headings as well as the rows is the separator."""
    assert rows(written(tmp_path / "a.csv", text))[-1] == row


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "\ufeffsep=;"])
def test_a_declared_separator_is_believed_and_is_no_line(tmp_path, first):
    """Excel's own declaration counts as a line of the file and holds no cells."""
    path = written(tmp_path / "a.csv", f"{first}\r\nname;n\r\nReed;1,5\r\n")
    assert rows(path) == [["name", "n"], ["Reed", "1,5"]]
    assert numbers(path) == [2, 3]


def test_title_lines_are_lines_and_empty_ones_only_count(tmp_path):
    """Lines keep the numbers that an editor shows."""
    path = written(tmp_path / "a.csv", "Class list for Year 9,,,\n\n,,\nUPN,DOB\nA,2012-01-01\n")
    assert numbers(path) == [1, 4, 5]
    assert rows(path)[0] == ["Class list for Year 9", "", "", ""]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_within_quotes_are_part_of_a_cell(tmp_path, end):
    """A row over several lines has the number of the first."""
    text = end.join(["a,b", '"one', 'two",x', "y,z", ""])
    path = written(tmp_path / "a.csv", text)
    assert rows(path)[1] == [f"one{end}two", "x"]
    assert numbers(path) == [1, 2, 4]


def test_text_is_not_stripped_and_sheets_can_be_read_again(tmp_path):
    """What a blank or a zero means is for others to say."""
    path = written(tmp_path / "a.csv", "id, name \n007,\u00a0Reed \n")
    (sheet,) = sheets_of(path)
    assert [*sheet.lines()] == [*sheet.lines()]
    assert rows(path) == [["id", " name "], ["007", "\u00a0Reed "]]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 0, "this file is empty"),
        (b"a,b\nc,\0d\n", 2, "this line has a NUL byte in it"),
        (b"a,b\n" + b"c" * 1_000_001, 2, "this line is over 1,000,000 bytes long"),
        (b"a,b\nx,y\n" + b"c" * 1_000_001 + b"\n", 3, "this line is over 1,000,000 bytes long"),
        (b'a,b\nc,"d\n', 2, "a double quote is opened and never closed"),
        (b'a,b\nc,"d"e\n', 2, "the double quotes of this row do not pair"),
        (b"a\n" + b'"' + b"c\n" * 70_000 + b'"', 2, "a cell has over 131,072 characters"),
        ("a\nRenée\n".encode() + "Zoë\n".encode("cp1252"), 3,
         "byte 3 of this line (0xEB) is not UTF-8 text, as the rest of the file is"),
        (b"\xff\xfea\0\n", 1, "from about here on this is not the text that its beginning is"),
    ],
)  # fmt: skip
def test_text_that_cannot_be_read_says_where_and_why(tmp_path, content, line, message):
    """One problem, with its line."""
    problem = refusal(written(tmp_path / "a.csv", content))
    assert (problem.line, problem.message) == (line, message)


def test_text_is_read_in_bounded_memory(tmp_path):
    """Thirty megabytes cost no more than one."""
    path = tmp_path / "a.csv"
    with path.open("w", encoding="cp1252") as opened:
        opened.write("id,name,born\n")
        opened.writelines(f"P{n},Brontë,2012-04-13\n" for n in range(1_200_000))
    tracemalloc.start()
    (sheet,) = sheets_of(path)
    for _ in islice(sheet.lines(), 100_000):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 6_000_000


# ---------------------------------------------------------------------------- workbooks


def test_a_workbook_has_its_sheets_hidden_ones_told(tmp_path):
    """Cells have the types that people see: whole numbers, dates, yes and no."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Pupils"
    book.active.append(["UPN", "ULN", "born", "seen", "sen", "hours", "none"])
    book.active.append(["A1", 1234567890, date(2012, 4, 13), SEEN, True, 2.5, None])
    book.create_sheet("Old").append(["x"])
    book["Old"].sheet_state = "hidden"
    book.create_sheet("Older").sheet_state = "veryHidden"
    book.save(path)
    pupils, old, older = sheets_of(path)
    assert [sheet.name for sheet in (pupils, old, older)] == ["Pupils", "Old", "Older"]
    assert [sheet.hidden for sheet in (pupils, old, older)] == [False, True, True]
    assert [*pupils.lines()][1].cells == [
        "A1", 1234567890, date(2012, 4, 13), SEEN, True, 2.5, None,
    ]  # fmt: skip
    assert [*older.lines()] == []
    assert pupils.taken_as == "workbook (XLSX)"


def test_lines_keep_their_numbers_below_and_beside_what_is_empty(tmp_path):
    """Headings on line 4 in column B stay there."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active["B4"], book.active["C4"], book.active["B7"] = "UPN", "Year", "A1"
    book.save(path)
    (sheet,) = sheets_of(path)
    assert [(number, list(cells)) for number, cells in sheet.lines()] == [
        (4, [None, "UPN", "Year"]),
        (7, [None, "A1", None]),
    ]


def test_merged_cells_say_all_what_the_first_says(tmp_path):
    """A heading over two lines is a heading on both; a title over all columns is one in each."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "Year 9")
        sheet.merge_range("A2:A3", "UPN")
        sheet.merge_range("B2:C2", "Visits")
        sheet.write_row("B3", ["date", "employer"])
        sheet.write_row("A4", ["A1", "x", "y"])
    assert rows(path) == [
        ["Year 9"] * 3,
        ["UPN", "Visits", "Visits"],
        ["UPN", "date", "employer"],
        ["A1", "x", "y"],
    ]


def test_formulas_are_what_they_last_came_to(tmp_path):
    """An error says so, and so does what was never worked out; empty text is blank."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["a", "b", "c", "d"])
        sheet.write_formula("A2", "=1+1", value=2)
        sheet.write_formula("B2", '="x"&"y"', value="xy")
        sheet.write_formula("C2", "=1/0", value="#DIV/0!")
        sheet.write_formula("D2", '=""', value="")
    spelt = tmp_path / "b.xlsx"
    with ZipFile(path) as packed, ZipFile(spelt, "w") as again:
        for name in packed.namelist():
            # as Excel itself writes it
            content = packed.read(name).replace(b'<c r="D2"><f>', b'<c r="D2" t="str"><f>')
            again.writestr(name, content)
    assert rows(spelt) == [["a", "b", "c", "d"], [2, "xy", "#DIV/0!", None]]
    book = openpyxl.Workbook()
    book.active.append(["a", '=A1 & "<"'])
    book.save(path)
    assert rows(path) == [["a", '=A1 & "<"']]


def test_days_counted_from_1904_are_the_right_days(tmp_path):
    """Workbooks of old Macs count from another day."""
    path = tmp_path / "a.xlsx"
    options = {"default_date_format": "dd/mm/yyyy", "date_1904": True}
    with xlsxwriter.Workbook(path, options) as book:
        book.add_worksheet().write_datetime("A1", BORN)
    assert rows(path) == [[date(2012, 4, 13)]]


def test_a_date_kept_as_a_number_stays_a_number(tmp_path):
    """A serial that is not formatted as a date is for the column to tell."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row("A1", [41012, "00045", 0.5])
    assert rows(path) == [[41012, "00045", 0.5]]


def test_old_workbooks_are_read(tmp_path):
    """XLS, by its content whatever its ending."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Pupils")
    for column, cell in enumerate(["A1", 9, 2.5, True]):
        sheet.write(0, column, cell)
    sheet.write(0, 4, BORN, xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    sheet.write_merge(1, 1, 0, 1, "both")
    for name in ("a.xls", "b.csv"):
        book.save(str(tmp_path / name))
        assert rows(tmp_path / name)[0] == ["A1", 9, 2.5, True, date(2012, 4, 13)]
        assert rows(tmp_path / name)[1][:2] == ["both", "both"]


def test_open_documents_are_read(tmp_path):
    """ODS, with typed cells."""
    book = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Pupils")
    row = odf.table.TableRow()
    for kind, value, text in (
        ("string", None, "A1"),
        ("float", "9", "9"),
        ("date", "2012-04-13", "13/04/2012"),
        ("boolean", "true", "TRUE"),
    ):
        names = {"float": "value", "date": "datevalue", "boolean": "booleanvalue"}
        more = {names[kind]: value} if value else {}
        cell = odf.table.TableCell(valuetype=kind, **more)
        cell.addElement(odf.text.P(text=text))
        row.addElement(cell)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(tmp_path / "a.ods"))
    assert rows(tmp_path / "a.ods") == [["A1", 9, date(2012, 4, 13), True]]
    assert sheets_of(tmp_path / "a.ods")[0].name == "Pupils"


def test_errors_in_cells_are_not_blank(tmp_path):
    """An old workbook's, whether written or what a formula came to, and an OpenDocument's."""
    book = xlwt.Workbook()
    book.add_sheet("Notes").write(0, 0, "none")
    sheet = book.add_sheet("Année")
    sheet.write(0, 0, "A1")
    sheet.row(1).set_cell_error(2, 42)
    sheet.row(2).set_cell_error(0, 23)
    for row in range(3, 60):
        sheet.write(row, 0, "filled so that it stands in sectors of its own")
    book.save(str(tmp_path / "a.xls"))
    lines = [line.cells for line in sheets_of(tmp_path / "a.xls")[1].lines()]
    assert (lines[1][2], lines[2][0]) == ("#N/A", "#REF!")
    book = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Pupils")
    row = odf.table.TableRow()
    for text, more in (
        ("A1", {}),
        ("", {"numbercolumnsrepeated": 2}),
        ("#N/A", {"formula": "of:=NA()"}),
    ):
        cell = odf.table.TableCell(valuetype="string", **more)
        if text[:1] == "#":  # as LibreOffice writes it
            cell = odf.table.TableCell(valuetype="string", stringvalue="", **more)
            cell.setAttrNS(
                "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
                "value-type",
                "error",
            )
        cell.addElement(odf.text.P(text=text))
        row.addElement(cell)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(tmp_path / "a.ods"))
    assert rows(tmp_path / "a.ods")[0][3] == "#N/A"


def test_an_old_workbook_whose_sectors_go_round_is_refused(tmp_path):
    """The library would follow them for ever, and fill the memory."""
    book = xlwt.Workbook()
    book.add_sheet("Pupils").write(0, 0, "A1")
    book.save(str(tmp_path / "a.xls"))
    content = bytearray((tmp_path / "a.xls").read_bytes())
    table, directory = (struct.unpack_from("<I", content, at)[0] for at in (76, 48))
    struct.pack_into("<I", content, 512 * (table + 1) + 4 * directory, directory)
    (tmp_path / "a.xls").write_bytes(content)
    assert "damaged" in refusal(tmp_path / "a.xls").message


def test_a_locked_workbook_says_what_to_do(tmp_path):
    """It is packed as old workbooks are, whatever program locked it."""
    sectors = [struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)]
    sectors += [
        b"".join(
            name.encode("utf-16-le").ljust(128, b"\0")
            for name in ("Root Entry", "EncryptedPackage", "", "")
        )
    ]
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", header, 30, 9, 6)
    struct.pack_into("<3I", header, 44, 1, 1, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    struct.pack_into("<I", header, 60, 0xFFFFFFFE)
    (tmp_path / "a.xlsx").write_bytes(header + b"".join(sectors))
    problem = refusal(tmp_path / "a.xlsx")
    assert problem.message == "this workbook is locked with a password"


def test_text_that_is_named_as_a_workbook_is_read_and_a_web_page_is_not(tmp_path):
    """Systems save both as .xls."""
    assert rows(written(tmp_path / "a.xls", "a\tb\n1\t2\n")) == [["a", "b"], ["1", "2"]]
    problem = refusal(written(tmp_path / "b.xls", "\ufeff\n<html><table><tr><td>x"))
    assert problem.message == "this is a web page, though it is named as a workbook"


# ---------------------------------------------------------------------------- JSON


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ([{"a": 1, "b": "x"}, {"b": None, "c": True}],
         [["a", "b", "c"], [1, "x", None], [None, None, True]]),
        ({"data": [{"a": 1.0}], "meta": {"pages": 1}}, [["a"], [1]]),
        ({"a": [1, 2], "b": ["x", None]}, [["a", "b"], [1, "x"], [2, None]]),
        ([{"e": {"data": {"upn": "A", "n": 2.5}}}], [["e.data.upn", "e.data.n"], ["A", 2.5]]),
        ([{"c": ["x", "y"], "d": []}], [["c", "d"], ["x;y", None]]),
        ([{"c": [{"n": "x"}, {"n": "y", "m": 1}]}], [["c.n", "c.m"], ["x;y", "1"]]),
        ([{"a": "\U0001f600", "big": 12345678901234567890}],
         [["a", "big"], ["\U0001f600", 12345678901234567890]]),
        ([{"": 1}], [[""], [1]]),
    ],
)  # fmt: skip
def test_json_is_a_table_in_each_of_its_shapes(tmp_path, value, lines):
    """What is nested has dotted headings; headings are all keys in their order."""
    path = written(tmp_path / "a.json", json.dumps(value))
    assert rows(path) == lines
    assert sheets_of(path)[0].headed
    for codec in ("utf-8-sig", "utf-16"):
        assert rows(written(path, json.dumps(value, ensure_ascii=False).encode(codec))) == lines


def test_each_row_of_json_knows_its_line(tmp_path):
    """The headings stand on none."""
    path = written(tmp_path / "a.json", '{"data": [\n  {"a":\n 1},\n  {"a": 2}, {"a": 3}]}\n')
    assert numbers(path) == [0, 2, 4, 4]


def test_several_tables_of_json_are_sheets(tmp_path):
    """Each by its key."""
    path = written(tmp_path / "a.json", '{"pupils": [{"a": 1}], "visits": [{"b": 2}], "n": 1}')
    assert [sheet.name for sheet in sheets_of(path)] == ["pupils", "visits"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[1 true]", 1, "this is no JSON: expecting ','"),
        ('[{"a": 1},]', 1, "this is no JSON: expecting value"),
        ('[{"a": 1}\n', 2, "this is no JSON: expecting ','"),
        ('[{"a": 1}]\nx', 2, "this is no JSON: extra data"),
        ('{"a": [1],\n}', 2, "this is no JSON: expecting property name enclosed in double quotes"),
        ("{'a': 1}", 1, "this is no JSON: expecting property name enclosed in double quotes"),
        ('[{"a": 1},\n{"b": 1, "b": 2}]', 2, 'the key "b" stands twice in one mapping'),
        ('{"a": [{"b": 1}], "a": []}', 1, 'the key "a" stands twice in one mapping'),
        ('[\n{"a": NaN}]', 2, "NaN is no number of JSON"),
        ('[{"a": -Infinity}]', 1, "-Infinity is no number of JSON"),
        ('{"a": [1, 2], "b": [1]}', 1, "the lists of this file are not equally long"),
        ("[1, 2]", 1, "there is no table in this file"),
        ("[]", 1, "there is no table in this file"),
        ("{}", 1, "there is no table in this file"),
        ('"text"', 1, "there is no table in this file"),
        ('[{"a": 1}, 2]', 1, "there is no table in this file"),
        ('[{"a": 0123}]', 1, "this is no JSON: expecting ',' delimiter"),
        ('[{"a": "\t"}]', 1, "this is no JSON: invalid control character at"),
        ("[" * 100_000, 1, "this is nested too deeply"),
        ('[{"a":' + "[" * 100_000, 1, "this is nested too deeply"),
    ],
)
def test_json_that_cannot_be_read_says_where_and_why(tmp_path, text, line, message):
    """Strict, and never read as anything else."""
    problem = refusal(written(tmp_path / "a.json", text))
    assert (problem.line, problem.message) == (line, message)


# ---------------------------------------------------------------------------- XML

CTF = """<?xml version="1.0" encoding="UTF-8"?>
<CTfile>
  <Header><DocumentName>CTF</DocumentName><SourceSchool><LEA>890</LEA></SourceSchool></Header>
  <CTFpupilData>
    <Pupil>
      <UPN>A1</UPN><Surname>Reed</Surname><DOB>2012-04-13</DOB>
      <BasicDetails><Languages><Language>ENG</Language><Language>FRA</Language></Languages>
      <SENhistory><SEN><StartDate>2024-09-01</StartDate></SEN></SENhistory></BasicDetails>
    </Pupil>
    <Pupil>
      <UPN>B2</UPN><Surname>Brontë &amp; Co</Surname>
      <Admissions><StartDate>2023-09-01</StartDate></Admissions>
    </Pupil>
  </CTFpupilData>
</CTfile>
"""


def test_each_pupil_of_a_common_transfer_file_is_a_line(tmp_path):
    """Headings are the last names of the elements, longer where two would be the same."""
    path = written(tmp_path / "a.xml", CTF)
    assert rows(path) == [
        ["UPN", "Surname", "DOB", "Language", "StartDate", "Admissions.StartDate"],
        ["A1", "Reed", "2012-04-13", "ENG;FRA", "2024-09-01", ""],
        ["B2", "Brontë & Co", "", "", "", "2023-09-01"],
    ]
    assert numbers(path) == [0, 5, 10]
    assert sheets_of(path)[0].taken_as == "XML, a line for each Pupil"
    assert rows(written(path, CTF.replace("UTF-8", "UTF-16").encode("utf-16"))) == rows(
        written(path, CTF)
    )


def test_records_of_other_files_are_lines_too(tmp_path):
    """By their name, or as what comes several times; namespaces and attributes are no matter."""
    text = '<r xmlns="u:x"><Record><Year_x0020_Group a="1">9</Year_x0020_Group></Record></r>'
    assert rows(written(tmp_path / "a.xml", text))[1:] == [["1", "9"]]
    text = "<r><x:i xmlns:x='u:x'><a>1</a></x:i><x:i xmlns:x='u:x'><a>2</a></x:i></r>"
    assert rows(written(tmp_path / "a.xml", text)) == [["a"], ["1"], ["2"]]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY x "y">]><r><Pupil><b>&x;</b></Pupil></r>', 2,
         "this file declares a document type, which no export needs"),
        ('<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>', 1,
         "this file declares a document type, which no export needs"),
        ("<r>\n<b></r>", 2, "this is no XML from here on (mismatched tag)"),
        ("<r><Pupil><a>1</a></Pupil>", 1, "this is no XML from here on (no element found)"),
        ("<r><Pupil><a>&x;</a></Pupil></r>", 1, "this is no XML from here on (undefined entity)"),
        ("<r><a>1</a></r>", 1, "nothing in this file is like the rows of a table"),
    ],
)  # fmt: skip
def test_xml_that_cannot_be_read_says_where_and_why(tmp_path, text, line, message):
    """Entities are never expanded, nor anything fetched."""
    problem = refusal(written(tmp_path / "a.xml", text))
    assert (problem.line, problem.message) == (line, message)


# ---------------------------------------------------------------------------- Parquet


def test_parquet_is_read(tmp_path):
    """With typed cells; whole numbers are whole and nothing is not a number."""
    path = tmp_path / "a.parquet"
    duckdb.sql(
        "copy (select 'A1' as upn, date '2012-04-13' as born, 9.0::double as year, "
        "'nan'::double as n, timestamp '2026-01-05 09:30:00' as seen, "
        f"2.50::decimal(5, 2) as hours, ['x', 'y'] as c, true as sen, null as none) to '{path}'"
    )
    assert rows(path) == [
        ["upn", "born", "year", "n", "seen", "hours", "c", "sen", "none"],
        ["A1", date(2012, 4, 13), 9, None, SEEN, 2.5, "x;y", True, None],
    ]
    assert numbers(path) == [1, 2] and sheets_of(path)[0].headed


# ---------------------------------------------------------------------------- any file


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "content",
    [b"", b" \n", b"\x00\x01\x02", b"PK\x03\x04 and nothing", b"\xd0\xcf\x11\xe0\xa1", b"PAR1PAR1"],
)
def test_garbage_of_any_ending_is_one_clear_problem(tmp_path, suffix, content):
    """Whatever the file, what is said is said of it, and nothing crashes."""
    path = written(tmp_path / f"a{suffix}", content)
    if content != b"PAR1PAR1" or suffix in (".json", ".xml", ".parquet"):
        assert refusal(path).message


def test_a_damaged_workbook_is_one_clear_problem(tmp_path):
    """Broken off, or with a byte changed, whatever that does to the library that reads it."""
    book = xlwt.Workbook()
    book.add_sheet("Pupils").write(0, 0, "A1")
    book.save(str(tmp_path / "whole.xls"))
    whole = (tmp_path / "whole.xls").read_bytes()
    for content in (whole[:-20], whole[:1_000], whole[:600] + b"\xff" * 600 + whole[1_200:]):
        assert refusal(written(tmp_path / "a.xls", content)).message
    with xlsxwriter.Workbook(tmp_path / "whole.xlsx") as packed:
        packed.add_worksheet().write("A1", "A1")
    whole = (tmp_path / "whole.xlsx").read_bytes()
    for content in (whole[:-30], whole[100:], whole[:-60] + b"\xff" * 40 + whole[-20:]):
        assert refusal(written(tmp_path / "a.xlsx", content)).message


def test_what_is_no_file_is_said(tmp_path):
    """A folder, or nothing."""
    assert refusal(tmp_path).message == "this is not a regular file"
    assert refusal(tmp_path / "none.csv").message == "this is not a regular file"


def test_a_line_is_its_number_and_its_cells():
    """As both are wanted together."""
    number, cells = Line(2, ["a"])
    assert (number, cells) == (2, ["a"])
