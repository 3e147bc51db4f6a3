"""Commands that print figures: ``python -m benchmarks.speed`` and its neighbours.

They measure on real texts, beside a peer in the same run where there is one, because the clock of a
shared machine means little by itself. Nothing fails here; floors are held by the tests.
"""
