"""A retention term is dated, has a ground, and warns before it ends."""

from datetime import date, timedelta

from vliegwiel.catalogue.retention import Retention, RetentionTerm, retentions


def test_every_term_has_a_ground_and_warns_before_the_end() -> None:
    for kind in retentions().values():
        starts = [term.starts for term in kind.terms]
        assert starts == sorted(set(starts)), kind.key
        assert all(term.source and term.reason for term in kind.terms)
        assert all(timedelta(0) <= term.warned < term.kept for term in kind.terms)


def test_the_term_of_the_day_holds() -> None:
    days = ((date(2026, 1, 1), 180), (date(2027, 1, 1), 90))
    terms = tuple(RetentionTerm(day, timedelta(days=kept), timedelta(days=1), "wet", "zo") for day, kept in days)
    kind = Retention("draft", "Concept", "bewaren", "weg", terms)
    assert [kind.on(day).kept.days for day in (date(2025, 6, 1), date(2026, 12, 31), date(2027, 1, 1))] == [180, 180, 90]
