import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { pressed } from '@/lib/keys';
import { useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, type EntityType, type Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { useUpdate } from '@/meta/useUpdate';
import { tell } from '@/ui/toasts';

interface Props {
  type: EntityType;
  field: Field;
  row: Row;
  close: () => void;
}

/** One field of one record, edited where it stands: Enter and leaving keep it, Escape does not. */
export function InlineEditor({ type, field, row, close }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { Editor, sent } = kindOf(field);
  const [value, setValue] = useState<unknown>(row[field.name]);
  // what an input says in the very event that closes it counts too
  const latest = useRef(value);
  const update = useUpdate(type);

  function keep(): void {
    close();
    const made = sent(latest.current);
    if (made === undefined) tell(t('errors:no_value', { field: heading(field, language) }));
    else if (JSON.stringify(made) !== JSON.stringify(row[field.name] ?? null)) update.mutate({ row, field, shown: made, sent: made });
  }

  function change(made: unknown): void {
    latest.current = made;
    setValue(made);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (pressed(event, 'list.leaveCell')) close();
    else if (pressed(event, 'list.act')) keep();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const inside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        const inPopover = event.relatedTarget instanceof Element && event.relatedTarget.closest('.mantine-Popover-dropdown');
        if (!inside && !inPopover) keep();
      }}
    >
      <Editor field={field} value={value} onChange={change} name={heading(field, language)} autoFocus />
    </div>
  );
}
