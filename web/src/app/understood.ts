export type Given = Record<string, unknown>;

/** Reads an address for a page: what the page does not understand is taken out of it; the router would hand it over as it is. */
export const understood = <Search extends object>(read: (given: Given) => Search) => (given: Given): Search => ({
  ...Object.fromEntries(Object.keys(given).map((name) => [name, undefined])),
  ...read(given),
});
