"""What `rebuild_index` tells while it works."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import OutputWrapper

from search import indexing
from search.engines.base import SearchUnavailable
from search.management.commands.rebuild_index import Bar
from tests.search import build


class Terminal(StringIO):
    def isatty(self):
        return True


def drawn(out, steps, *, shown=True):
    """What a bar writes for these (done, total), then left."""
    bar = Bar("ads", OutputWrapper(out), shown=shown)
    for done, total in steps:
        bar(done, total)
    bar.close()
    return out.getvalue()


def test_on_a_terminal_one_line_is_drawn_again():
    lines = drawn(Terminal(), [(0, 4), (1, 4), (4, 4)]).split("\r")
    assert lines[0] == "" and len(lines) == 4
    assert [line.count("█") for line in lines[1:]] == [0, round(Bar.WIDTH / 4), Bar.WIDTH]
    assert [line.split(",")[0].split()[-1] for line in lines[1:]] == ["0/4", "1/4", "4/4"]
    assert all(line.startswith("ads ") and "a second" in line for line in lines[1:])
    assert [line.count("\n") for line in lines] == [0, 0, 0, 1]  # only the end leaves the line


def test_elsewhere_each_tenth_is_a_line():
    lines = drawn(StringIO(), [(done, 100) for done in range(101)]).splitlines()
    assert [line.split(",")[0] for line in lines] == [f"ads: {done}/100" for done in range(10, 101, 10)]


def test_nothing_to_do_is_all_done():
    assert "█" * Bar.WIDTH + " 0/0" in drawn(Terminal(), [(0, 0)])


@pytest.mark.parametrize("out", [Terminal, StringIO])
def test_who_wants_to_hear_nothing_hears_nothing(out):
    assert drawn(out(), [(1, 2), (2, 2)], shown=False) == ""


@pytest.mark.django_db
def test_the_command_draws_it_for_each_kind():
    build.ad()
    out = Terminal()
    call_command("rebuild_index", stdout=out)
    for kind, count in (("ads", 1), ("companies", 1)):
        assert f"\r{kind} {'█' * Bar.WIDTH} {count}/{count}," in out.getvalue()
    # What is told afterwards begins a line of its own.
    assert "\nads: 1 documents of 1 read, in the database alone\n" in out.getvalue()


@pytest.mark.django_db
def test_a_rebuild_that_breaks_off_leaves_the_line(monkeypatch):
    def breaks_off(kind, progress):
        progress(1, 2)
        raise SearchUnavailable("no answer")

    monkeypatch.setattr(indexing, "rebuild", breaks_off)
    out = Terminal()
    with pytest.raises(Exception, match="Readers keep what they had"):
        call_command("rebuild_index", "--only", "ads", stdout=out)
    assert out.getvalue().endswith("\n")
