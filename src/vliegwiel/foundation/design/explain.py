"""Words that not everybody knows are links to what they mean: the first of each on a page, in running text only.

`{% explain %}…{% endexplain %}` stands once, around the main part of every page. What is a link, a label, a heading, code or a
drawing stays as it is; so does a page for who works here, one that sets `explain_words` to False, and one in another language.
"""

import re
from html import escape

from django import template
from django.conf import settings
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from vliegwiel.catalogue import plain
from vliegwiel.catalogue.frames import Term

register = template.Library()
GLOSSARY = "/begrippen"
_BLOCK = re.compile(r"<nav[\s>].*?</nav>|(<(?P<tag>p|li|dd|blockquote)(?:\s[^>]*)?>)(?P<inside>.*?)(</(?P=tag)>)", re.DOTALL)
#: Who works here knows the words of the trade.
_AT_WORK = ("/beheer/", "/werk/")
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9-]+)", re.IGNORECASE)
#: Inside these nothing is made a link.
_CLOSED = frozenset(
    {"a", "button", "label", "code", "kbd", "svg", "summary", "select", "textarea", "h1", "h2", "h3", "th", "dt", "output"}
)


@register.tag
def explain(parser: Parser, token: Token) -> "Explained":
    """Make difficult words in what stands between the tags links to the glossary."""
    inside = parser.parse(("endexplain",))
    parser.delete_first_token()
    return Explained(inside)


class Explained(Node):
    """The main part of a page with its difficult words explained."""

    def __init__(self, inside: NodeList) -> None:
        self.inside = inside

    def render(self, context: Context) -> SafeString:
        """The same HTML, with links."""
        drawn = self.inside.render(context)
        at_work = getattr(context.get("request"), "path", "").startswith(_AT_WORK)
        wanted = settings.VLIEGWIEL_EXPLAIN_WORDS and context.get("explain_words", not at_work)
        dutch = (get_language() or settings.LANGUAGE_CODE).startswith("nl")
        return mark_safe(explained(drawn)) if wanted and dutch else drawn  # noqa: S308 - a rendered page, with links of our own


def explained(html: str) -> str:
    """HTML with the first use of each explained word in running text made a link to its meaning."""
    seen: set[str] = set()

    def block(match: re.Match[str]) -> str:
        if match["inside"] is None or not plain.may_hold_a_term(match["inside"]):
            return match[0]
        return f"{match[1]}{_linked(match['inside'], seen)}{match[4]}"

    return _BLOCK.sub(block, html)


def _linked(inside: str, seen: set[str]) -> str:
    parts, closed = [], 0
    for part in _TAG.split(inside):
        if part.startswith("<"):
            name = _NAME.match(part)
            if name and name[1].lower() in _CLOSED and not part.endswith("/>"):
                closed += -1 if part.startswith("</") else 1
            parts.append(part)
        else:
            parts.append(part if closed else plain.with_terms(part, lambda word, term: _link(word, term, seen)))
    return "".join(parts)


def _link(word: str, term: Term, seen: set[str]) -> str:
    if term.term in seen:
        return word
    seen.add(term.term)
    return f'<a class="term" href="{GLOSSARY}#{escape(term.anchor)}">{word}</a>'
