"""The styles of a Word document: those that it has, and what stands in for those that it lacks.

Before `word_blocks`. Word writes only the styles that somebody used into a file, so a trust's own
document may lack any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.extras import load

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Which styles may stand in for one that a document lacks, the best first.
_INSTEAD: Final[Mapping[str, tuple[str, ...]]] = {
    "List Bullet": ("List Paragraph",),
    "List Number": ("List Paragraph",),
    "List Continue": ("List Paragraph",),
    "Quote": ("Intense Quote",),
}

#: The dark blue of headings.
_INK: Final = "1F3864"
_FONT: Final = "Arial"  # on every computer, or another of its widths in its place

_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_GRID: Final = (
    '<w:tblPr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tblBorders>'
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
    + "</w:tblBorders></w:tblPr>"
)


@attrs.frozen(kw_only=True)
class Styles:
    """The paragraph, character and table styles of a document, by name."""

    document: Any
    known: Mapping[str, Any]

    @classmethod
    def of(cls, document: Any) -> Styles:
        """The styles of a document; headings that it lacks are added to it."""
        _add_title(document)
        for level in (1, 2, 3, 4):
            _add_heading(document, f"Heading {level}", level - 1)
        _add_caption(document)
        _add_grid(document)
        _add_hyperlink(document)
        return cls(document=document, known={one.name: one for one in document.styles})

    def named(self, name: str) -> Any:
        """The style of that name, or what stands in for it; None where the plain one must."""
        deeper = name.rsplit(" ", 1)[0] if name[-1:].isdigit() and "List" in name else name
        for one in (name, deeper, *_INSTEAD.get(deeper, ())):
            if one in self.known:
                return self.known[one]
        return None

    def numbered(self, style: Any) -> int | None:
        """Which definition of lists a style follows; None if it follows none."""
        ns = load("docx.oxml.ns")
        told = style.element.find(f".//{ns.qn('w:numPr')}/{ns.qn('w:numId')}") if style else None
        if told is None:
            return None
        return int(told.get(ns.qn("w:val")))


def plain_look(document: Any) -> None:
    """What a document looks like whose trust gave none of its own: A4, dark headings."""
    shared = load("docx.shared")
    for section in document.sections:
        section.page_width, section.page_height = shared.Mm(210), shared.Mm(297)
        section.left_margin = section.right_margin = shared.Mm(22)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption"):
        document.styles[name].font.color.rgb = shared.RGBColor.from_string(_INK)
    document.styles["Caption"].font.size = shared.Pt(10)
    qn = load("docx.oxml.ns").qn
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()  # the theme's fonts, which would else win
        for script in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(script), _FONT)


def _names(document: Any) -> set[str]:
    return {one.name for one in document.styles}


def _add_heading(document: Any, name: str, outline: int) -> None:
    if name in _names(document):
        return
    shared, oxml = load("docx.shared"), load("docx.oxml")
    made = _added(document, name)
    made.font.bold, made.font.size = True, shared.Pt(16 - 2 * outline)
    made.paragraph_format.keep_with_next = True
    made.paragraph_format.space_before = shared.Pt(12)
    level = oxml.OxmlElement("w:outlineLvl")
    level.set(load("docx.oxml.ns").qn("w:val"), str(outline))
    made.element.get_or_add_pPr().append(level)


def _add_title(document: Any) -> None:
    if "Title" not in _names(document):
        made = _added(document, "Title")
        made.font.bold, made.font.size = True, load("docx.shared").Pt(20)


def _add_caption(document: Any) -> None:
    if "Caption" not in _names(document):
        made = _added(document, "Caption")
        made.font.bold = True
        made.paragraph_format.keep_with_next = True


def _add_grid(document: Any) -> None:
    """The style of tables: lines around every cell, without which a table is hard to read."""
    if "Table Grid" not in _names(document):
        kind = load("docx.enum.style").WD_STYLE_TYPE.TABLE
        made = document.styles.add_style("Table Grid", kind, builtin=True)
        made.element.append(load("docx.oxml").parse_xml(_GRID))


def _add_hyperlink(document: Any) -> None:
    if "Hyperlink" not in _names(document):
        made = _added(document, "Hyperlink", paragraph=False)
        made.font.underline = True
        made.font.color.rgb = load("docx.shared").RGBColor.from_string("0B4F9E")


def _added(document: Any, name: str, *, paragraph: bool = True) -> Any:
    kinds = load("docx.enum.style").WD_STYLE_TYPE
    kind = kinds.PARAGRAPH if paragraph else kinds.CHARACTER
    return document.styles.add_style(name, kind, builtin=True)
