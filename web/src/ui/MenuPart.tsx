import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** What its items have in common, or whom they are about. */
  label: string;
  children: ReactNode;
}

/** Items of a menu under a head, which names their group to those who do not see it: a menu may hold nothing but items and groups. */
export function MenuPart({ label, children }: Props) {
  return (
    <div role="group" aria-label={label}>
      <Menu.Label aria-hidden="true"><bdi>{label}</bdi></Menu.Label>
      {children}
    </div>
  );
}
