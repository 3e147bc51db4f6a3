"""Shares test files among processes as pytest-xdist does, and forgets each test that is done.

pytest-xdist counts all tests that a process ever had, whenever one ends: with thousands of tests,
seconds in which the processes wait.
"""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController


class ByFile(LoadFileScheduling):
    """Gives each process one file after the other."""

    def mark_test_complete(
        self, node: WorkerController, item_index: int, duration: float = 0
    ) -> None:
        """Forget the test that is done, and its file with the last one."""
        super().mark_test_complete(node, item_index, duration)
        test = self.registered_collections[node][item_index]
        files, file = self.assigned_work[node], self._split_scope(test)
        del files[file][test]
        if not files[file]:
            del files[file]
