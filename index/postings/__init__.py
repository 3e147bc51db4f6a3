"""What stands where in the record: BM25's postings, sentences, exact phrases."""
