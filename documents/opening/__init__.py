"""Opens what was named on the command line: files, folders, archives, links, standard input."""
