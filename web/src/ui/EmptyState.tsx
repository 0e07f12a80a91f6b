import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  icon: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Where nothing else is on the page, so that its title is the page's. */
  alone?: boolean;
}

/** What a page says when there is nothing yet, and what to do about it. */
export function EmptyState({ icon: Sign, title, children, action, alone = false }: Props) {
  const Title = alone ? 'h1' : 'h2';
  return (
    <div className="empty">
      <Sign size={36} stroke={1.4} aria-hidden="true" />
      <Title>{title}</Title>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
