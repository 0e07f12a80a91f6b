/** Reads what an address or a saved page gives. Pure. */

/** A text that says something. */
export const words = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
