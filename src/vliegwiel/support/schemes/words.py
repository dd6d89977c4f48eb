"""What a scheme and a call are in the words of a resident: how much, until when, how divided, how to account."""

from datetime import datetime

from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.engines.rulebook.parts import AmountRow, ArrangementRule, TermRule
from vliegwiel.foundation.design.dutch import clock_time, day
from vliegwiel.kernel.money import Money, Share
from vliegwiel.support.schemes.models import Method


def share_in_words(share: Share) -> str:
    """A share as people say it.

    >>> share_in_words(Share.of(3, 4)), share_in_words(Share.of(1, 3))
    ('75\\xa0procent', '1/3')
    """
    percent = share.value * 100
    return f"{percent.numerator}\u00a0procent" if percent.denominator == 1 else str(share.value)


def how_much(rules: SchemeRules) -> str:
    """How much one can get, in one sentence; empty for a scheme without amounts."""
    if not rules.amounts or rules.most is None:
        return ""
    shares = {row.share for row in rules.amounts}
    share = next(iter(shares)) if len(shares) == 1 else None
    text = _("Ten hoogste {most}").format(most=rules.most.dutch(cents=False))
    if rules.least.cents:
        text = _("{least} tot en met {most}").format(least=rules.least.dutch(cents=False), most=rules.most.dutch(cents=False))
    if share is not None and share.value < 1:
        return _("{text}, en niet meer dan {share} van de kosten").format(text=text, share=share_in_words(share))
    if len(shares) > 1:
        return _("{text}. Hoeveel precies hangt af van uw plan").format(text=text)
    return text


def row_in_words(row: AmountRow) -> str:
    """One row of the table of amounts."""
    parts = [_("ten hoogste {most}").format(most=row.most.dutch(cents=False))]
    if row.share is not None:
        parts.insert(0, _("{share} van de kosten").format(share=share_in_words(row.share)))
    if row.least.cents:
        parts.append(_("ten minste {least}").format(least=row.least.dutch(cents=False)))
    return ", ".join(parts)


def divided(method: str) -> str:
    """How the money is divided, as a resident reads it (Awb 4:26)."""
    return {
        Method.FIRST_COME: _("Wie het eerst een complete aanvraag heeft, krijgt het eerst antwoord. Op is op."),
        Method.TENDER: _("Na de laatste dag beoordelen we alle plannen tegelijk. De beste plannen krijgen geld."),
        Method.LOTTERY: _("Na de laatste dag loten we. De loting kan iedereen nagaan."),
        Method.PROPORTIONAL: _("Na de laatste dag verdelen we het geld naar verhouding."),
        Method.DIRECT: _("De provincie geeft dit geld aan een ontvanger die in de begroting staat."),
    }[Method(method)]


def moment(when: datetime) -> str:
    """A moment as a resident reads it: *dinsdag 31 maart, 17.00 uur*."""
    return _("{day}, {time} uur").format(day=day(when, "week"), time=clock_time(when))


def term_in_words(term: TermRule) -> str:
    """When one hears, in one sentence."""
    weeks = _("1 week") if term.weeks == 1 else _("{weeks} weken").format(weeks=term.weeks)
    text = {
        "closing": _("Binnen {weeks} na de laatste dag."),
        "completeness": _("Binnen {weeks} nadat uw aanvraag compleet is."),
        "receipt": _("Binnen {weeks} na uw aanvraag."),
    }[term.counted_from].format(weeks=weeks)
    if term.outside_advice_weeks:
        return text + " " + _("Moeten anderen adviseren? Dan binnen {weeks} weken.").format(weeks=term.outside_advice_weeks)
    return text


def account_in_words(row: ArrangementRule) -> str:
    """For which amounts an arrangement holds."""
    if row.start.cents and row.below:
        return _("Van {start} tot {below}").format(start=_euros(row.start), below=_euros(row.below))
    if row.below:
        return _("Onder {below}").format(below=_euros(row.below))
    return _("Vanaf {start}").format(start=_euros(row.start)) if row.start.cents else _("Voor elk bedrag")


def _euros(amount: Money) -> str:
    return amount.dutch(cents=False)
