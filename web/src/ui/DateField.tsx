import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isDay, typedDay, writtenDay } from '@/lib/calendar';
import { calendarOf } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import { MonthGrid } from './MonthGrid';

interface Props {
  /** An ISO day, or null; where it is raw, any text. */
  value: string | null;
  onChange: (iso: string | null) => void;
  label?: ReactNode;
  ariaLabel?: string;
  placeholder?: string;
  error?: ReactNode;
  required?: boolean;
  autoFocus?: boolean;
  size?: 'xs' | 'sm';
  width?: number | string;
  /** Whatever is typed goes out as it is typed, a day or not: for forms, which say what is wrong when they are sent. */
  raw?: boolean;
}

/** A day, typed or picked in the reader's calendar; what goes out is always ISO. */
export function DateField({ value, onChange, label, ariaLabel, placeholder, error, required, autoFocus, size = 'sm', width, raw = false }: Props) {
  const { t } = useTranslation();
  const calendar = calendarOf(useSettings());
  const [open, setOpen] = useState(false);
  const format = useFormat();
  const chosen = value && isDay(value) ? value : null;
  const shown = chosen ? format.typed(writtenDay(chosen, calendar)) : (value ?? '');
  const [text, setText] = useState(shown);
  const meant = (typed: string): string | null => typedDay(typed, calendar) ?? (typed.trim() || null);
  useEffect(() => setText((now) => (raw && meant(now) === value ? now : shown)), [shown]);
  const day = typedDay(text, calendar);
  const wrong = text.trim() !== '' && day === null;

  function type(typed: string): void {
    setText(typed);
    if (raw) onChange(meant(typed));
  }

  function leave(): void {
    if (raw) setText(shown);
    else if (!text.trim()) onChange(null);
    else if (day && day !== value) onChange(day);
  }

  function choose(iso: string): void {
    setOpen(false);
    onChange(iso);
  }

  const opener = (
    <ActionIcon variant="subtle" color="gray" size={26} aria-label={t('app:date.open')} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
      <IconCalendar size={16} />
    </ActionIcon>
  );
  return (
    <Popover withRoles={false} opened={open} onChange={setOpen} trapFocus withinPortal position="bottom-start" shadow="md">
      <Popover.Target>
        <TextInput
          label={label}
          aria-label={ariaLabel}
          error={wrong ? t('app:date.wrong') : error}
          required={required ?? false}
          autoFocus={autoFocus ?? false}
          size={size}
          w={width ?? 'auto'}
          value={text}
          placeholder={placeholder ?? t('app:date.pattern')}
          inputMode="numeric"
          rightSection={opener}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={leave}
          onKeyDown={(event) => event.key === 'Enter' && leave()}
        />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('app:date.open')}>
        <MonthGrid chosen={chosen} onChoose={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}
