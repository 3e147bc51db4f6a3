"""Checks a story: each quotation in a draft is found on record, compared and graded."""
