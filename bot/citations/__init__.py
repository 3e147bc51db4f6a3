"""Citations in the styles that newsrooms and bibliographies use."""
