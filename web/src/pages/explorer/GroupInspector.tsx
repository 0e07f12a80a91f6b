import { Button, TextInput } from '@mantine/core';
import { IconStackPop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TypeSign } from '@/graph/Legend';
import { idOf } from '@/graph/groups';
import type { Scene, SceneRecord } from '@/graph/scene';
import { useFormat } from '@/lib/useSettings';
import { Clear } from './Clear';
import { Neighbours } from './Neighbours';
import type { Explorer } from './useExplorer';

const LONGEST = 60;

interface Props {
  record: SceneRecord;
  scene: Scene;
  explorer: Explorer;
  onClear: () => void;
}

/** Records that are drawn as one disc: what it is called, who is in it, and how it is taken apart. */
export function GroupInspector({ record, scene, explorer, onClear }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const members = record.members ?? [];
  const known = explorer.search.group?.find((each) => idOf(each) === record.id)?.name ?? '';
  const [name, setName] = useState(known);
  const keep = (): void => {
    if (name.trim() !== known) explorer.rename(record.id, name.trim());
  };
  return (
    <>
      <header className="graph-picked">
        <TypeSign type={record.type} size={36} many />
        <div className="grow">
          <h2 dir="auto">{record.title}</h2>
          <small>{t('explorer:group.of', { count: members.length, number: format.number(members.length) })}</small>
        </div>
        <Clear onClear={onClear} />
      </header>
      <form className="graph-group" onSubmit={(event) => { event.preventDefault(); keep(); }}>
        <TextInput
          size="sm"
          label={t('explorer:group.name')}
          placeholder={record.title}
          maxLength={LONGEST}
          dir="auto"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={keep}
        />
        <Button size="sm" variant="default" leftSection={<IconStackPop size={16} />} onClick={() => explorer.part(record.id)}>
          {t('explorer:act.ungroup')}
        </Button>
      </form>
      <section aria-label={t('explorer:group.members')}>
        <h2>{t('explorer:group.members')}</h2>
        {members.flatMap((id) => scene.records.get(id) ?? []).map((each) => (
          <Neighbours.Member key={each.id} record={each} />
        ))}
      </section>
    </>
  );
}
