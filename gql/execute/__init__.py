"""Operations answered: limits, plans, one statement for what is typed, graphql-core for what is fixed, and bytes out."""
