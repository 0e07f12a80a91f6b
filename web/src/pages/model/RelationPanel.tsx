import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconArrowsLeftRight, IconRoute } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { Pill } from '@/ui/Pill';
import { titled, type EndDefinition, type OnDelete, type RelationAttributes, type Validity } from './design';
import type { ModelSearch } from './asked';
import { typeOf, useDesigner, wrongAt } from './designer';
import { changeEnd, changeRelation, type Owner, type ShownRelation } from './draft';
import { FieldEditor } from './FieldEditor';
import { Fields } from './Fields';
import { Panel } from './Panel';
import { TextsEditor } from './TextsEditor';

const VALIDITY: readonly Validity[] = ['NONE', 'OVERLAPS', 'EXCLUSIVE'];
const ON_DELETE: readonly OnDelete[] = ['UNLINK', 'REFUSE', 'CASCADE'];

/** A relation: both ends, what its links hold, and how many there may be. */
export function RelationPanel({ relation, chosen }: { relation: ShownRelation; chosen: ModelSearch }) {
  const { t } = useTranslation();
  const { edit, problems } = useDesigner();
  const owner: Owner = { where: 'relations', name: relation.name };
  const wrong = (attribute: string): string | undefined => wrongAt(problems, owner, undefined, attribute);
  const change = (attributes: Partial<RelationAttributes>): void =>
    edit(`${relation.name} ${Object.keys(attributes).join()}`, (draft) => changeRelation(draft, relation.name, attributes));
  const field = relation.fields.find((each) => each.name === chosen.field);
  const Mark = relation.symmetric ? IconArrowsLeftRight : IconRoute;
  return (
    <Panel owner={owner} one={relation} form="other" sign={<span className="model-sign model-sign-plain" aria-hidden="true"><Mark size={18} stroke={1.6} /></span>}>
      {field ? (
        <FieldEditor key={field.name} owner={owner} field={field} fields={relation.fields} />
      ) : (
        <>
          <Picture relation={relation} />
          <div className="model-editor">
            <TextsEditor legend={t('model:relation.labels')} texts={relation.labels} error={wrong('labels')} onChange={(labels) => change({ labels })} />
            <End relation={relation} which="source" wrong={wrong} />
            {!relation.symmetric && <End relation={relation} which="target" wrong={wrong} />}
            <fieldset className="model-flags">
              <legend>{t('model:field.rules')}</legend>
              <Checkbox size="xs" label={t('model:relation.symmetric.label')} description={t('model:relation.symmetric.says')} checked={relation.symmetric} error={wrong('symmetric')} onChange={(event) => change({ symmetric: event.currentTarget.checked })} />
              <Checkbox size="xs" label={t('model:relation.repeatable.label')} description={t('model:relation.repeatable.says')} checked={relation.repeatable} onChange={(event) => change({ repeatable: event.currentTarget.checked })} />
            </fieldset>
            <NativeSelect
              size="xs"
              label={t('model:relation.validity')}
              value={relation.validity}
              data={VALIDITY.map((each) => ({ value: each, label: t(`model:validity.${each}`) }))}
              error={wrong('validity')}
              onChange={(event) => change({ validity: event.currentTarget.value as Validity })}
            />
          </div>
          <h3 className="model-part-title">{t('model:relation.fields')}</h3>
          <Fields owner={owner} fields={relation.fields} taken={relation.fields.map((each) => each.name)} />
          <div className="model-editor">
            <TextsEditor legend={t('model:description')} texts={relation.description} error={wrong('description')} onChange={(description) => change({ description })} />
          </div>
        </>
      )}
    </Panel>
  );
}

/** Which types it leads from and to, as one line. */
function Picture({ relation }: { relation: ShownRelation }) {
  const { language } = useSettings();
  const { shown } = useDesigner();
  const types = ({ types: names }: EndDefinition) =>
    names.map((name) => {
      const type = typeOf(shown, name);
      return <Pill key={name} tone="line" dot={type?.color}><bdi>{type ? titled(type, language, 'one') : name}</bdi></Pill>;
    });
  return (
    <div className="model-picture">
      <span>{types(relation.source)}</span>
      <i aria-hidden="true" className="model-turn">{relation.symmetric ? '↔' : '→'}</i>
      <span>{types(relation.target)}</span>
    </div>
  );
}

interface EndProps {
  relation: ShownRelation;
  which: 'source' | 'target';
  wrong: (attribute: string) => string | undefined;
}

function End({ relation, which, wrong }: EndProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { edit, shown } = useDesigner();
  const end = relation[which];
  const change = (part: Partial<EndDefinition>): void =>
    edit(`${relation.name} ${which} ${Object.keys(part).join()}`, (draft) => {
      const once = changeEnd(draft, relation.name, which, part);
      return relation.symmetric ? changeEnd(once, relation.name, 'target', part) : once;
    });
  const toggled = (name: string): string[] => (end.types.includes(name) ? end.types.filter((each) => each !== name) : [...end.types, name]);
  return (
    <fieldset className="model-texts">
      <legend>{relation.symmetric ? t('model:end.both') : t(`model:end.${which}`)}</legend>
      <div className="model-chips" role="group" aria-label={t('model:end.types')}>
        {shown.types.filter((type) => type.state !== 'dropped').map((type) => (
          <Fragment key={type.name}>
            <button type="button" aria-pressed={end.types.includes(type.name)} onClick={() => change({ types: toggled(type.name) })}>
              <bdi>{titled(type, language, 'one')}</bdi>
            </button>
          </Fragment>
        ))}
      </div>
      {wrong(`${which}.types`) && <p className="model-wrong" role="alert">{wrong(`${which}.types`)}</p>}
      <TextsEditor counted legend={t('model:end.labels')} note={t('model:end.labelsSay')} texts={end.labels} onChange={(labels) => change({ labels })} />
      <div className="model-pair">
        <TextInput size="xs" dir="ltr" label={t('model:end.field')} value={end.field} error={wrong(`${which}.field`)} onChange={(event) => change({ field: event.currentTarget.value.trim() })} />
        <NativeSelect
          size="xs"
          label={t('model:end.most')}
          value={end.most === null ? '' : String(end.most)}
          data={[{ value: '', label: t('model:end.any') }, ...mostChoices(end.most).map((each) => ({ value: String(each), label: String(each) }))]}
          error={wrong(`${which}.most`)}
          onChange={(event) => change({ most: event.currentTarget.value ? Number(event.currentTarget.value) : null })}
        />
      </div>
      <NativeSelect
        size="xs"
        label={t('model:end.onDelete')}
        value={end.onDelete}
        data={ON_DELETE.map((each) => ({ value: each, label: t(`model:onDelete.${each}`) }))}
        onChange={(event) => change({ onDelete: event.currentTarget.value as OnDelete })}
      />
    </fieldset>
  );
}

const mostChoices = (now: number | null): number[] => [...new Set([1, 2, 3, 5, 10, ...(now === null ? [] : [now])])].sort((a, b) => a - b);
