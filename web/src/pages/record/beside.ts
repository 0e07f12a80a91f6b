/** The record after or before one, in the first of the lists that hold it; undefined at the ends. Pure. */
export function beside(lists: readonly (readonly string[])[], id: string, by: 1 | -1): string | undefined {
  const list = lists.find((each) => each.includes(id));
  return list?.[list.indexOf(id) + by];
}
