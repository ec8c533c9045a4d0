"""The page's style: each piece has a sheet of its own, and all of them are on the page at once."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SHEETS = sorted((Path(__file__).parents[1] / "lrviz").rglob("*.css"))


def split(text: str, at: str) -> list[str]:
    """The parts of a selector between the signs ``at`` that stand in no bracket."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        if sign in at and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part for part in parts if part]


def subjects(selector: str) -> Iterator[str]:
    """The classes of the elements that a selector finds: those of its right-most compound."""
    for each in split(selector, ","):
        last = split(each.strip(), " \n>+~")[-1]
        for kind, inside in re.findall(r":([\w-]+)\((.*?)\)(?=[:.\[]|$)", last, re.DOTALL):
            if kind in ("is", "where"):
                yield from subjects(inside)
        yield from re.findall(r"\.([\w-]+)", re.sub(r"\(.*\)", "", last, flags=re.DOTALL))


def of_sheet(text: str) -> set[str]:
    """The classes that the rules of a sheet are about."""
    rules = re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    heads = [rule.strip() for rule in rules if not rule.strip().startswith("@")]
    return {name for head in heads for name in subjects(head)}


def test_what_a_selector_is_about():
    sheet = """/* .remark { */
    @media (max-width: 1px) { .a > .b:has(> .c):not(.d), .e .f[data-g=".h"] + .i::after { top: 0 } }
    .j :is(.k, .l .m):hover { top: 0 }"""
    assert of_sheet(sheet) == {"b", "i", "k", "m"}


def test_each_class_belongs_to_one_sheet():
    """Else a rule of one piece styles, or hides, what is another's.

    The classes are ours, and the keys of our containers; Streamlit's are everybody's.
    """
    owners = defaultdict(list)
    for path in SHEETS:
        for name in of_sheet(path.read_text("utf-8")):
            if name.startswith(("lrviz-", "st-key-")):
                owners[name].append(path.name)
    assert len(owners) > 50
    assert {name: all_ for name, all_ in owners.items() if len(all_) > 1} == {}
