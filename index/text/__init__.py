"""What words are, in every language: split, folded, stemmed; sentences, names, small talk."""
