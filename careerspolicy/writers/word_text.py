"""Paragraphs of a Word document: their styles, runs, links, and the numbers of their lists.

Before `word`. Word writes only the styles that somebody used into a file, so a trust's own
document may lack any of them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from careerspolicy.extras import load
from careerspolicy.views.tree import Words, pieces
from careerspolicy.writers.cleaning import seen
from careerspolicy.writers.markdown_text import web_address

if TYPE_CHECKING:
    from collections.abc import Mapping


#: Which styles may stand in for one that a document lacks, the best first.
_INSTEAD: Final[Mapping[str, tuple[str, ...]]] = {
    "List Bullet": ("List Paragraph",),
    "List Number": ("List Paragraph",),
    "List Continue": ("List Paragraph",),
    "Quote": ("Intense Quote",),
}
#: The styles of titles: their size in points, where they have one, and their level of the outline.
_TITLES: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "Title": (20, None),
    **{f"Heading {level + 1}": (16 - 2 * level, level) for level in range(4)},
    "Caption": (None, None),
}
#: The dark blue of headings, and the blue of links.
_INK, _LINK = "1F3864", "0B4F9E"
_FONT: Final = "Arial"  # on every computer, or another of its widths in its place

_XMLNS: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_GRID: Final = (
    f"<w:tblPr {_XMLNS}><w:tblBorders>"
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
    + "</w:tblBorders></w:tblPr>"
)
_BULLETS: Final = ("\u2022", "\u25e6", "\u25aa")
_STEP: Final = 360  # how much further in each level is, in twentieths of a point


def qn(name: str) -> str:
    """A name of Word's XML, such as `w:val`, in full."""
    full: str = load("docx.oxml.ns").qn(name)
    return full


def element(name: str, /, **values: object) -> Any:
    """An element of Word's XML with the values of its attributes."""
    made = load("docx.oxml").OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


class Styles:
    """The styles of a document by name, and the looks of its lists."""

    def __init__(self, document: Any) -> None:
        _complete(document)
        self._part = document.part
        self._known = {style.name: style for style in document.styles}
        self._own: dict[bool, int] = {}

    def named(self, name: str) -> Any:
        """The style of that name, or what stands in for it; None where the plain one must."""
        deeper = name.rsplit(" ", 1)[0] if name[-1:].isdigit() and "List" in name else name
        names = (name, deeper, *_INSTEAD.get(deeper, ()))
        return next((self._known[known] for known in names if known in self._known), None)

    def begin_list(self, name: str, start: int | None, level: int) -> int | None:
        """The number that a new list's paragraphs follow; None if their style says all.

        Each numbered list begins anew, at `start`; one of bullets has none. A list looks as its
        style does, or else as one that is made here.
        """
        style = self.named(name)
        number = style.element.find(f".//{qn('w:numPr')}/{qn('w:numId')}") if style else None
        if number is not None and start is None:
            return None
        numbering = self._numbering()
        if number is not None:
            own = int(number.get(qn("w:val")))
            look, level = numbering.num_having_numId(own).abstractNumId.val, 0
        else:
            look = self._look(numbering, ordered=start is not None)
        made = numbering.add_num(look)
        made.add_lvlOverride(ilvl=level).add_startOverride(start or 1)
        return int(made.numId)

    def _numbering(self) -> Any:
        """The part of a document in which Word keeps what lists look like."""
        types = load("docx.opc.constants")
        try:
            return self._part.part_related_by(types.RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            made = load("docx.parts.numbering").NumberingPart(
                load("docx.opc.packuri").PackURI("/word/numbering.xml"),
                types.CONTENT_TYPE.WML_NUMBERING,
                load("docx.oxml").parse_xml(f"<w:numbering {_XMLNS}/>"),
                self._part.package,
            )
            self._part.relate_to(made, types.RELATIONSHIP_TYPE.NUMBERING)
            return made.element

    def _look(self, numbering: Any, *, ordered: bool) -> int:
        """The number of our own look of lists, added to the document when first asked for."""
        if ordered not in self._own:
            key = qn("w:abstractNumId")
            taken = [int(look.get(key)) for look in numbering.iter(qn("w:abstractNum"))]
            self._own[ordered] = max(taken, default=-1) + 1
            look = load("docx.oxml").parse_xml(_look_xml(self._own[ordered], ordered=ordered))
            numbering.insert(0, look)
        return self._own[ordered]


def _look_xml(number: int, *, ordered: bool) -> str:
    levels = []
    for level, bullet in enumerate(_BULLETS):
        kind, text = ("decimal", f"%{level + 1}.") if ordered else ("bullet", bullet)
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{_STEP * (level + 1)}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
        )
    return (
        f'<w:abstractNum {_XMLNS} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
    )


def _complete(document: Any) -> None:
    """Add the styles that a document lacks: of titles, of tables with lines, of links."""
    shared, kinds = load("docx.shared"), load("docx.enum.style").WD_STYLE_TYPE
    styles, known = document.styles, {style.name for style in document.styles}
    for name, (points, level) in _TITLES.items():
        if name in known:
            continue
        made = styles.add_style(name, kinds.PARAGRAPH, builtin=True)
        made.font.bold = True
        made.font.size = None if points is None else shared.Pt(points)
        if name != "Title":
            made.paragraph_format.keep_with_next = True
        if level is not None:
            made.paragraph_format.space_before = shared.Pt(12)
            made.element.get_or_add_pPr().append(element("outlineLvl", val=level))
    if "Table Grid" not in known:
        made = styles.add_style("Table Grid", kinds.TABLE, builtin=True)
        made.element.append(load("docx.oxml").parse_xml(_GRID))
    if "Hyperlink" not in known:
        made = styles.add_style("Hyperlink", kinds.CHARACTER, builtin=True)
        made.font.underline = True
        made.font.color.rgb = shared.RGBColor.from_string(_LINK)


def plain_look(document: Any) -> None:
    """What a document looks like whose trust gave none of its own: A4, dark headings."""
    shared = load("docx.shared")
    for section in document.sections:
        section.page_width, section.page_height = shared.Mm(210), shared.Mm(297)
        section.left_margin = section.right_margin = shared.Mm(22)
    for name in _TITLES:
        document.styles[name].font.color.rgb = shared.RGBColor.from_string(_INK)
    document.styles["Caption"].font.size = shared.Pt(10)
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()  # the theme's fonts, which would else win
        for script in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(script), _FONT)


def write_inline(words: Words, paragraph: Any, *, bold: bool = False) -> None:
    """Add words to a paragraph."""
    for span in pieces(words):
        run = paragraph.add_run("\n".join(map(seen, span.text.split("\n"))))
        run.bold = (span.strong or bold) or None
        run.italic = span.emphasis or None
        if span.gap:
            run.font.highlight_color = load("docx.enum.text").WD_COLOR_INDEX.YELLOW
        address = span.href if span.href[:1] in ("", "#") else web_address(span.href)
        if address:
            run.style = "Hyperlink"
            link = _link(address, paragraph)
            link.append(run._r)  # noqa: SLF001 - no other way
            paragraph._p.append(link)  # noqa: SLF001 - no other way


def _link(address: str, paragraph: Any) -> Any:
    if address.startswith("#"):
        return element("hyperlink", anchor=_bookmark_name(unquote(address[1:])))
    made = element("hyperlink")
    kind = load("docx.opc.constants").RELATIONSHIP_TYPE.HYPERLINK
    made.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    return made


def bookmark(paragraph: Any, name: str) -> None:
    """Let links lead to a paragraph."""
    number = len(paragraph.part.element.findall(f".//{qn('w:bookmarkStart')}"))
    runs = paragraph._p  # noqa: SLF001 - no other way
    start = element("bookmarkStart", id=number, name=_bookmark_name(name))
    runs.insert(1 if runs.pPr is not None else 0, start)
    runs.append(element("bookmarkEnd", id=number))


def _bookmark_name(name: str) -> str:
    """Word's bookmarks have short names of plain letters, so a digest stands for ours."""
    return "at_" + hashlib.sha256(name.encode()).hexdigest()[:16]
