/** A record as lists and forms hold it: what every record has, and its fields by name. */
export interface Row {
  id: string;
  version: number;
  displayName: string;
  [field: string]: unknown;
}
