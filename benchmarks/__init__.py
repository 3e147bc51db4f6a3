"""Commands that print figures: ``python -m benchmarks.speed`` and its neighbours.

They measure on real texts, or where these are not beside the project on made ones, and beside a
peer in the same run where there is one, because the clock of a shared machine means little by
itself. Nothing fails here; the tests hold the floors, which stand in ``floors``.
"""
