"""Operations into requests: what the client wrote, free of GraphQL's syntax, with every value bound to a parameter."""
