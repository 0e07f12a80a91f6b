import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What a page says when there is nothing yet, and what to do about it. */
export function EmptyState({ icon: Sign, title, children, action }: { icon: Icon; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <Sign size={36} stroke={1.4} aria-hidden="true" />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
