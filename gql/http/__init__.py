"""GraphQL at an address: over HTTP, over WebSocket, and as a page for people."""
