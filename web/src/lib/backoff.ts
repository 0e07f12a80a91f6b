/** How long to wait before asking again: twice as long each time, and never all at the same moment. Pure. */
export function waitBefore(tries: number, firstMs: number, longestMs: number, chance = Math.random()): number {
  const whole = Math.min(firstMs * 2 ** tries, longestMs);
  return Math.round(whole / 2 + (whole / 2) * chance);
}
