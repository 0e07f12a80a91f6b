import { IconArrowRight } from '@tabler/icons-react';

/** The way on from a card: to all of it, or to the next of it. */
export function MoreLink({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" className="more-link no-print" onClick={onClick}>
      {label}
      <IconArrowRight size={15} className="mirrors" aria-hidden="true" />
    </button>
  );
}
