/** The signs of types as outlines. The build of the elements has icons as their nodes, without React: vite.embed.config.ts. */
import { IconAlertTriangle, IconBulb, IconExternalLink, IconFocusCentered, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { signOf } from '@/ui/signs';

/** The lines of an icon; none where icons are components. */
function linesOf(icon: unknown): string[] {
  if (!Array.isArray(icon)) return [];
  return icon.flatMap((node: unknown) => {
    const given: unknown = Array.isArray(node) ? node[1] : null;
    return typeof given === 'object' && given !== null && 'd' in given ? String(given.d) : [];
  });
}

export const outlineOf = (name: string): string[] => linesOf(signOf(name));

export const OPEN = linesOf(IconExternalLink);
export const CHANGED = linesOf(IconPencil);
export const IDEA = linesOf(IconBulb);
export const LATE = linesOf(IconAlertTriangle);
export const NEARER = linesOf(IconPlus);
export const FURTHER = linesOf(IconMinus);
export const FIT = linesOf(IconFocusCentered);
