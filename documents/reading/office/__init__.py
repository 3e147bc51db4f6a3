"""Parts of the readers of word processors' documents: styles, numbers, paragraphs, tables."""
