/** Four ends and the ways between them. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.2" aria-hidden="true">
      <path d="m7.6 7.6 8.8 8.8m0-8.8-8.8 8.8" />
      <circle cx="5.5" cy="5.5" r="3" fill="currentColor" />
      <circle cx="18.5" cy="18.5" r="3" />
      <circle cx="18.5" cy="5.5" r="3" />
      <circle cx="5.5" cy="18.5" r="3" />
    </svg>
  );
}
