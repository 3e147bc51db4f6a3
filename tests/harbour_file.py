"""The file of a statement of one paragraph, for tests that change it while others ask."""

from __future__ import annotations

FRONT = """\
---
title: Remarks at the harbour
date: 2025-02-24
speakers:
  - {name: Nadia Rahman, role: Minister of Ports}
---
"""
HARBOUR = f"{FRONT}Ferries sail twice a day.\n"
