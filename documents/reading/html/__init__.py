"""Reads HTML: whole pages, and the fragments that feeds, e-mails and books carry."""
