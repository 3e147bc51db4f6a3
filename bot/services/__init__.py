"""What the handlers, and the layer before them, need: the record, the chats, and sending."""
