"""Pasted lists and indented charts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.org_chart import COLUMNS, pasted_people
from app.exchange.tables import UnreadableFile


def people(text: str) -> list[dict[str, str]]:
    """The people of a pasted text, without empty cells."""
    return [
        {field: cell for field, cell in zip(COLUMNS, cells, strict=True) if cell}
        for _, cells in pasted_people(text).rows()
    ]


def managers(text: str) -> dict[str, str]:
    """Who reports to whom in a pasted text."""
    return {person["name"]: person.get("reports_to", "") for person in people(text)}


def oddities(text: str) -> list[tuple[int, bool, str]]:
    """What is told of a pasted text: line, whether it is kept, why."""
    pasted = pasted_people(text)
    list(pasted.rows())
    return [(odd.number, odd.is_kept, str(odd.reason)) for odd in pasted.odd_rows]


@pytest.mark.parametrize(
    "line",
    [
        "Li Wei, CFO, Finance",
        "Li Wei\tCFO\tFinance",
        "Li Wei，CFO、Finance",
        "Li Wei; CFO; Finance",
        "1. Li Wei | CFO | Finance",
        "- Li Wei, CFO, Finance,",
    ],
)
def test_a_line_is_a_person_with_title_and_department(line):
    assert people(line) == [{"name": "Li Wei", "title": "CFO", "department": "Finance"}]


def test_a_dash_or_a_space_after_a_chinese_name_parts_the_title():
    assert people("Li Wei - CFO, Group") == [{"name": "Li Wei - CFO", "title": "Group"}]
    assert people("Li Wei – Chief Buyer") == [{"name": "Li Wei", "title": "Chief Buyer"}]
    assert people("王伟 采购总监") == [{"name": "王伟", "title": "采购总监"}]
    assert people("Jean-Luc Picard") == [{"name": "Jean-Luc Picard"}]


def test_an_indented_line_reports_to_the_one_above():
    chart = "Ada\n  Ben\n    Cleo\n  Dan\nEve\n"

    assert managers(chart) == {"Ada": "", "Ben": "Ada", "Cleo": "Ben", "Dan": "Ada", "Eve": ""}
    assert oddities(chart) == []


@pytest.mark.parametrize(
    "chart",
    [
        "Ada\n\tBen\n\t\tCleo",
        "Ada\n- Ben\n  - Cleo",
        "Ada\n├── Ben\n│   └── Cleo",
        "Ada\n|-- Ben\n|   `-- Cleo",
        "1. Ada\n1.1 Ben\n1.1.1 Cleo",
        "Ada\n\u3000Ben\n\u3000\u3000Cleo",
    ],
)
def test_charts_are_drawn_in_many_ways(chart):
    assert managers(chart) == {"Ada": "", "Ben": "Ada", "Cleo": "Ben"}


def test_a_numbered_list_is_no_chart():
    names = [f"{number}. Person{number}" for number in range(1, 13)]

    assert set(managers("\n".join(names)).values()) == {""}


def test_roles_stand_in_brackets():
    assert people("Li Wei, CFO [decider; blocker]")[0]["role"] == "decider; blocker"
    assert people("王伟【决策者、影响者】")[0]["role"] == "decider; influencer"
    assert people("Li Wei (影响者), CFO") == [
        {"name": "Li Wei", "title": "CFO", "role": "influencer"}
    ]


def test_round_brackets_that_hold_no_role_are_part_of_the_text():
    assert people("Li Wei (Wayne), CFO")[0]["name"] == "Li Wei (Wayne)"


def test_a_role_that_is_none_is_told_with_its_line():
    assert oddities("Ada\nLi Wei [king]")[0][:2] == (2, True)
    assert "king" in oddities("Ada\nLi Wei [king]")[0][2]


def test_a_line_without_a_name_is_left_out_and_told():
    assert oddities("Ada\n , CFO\n\n---\n") == [(2, False, "The line begins with no name.")]


def test_more_parts_than_there_are_fields_are_told():
    assert oddities("Ada, Chair, Board, Group, 1980, blue") == [
        (1, True, "Only name, title, department and unit are read, not: 1980, blue.")
    ]


def test_an_indent_between_two_others_is_told():
    number, is_kept, why = oddities("Ada\n    Ben\n  Cleo")[0]

    assert (number, is_kept) == (3, True)
    assert "Ada is taken as the manager" in why


def test_a_manager_whose_name_two_people_bear_is_not_guessed():
    chart = "Ada\nLi Wei\n  Ben\nLi Wei\n  Cleo"

    assert managers(chart)["Ben"] == ""
    assert [number for number, _, _ in oddities(chart)] == [3, 5]


def test_cells_out_of_a_spreadsheet_keep_their_columns():
    pasted = pasted_people("姓名\t上级\t职务\n王伟\t\t总监\n李静\t王伟\t经理\n")

    assert pasted.columns == ("姓名", "上级", "职务")
    assert list(pasted.rows()) == [(2, ("王伟", "", "总监")), (3, ("李静", "王伟", "经理"))]


def test_too_much_is_refused():
    with pytest.raises(UnreadableFile, match="too much to paste"):
        pasted_people("Ada\n" * 10_001)
    with pytest.raises(UnreadableFile, match="too much to paste"):
        pasted_people("x" * 10_000)


TREES = st.recursive(st.just([]), lambda below: st.lists(below, max_size=4), max_leaves=20)


def drawn(tree: list[list[object]], above: str = "", depth: int = 0) -> list[tuple[str, str, int]]:
    """Each person of a tree with their manager and depth, in the order of a chart."""
    people = []
    for place, below in enumerate(tree):
        name = f"{above or 'P'}x{place}"
        people.append((name, above, depth))
        people.extend(drawn(below, name, depth + 1))
    return people


@given(TREES)
def test_a_chart_that_is_printed_is_read_back(tree):
    people = drawn(tree)
    chart = "\n".join("  " * depth + name for name, _, depth in people)

    assert managers(chart) == {name: above for name, above, _ in people}


@given(st.text(max_size=200))
def test_any_text_gives_people_or_nothing(text):
    assert all(len(cells) == len(COLUMNS) for _, cells in pasted_people(text).rows())
