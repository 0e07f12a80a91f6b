import { CloseButton } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  side: 'start' | 'end';
  name: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A column beside the drawing; on a phone a sheet that comes up from the foot. */
export function Panel({ side, name, open, onClose, children }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open) box.current?.focus();
  }, [open]);
  return (
    <aside
      ref={box}
      tabIndex={-1}
      className={`graph-panel graph-panel-${side}`}
      aria-label={name}
      data-open={open || undefined}
      onKeyDown={(event) => event.key === 'Escape' && open && onClose()}
    >
      <header className="graph-panel-head">
        <b>{name}</b>
        <CloseButton size="lg" aria-label={t('explorer:close')} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}
