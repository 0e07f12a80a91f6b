"""The part of the API that is the same whatever the model holds, written with strawberry."""
