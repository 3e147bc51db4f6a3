"""What makes and reads the project's pages: README.md and docs/."""
