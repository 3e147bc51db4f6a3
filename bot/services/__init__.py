"""What the handlers work with: the record, and what is known of chats."""
