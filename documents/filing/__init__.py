"""Puts drafts on record: whole or not at all, never twice, an amended text beside the old one."""
