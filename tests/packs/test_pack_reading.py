"""Packs from folders and archives: every problem at once with file, line and cure; nothing from outside the pack."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from models.errors import Problem
from models.fields import KINDS
from packs import folders
from packs.checking import schema
from packs.reading import bundled, read_pack
from packs.requirements import gather

ABOUT = "name: zoo\nversion: 1.0.0\nlabels: {en: zoo}\n"
ANIMAL = """\
name: Animal
plural: Animals
labels: {en: {one: animal, other: animals}}
fields:
  - name: name
    kind: text
    required: true
"""


def folder_of(place: Path, files: dict[str, str], name: str = "zoo") -> Path:
    for file, text in files.items():
        (place / name / file).parent.mkdir(parents=True, exist_ok=True)
        (place / name / file).write_text(text, encoding="utf-8")
    return place / name


def archive_of(place: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(place / "zoo.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return place / "zoo.zip"


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize("name", sorted(bundled()))
def test_every_bundled_pack_fits_the_published_schema(name: str) -> None:
    pack, problems = read_pack(bundled()[name])

    assert problems == []
    assert pack is not None
    assert pack.name == name


def test_core_crm_and_trade_come_with_xrm() -> None:
    assert sorted(bundled()) == ["core", "crm", "trade"]


def test_a_folder_anywhere_is_a_pack(tmp_path: Path) -> None:
    files = {"pack.yaml": ABOUT, "types/animal.yaml": ANIMAL, "README.md": "# Zoo", "LICENSE": "free"}

    pack, problems = read_pack(folder_of(tmp_path, files))

    assert problems == []
    assert pack is not None
    assert (pack.name, pack.version, pack.requires) == ("zoo", "1.0.0", ())
    assert [kind["name"] for kind in pack.document["types"]] == ["Animal"]
    assert pack.document["relations"] == []


@pytest.mark.parametrize("top", ["", "zoo/"])
def test_an_archive_reads_like_its_folder(tmp_path: Path, top: str) -> None:
    files = {"pack.yaml": ABOUT, "types/animal.yaml": ANIMAL}
    from_folder, _ = read_pack(folder_of(tmp_path, files))

    from_archive, problems = read_pack(archive_of(tmp_path, {top + name: text for name, text in files.items()}))

    assert problems == []
    assert from_archive is not None
    assert from_folder is not None
    assert from_archive.document == from_folder.document


def test_all_problems_come_at_once_with_file_line_and_cure(tmp_path: Path) -> None:
    bad = ANIMAL.replace("plural", "plurl").replace("kind: text", "kind: txt").replace("true", "yes")
    files = {"pack.yaml": "name: zoo\n", "types/animal.yaml": bad, "types/cage.yaml": "name: Cage\nname: Cage\n"}

    pack, problems = read_pack(folder_of(tmp_path, files))

    assert pack is None
    assert [problem.message for problem in problems] == [
        "zoo/pack.yaml:1: 'version' is missing; add it. What the pack is called and needs.",
        "zoo/types/animal.yaml:1: 'plural' is missing; add it. One kind of record.",
        "zoo/types/animal.yaml:2: 'plurl' means nothing here. Did you mean 'plural'?",
        f"zoo/types/animal.yaml:6: 'txt' is none of {', '.join(KINDS)}. Did you mean 'text'?",
        "zoo/types/animal.yaml:7: Give true or false here, not 'yes'.",
        "zoo/types/cage.yaml:2: 'name' is given twice here; keep one of them.",
    ]
    assert problems[4].path == ("zoo/types/animal.yaml", "fields", 0, "required")


def test_programs_and_strange_files_are_refused(tmp_path: Path) -> None:
    files = {"pack.yaml": ABOUT, "types/animal.yaml": ANIMAL, "setup.py": "exit()", "types/deep/x.yaml": ANIMAL}

    pack, problems = read_pack(folder_of(tmp_path, files))

    assert pack is None
    assert [problem.path for problem in problems] == [("zoo/setup.py",), ("zoo/types/deep/x.yaml",)]
    assert codes(problems) == ["unknown_file", "unknown_file"]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(ANIMAL)
    pack_folder = folder_of(tmp_path, {"pack.yaml": ABOUT, "types/animal.yaml": ANIMAL})
    (pack_folder / "types" / "other.yaml").symlink_to(tmp_path / "secret.yaml")

    pack, problems = read_pack(pack_folder)

    assert pack is None
    assert codes(problems) == ["link"]


@pytest.mark.parametrize(
    "name", ["../evil.yaml", "/etc/evil.yaml", "types\\..\\evil.yaml", "C:evil.yaml", "a/../../b.yaml"]
)
def test_an_archive_with_a_way_out_is_refused(tmp_path: Path, name: str) -> None:
    archive = archive_of(tmp_path, {"pack.yaml": ABOUT, name: ANIMAL})

    pack, problems = read_pack(archive)

    assert pack is None
    assert codes(problems) == ["escape"]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("types/animal.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "zoo.zip", "w") as archive:
        archive.writestr("pack.yaml", ABOUT)
        archive.writestr(link, "/etc/passwd")

    pack, problems = read_pack(tmp_path / "zoo.zip")

    assert pack is None
    assert codes(problems) == ["link"]


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"pack.yaml": ABOUT, "types/animal.yaml": b"#" * 200_000_000})

    pack, problems = read_pack(archive)

    assert archive.stat().st_size < 300_000
    assert pack is None
    assert codes(problems) == ["too_large"]


def test_a_pack_of_too_many_files_is_refused(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {f"types/t{number}.yaml": "" for number in range(folders.MOST_FILES + 1)})

    _, problems = read_pack(archive)

    assert codes(problems) == ["too_large"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"name: \xff\xfe", "not_utf8"), (b"\xef\xbb\xbf" + ABOUT.encode(), None), (b"\x89PNG\r\n", "not_utf8")],
)
def test_files_are_utf8_texts(tmp_path: Path, content: bytes, code: str | None) -> None:
    pack_folder = folder_of(tmp_path, {"pack.yaml": ABOUT})
    (pack_folder / "pack.yaml").write_bytes(content)

    _, problems = read_pack(pack_folder)

    assert (codes(problems) or [None])[0] == code


def test_what_is_no_pack_says_what_to_name(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "half.zip").write_bytes(b"PK\x03\x04 torn")

    assert codes(read_pack(tmp_path / "nowhere")[1]) == ["no_pack"]
    assert codes(read_pack(tmp_path / "empty")[1]) == ["no_pack"]
    assert codes(read_pack(tmp_path / "half.zip")[1]) == ["no_pack"]


def test_required_packs_come_first() -> None:
    packs, problems = gather(["trade", "crm"])

    assert problems == []
    assert [pack.name for pack in packs] == ["core", "trade", "crm"]


def test_a_required_pack_is_found_beside_the_one_that_asks(tmp_path: Path) -> None:
    folder_of(tmp_path, {"pack.yaml": ABOUT.replace("zoo", "cages")}, "cages")
    zoo = folder_of(tmp_path, {"pack.yaml": ABOUT + "requires: [cages]\n"})

    packs, problems = gather([zoo])

    assert problems == []
    assert [pack.name for pack in packs] == ["cages", "zoo"]


def test_a_missing_pack_is_named_unless_it_is_present(tmp_path: Path) -> None:
    zoo = folder_of(tmp_path, {"pack.yaml": ABOUT + "requires: [cages]\n"})

    _, problems = gather([zoo])
    packs, none = gather([zoo], present=["cages"])

    assert [problem.message for problem in problems] == [
        "zoo requires the pack 'cages', which is nowhere to be found. Put its folder beside zoo's, or give its path too."
    ]
    assert none == []
    assert [pack.name for pack in packs] == ["zoo"]


def test_a_circle_of_requirements_is_named(tmp_path: Path) -> None:
    for name, needs in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        folder_of(tmp_path, {"pack.yaml": f"name: {name}\nversion: 1.0.0\nrequires: [{needs}]\n"}, name)

    packs, problems = gather([tmp_path / "a", tmp_path / "d"])

    assert packs == ()
    assert [problem.code for problem in problems] == ["circle"]
    assert "a → b → c → a" in problems[0].message


def test_an_unknown_pack_is_answered_with_the_nearest() -> None:
    _, problems = gather(["tarde"])

    assert [problem.message for problem in problems] == ["There is no pack 'tarde'. Did you mean 'trade'?"]


def test_the_published_schema_knows_every_kind() -> None:
    assert sorted(schema()["$defs"]["field"]["properties"]["kind"]["enum"]) == sorted(KINDS)
    options = set().union(*(kind.options for kind in KINDS.values()))
    assert options == set(schema()["$defs"]["field"]["properties"]["options"]["properties"])
