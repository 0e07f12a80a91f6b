"""What the web application costs a reader: lists of a million records, hubs, first pictures, in headless Chromium."""
