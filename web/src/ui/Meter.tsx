/** A share between 0 and 1 as a short bar; its words stand beside it. */
export function Meter({ value, color = 'var(--x-accent)' }: { value: number; color?: string }) {
  return (
    <span className="meter" aria-hidden="true">
      <i style={{ width: `${Math.max(4, Math.min(value, 1) * 100)}%`, background: color }} />
    </span>
  );
}
