/** How tables in files may be written. */
export const ENCODINGS = [
  'utf-8', 'utf-16', 'cp1251', 'koi8_r', 'cp866', 'iso8859_5', 'cp1256', 'iso8859_6', 'cp1252', 'latin_1', 'cp1250', 'cp1254', 'gb18030', 'shift_jis',
] as const;

/** What stands between cells, and the word that names it. */
export const DELIMITERS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** The usual ones, and before them one that was found and is none of them. */
export const offered = (usual: readonly string[], found: string): string[] => (usual.includes(found) ? [...usual] : [found, ...usual]);
