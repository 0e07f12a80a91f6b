"""REST for those who need it: each request becomes one GraphQL operation, and its answer plain resources or a problem."""
