/** Words by key; plural forms end in `_one`, `_few` and so on. */
export interface Words {
  [key: string]: string | Words;
}

/** One space of words for every file of a language's folder, under the file's name. */
export function spaces(files: Record<string, Words>): Record<string, Words> {
  return Object.fromEntries(Object.entries(files).map(([file, words]) => [file.slice('./'.length, -'.json'.length), words]));
}
