"""Runs of text in a Word document: bold, gaps, links; and the bookmarks that links lead to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from careerspolicy.extras import load

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode


def write_inline(node: SyntaxTreeNode, paragraph: Any, **look: bool) -> None:
    """Add inline text to a paragraph; `look` holds `bold`, `italic` and `gap` where they are so."""
    if node.type == "link":
        _link(node, paragraph, look)
    elif node.type == "hardbreak":
        paragraph.add_run().add_break()
    elif node.type == "softbreak":
        _run(paragraph, " ", look)
    elif node.type in ("text", "code_inline"):
        _run(paragraph, node.content, look)
    else:
        more = {"strong": {"bold": True}, "em": {"italic": True}}.get(node.type, {})
        gap = {"gap": True} if node.tag == "mark" else {}
        for child in node.children:
            write_inline(child, paragraph, **{**look, **more, **gap})


def bookmark(paragraph: Any, name: str) -> None:
    """Let links lead to a paragraph."""
    oxml, qn = load("docx.oxml"), load("docx.oxml.ns").qn
    start, end = oxml.OxmlElement("w:bookmarkStart"), oxml.OxmlElement("w:bookmarkEnd")
    number = str(len(paragraph.part.element.findall(f".//{qn('w:bookmarkStart')}")))
    for one in (start, end):
        one.set(qn("w:id"), number)
    start.set(qn("w:name"), _bookmark_name(name))
    runs = paragraph._p  # noqa: SLF001 - no other way
    runs.insert(1 if runs.pPr is not None else 0, start)
    runs.append(end)


def _run(paragraph: Any, text: str, look: dict[str, bool]) -> None:
    if not text:
        return
    run = paragraph.add_run(text)
    run.bold = look.get("bold")
    run.italic = look.get("italic")
    if look.get("gap"):
        run.font.highlight_color = load("docx.enum.text").WD_COLOR_INDEX.YELLOW


def _link(node: SyntaxTreeNode, paragraph: Any, look: dict[str, bool]) -> None:
    oxml, qn = load("docx.oxml"), load("docx.oxml.ns").qn
    made, target = oxml.OxmlElement("w:hyperlink"), str(node.attrs["href"])
    if target.startswith("#"):
        made.set(qn("w:anchor"), _bookmark_name(unquote(target[1:])))
    else:
        kind = load("docx.opc.constants").RELATIONSHIP_TYPE.HYPERLINK
        made.set(qn("r:id"), paragraph.part.relate_to(target, kind, is_external=True))
    before = len(paragraph.runs)
    for child in node.children:
        write_inline(child, paragraph, **look)
    for run in paragraph.runs[before:]:
        run.style = "Hyperlink"
        made.append(run._r)  # noqa: SLF001 - no other way
    paragraph._p.append(made)  # noqa: SLF001 - no other way


def _bookmark_name(name: str) -> str:
    """Word's bookmarks have short names of plain letters, so a digest stands for ours."""
    return "at_" + hashlib.sha256(name.encode()).hexdigest()[:16]
