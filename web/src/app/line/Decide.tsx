import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { drop, settle } from '@/kept/queue';
import type { Waiting } from '@/kept/waiting';
import { useNarrow } from '@/lib/useNarrow';
import { Conflict } from '@/meta/forms/Conflict';
import { meetings, type Choice } from '@/meta/forms/meeting';
import { typeNamed, useModel } from '@/meta/model';

/** A change met another one while it waited: field by field, which of them stays. */
export function Decide({ change, onClose }: { change: Waiting; onClose: () => void }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const type = typeNamed(useModel().data, change.type);
  const { data, before, theirs } = change;
  if (!type || !theirs) return null;
  const fields = type.fields.filter((field) => field.name in data);
  const met = meetings(fields, before ?? {}, data, theirs);

  function decided(chosen: ReadonlyMap<string, Choice>): void {
    const yielded = new Set(met.filter(({ both, field }) => both && chosen.get(field.name) === 'theirs').map(({ field }) => field.name));
    void (yielded.size === Object.keys(data).length ? drop(change.key) : settle(change.key, yielded));
    onClose();
  }

  return (
    <Modal opened onClose={onClose} title={change.title} size={760} fullScreen={narrow} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <Conflict met={met} onSettle={decided} />
    </Modal>
  );
}
