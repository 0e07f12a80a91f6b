/** Hand a file to the reader, under a name. */
export function saveFile(content: Blob, name: string): void {
  const place = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = place;
  link.download = name;
  link.click();
  // a browser that has not begun to read it yet would find nothing
  setTimeout(() => URL.revokeObjectURL(place), 10_000);
}
