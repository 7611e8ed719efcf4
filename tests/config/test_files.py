from __future__ import annotations

import os

import pytest

from watcher.config.files import Files, read_files, show
from watcher.written import LIMIT_BYTES


def names(files, folder):
    return [os.path.relpath(name, folder) for name in files.content]


def reasons(files):
    return [fault.message for fault in files.faults]


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


def test_all_yaml_files_below_a_folder_are_read_in_order(rules):
    for name in ["b.yaml", "a.yml", "sub/c.yaml"]:
        (rules / name).parent.mkdir(exist_ok=True)
        (rules / name).write_text(name)
    files = read_files(rules)
    assert names(files, rules) == ["a.yml", "b.yaml", "sub/c.yaml"]
    assert list(files.content.values()) == [b"a.yml", b"b.yaml", b"sub/c.yaml"]


def test_hidden_files_and_what_editors_leave_are_passed_over(rules):
    (rules / ".git").mkdir()
    for name in [
        "a.yaml",
        ".a.yaml.swp",
        ".hidden.yaml",
        "a.yaml~",
        "#a.yaml#",
        "#a.yaml",
        ".#a.yaml",
        "a.yaml.bak",
        "a.yaml.orig",
        "notes.txt",
        ".git/b.yaml",
    ]:
        (rules / name).write_text("")
    assert names(read_files(rules), rules) == ["a.yaml"]


def test_one_file_may_be_all(rules):
    (rules / "only.yaml").write_text("x")
    assert list(read_files(rules / "only.yaml").content.values()) == [b"x"]


def test_a_folder_without_files_is_a_fault(rules):
    assert reasons(read_files(rules)) == ["this folder holds no rules"]


def test_links_are_followed_within_the_folder_only(rules, tmp_path):
    (tmp_path / "secret.yaml").write_text("secret")
    (rules / "real").mkdir()
    (rules / "real" / "a.yaml").write_text("x")
    (rules / "inside.yaml").symlink_to("real/a.yaml")
    (rules / "outside.yaml").symlink_to("../secret.yaml")
    (rules / "broken.yaml").symlink_to("nowhere")
    files = read_files(rules)
    assert names(files, rules) == ["inside.yaml", "real/a.yaml"]
    assert reasons(files) == [
        "this file cannot be read: it is a link to nowhere, which does not exist",
        f"this link leads out of {rules}: {tmp_path / 'secret.yaml'}",
    ]


def test_a_link_to_itself_is_a_fault(rules):
    (rules / "loop.yaml").symlink_to("loop.yaml")
    assert reasons(read_files(rules)) == [
        "this file cannot be read: Too many levels of symbolic links"
    ]


def test_what_is_no_regular_file_is_never_opened(rules):
    os.mkfifo(rules / "pipe.yaml")
    assert reasons(read_files(rules)) == ["this file cannot be read: it is not a regular file"]


def test_a_folder_is_no_file(rules):
    files = Files()
    files.read(rules)
    assert reasons(files) == ["this file cannot be read: it is a folder"]


def test_a_path_that_is_not_there_says_so(rules):
    assert reasons(read_files(rules / "x")) == [
        "this file cannot be read: No such file or directory"
    ]


def test_a_folder_that_cannot_be_entered_is_a_fault(rules, monkeypatch):
    (rules / "a.yaml").write_text("x")
    (rules / "shut").mkdir()
    scan = os.scandir

    def refuse(path):
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    files = read_files(rules)
    assert names(files, rules) == ["a.yaml"]
    assert reasons(files) == ["this folder cannot be read: Permission denied"]


def test_no_more_is_read_of_a_huge_file_than_shows_that_it_is_huge(rules):
    with (rules / "a.yaml").open("wb") as file:
        file.truncate(LIMIT_BYTES * 4)
    [data] = read_files(rules).content.values()
    assert len(data) == LIMIT_BYTES + 1


def test_a_path_is_shown_from_the_current_folder(rules, monkeypatch):
    monkeypatch.chdir(rules.parent)
    assert show(rules / "a.yaml") == "rules/a.yaml"
    assert show(rules.parent.parent) == str(rules.parent.parent)
