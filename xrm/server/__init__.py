"""The server: its pages, health, metrics and processes around the API that `gql` hands over."""
