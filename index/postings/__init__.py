"""Where each word of the record stands: BM25's postings, sentences, exact phrases."""
