import { CloseButton } from '@mantine/core';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { onEscape } from '@/lib/onEscape';

interface Props {
  side: 'start' | 'end';
  name: string;
  open: boolean;
  onClose: () => void;
  /** Where its element is kept for whoever gives it the focus. */
  held?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** A column beside the drawing; on a phone a sheet that comes up from the foot. */
export function Panel({ side, name, open, onClose, held, children }: Props) {
  const { t } = useTranslation();
  const own = useRef<HTMLElement>(null);
  const box = held ?? own;
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [open, box]);
  return (
    <aside
      ref={box}
      tabIndex={-1}
      className={`graph-panel graph-panel-${side}`}
      aria-label={name}
      data-open={open || undefined}
      onKeyDown={open ? onEscape(onClose) : undefined}
    >
      <header className="graph-panel-head">
        <b>{name}</b>
        <CloseButton size="lg" aria-label={t('explorer:close')} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}
