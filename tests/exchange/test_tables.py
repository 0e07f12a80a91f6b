"""Tables read: encodings, delimiters, rows that cannot be read, and files that are none."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from exchange.tables import LONGEST_ROW, Ragged, Row, look_at
from models.errors import Rejected


def file(folder: Path, content: bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


RUSSIAN = "имя;город\nАнна Ивановна Петрова;Москва\nСергей Николаевич Смирнов;Санкт-Петербург\n" * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_the_encoding_of_a_file_is_found_out(tmp_path: Path, encoding: str) -> None:
    text = "name;city\n" + RUSSIAN.split("\n", 1)[1]
    path = file(tmp_path, text.encode(encoding))

    first = next(iter(look_at(path).rows()))

    assert first.cells == ["Анна Ивановна Петрова", "Москва"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_a_file_is_found_out(tmp_path: Path, delimiter: str) -> None:
    path = file(tmp_path, f"a{delimiter}b\n1{delimiter}2\n".encode())

    assert look_at(path).delimiter == delimiter


def test_a_gzipped_file_reads_like_a_plain_one(tmp_path: Path) -> None:
    path = file(tmp_path, gzip.compress(b"a,b\n1,2\n"), "t.csv.gz")

    assert list(look_at(path).rows()) == [Row(2, ["1", "2"])]


def test_a_row_is_named_by_its_first_line_also_after_line_breaks_in_quotes(tmp_path: Path) -> None:
    path = file(tmp_path, b'a,b\n"one\ntwo",2\n3,4\n')

    assert list(look_at(path).rows()) == [Row(2, ["one\ntwo", "2"]), Row(4, ["3", "4"])]


def test_ragged_rows_and_nul_bytes_are_set_aside_with_their_lines(tmp_path: Path) -> None:
    path = file(tmp_path, b"a,b\n1\n2,\0\n3,4\n")

    rows = list(look_at(path).rows())

    assert [(type(row), row.line) for row in rows] == [(Ragged, 2), (Ragged, 3), (Row, 4)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(500), "not_a_table"),
        (b"", "empty_file"),
        (b"a,a\n1,2\n", "repeated_column"),
        (b"a,\n1,2\n", "unnamed_column"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path: Path, content: bytes, code: str) -> None:
    path = file(tmp_path, content)

    with pytest.raises(Rejected) as refused:
        look_at(path)

    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.message.startswith(str(path))


@pytest.mark.parametrize("row", [b"x" * (LONGEST_ROW * 3), b'"' + b"line\n" * LONGEST_ROW])
def test_a_row_that_does_not_end_is_refused_before_it_is_read_whole(tmp_path: Path, row: bytes) -> None:
    path = file(tmp_path, b"a,b\n1,2\n" + row + b"\n")

    with pytest.raises(Rejected) as refused:
        list(look_at(path).rows())

    assert refused.value.problems[0].code == "row_too_long"
