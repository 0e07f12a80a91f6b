/** What applications that use the elements may count on: their attributes, properties, events. Types alone. */
export {};
