"""Words in every language: splitting, folding and stemming them; sentences, names, small talk."""
