"""Reads drafts: their quotations, and whose words the draft says that each is."""
