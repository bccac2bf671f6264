"""How many rows are said to be there, and whether that is a guess, where the server does not tell."""

from tui.store.listing.total import Total


def test_a_guess_stays_one_where_a_list_has_become_shorter_and_grows_again() -> None:
    total = Total()
    total.take(None, 0, 40, 40)
    total.take(None, 40, 40, 40)
    assert (total.count, total.at_least) == (120, 80)
    total.end_at(None, 30)
    assert (total.count, total.at_least) == (30, None)
    total.take(None, 0, 40, 40)
    assert (total.count, total.at_least) == (80, 40)
