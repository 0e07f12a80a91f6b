import { Button } from '@mantine/core';
import { IconArrowsLeftRight, IconPlus, IconRoute } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { textIn, titled } from './design';
import type { ModelSearch } from './asked';
import { sidesOf, useDesigner } from './designer';
import type { Owner, ShownType } from './draft';
import { FieldEditor } from './FieldEditor';
import { Fields } from './Fields';
import { Look } from './Look';
import { Panel } from './Panel';
import { Sign } from './Sign';

const PARTS = ['fields', 'relations', 'look'] as const;

export function TypePanel({ type, chosen }: { type: ShownType; chosen: ModelSearch }) {
  const { t } = useTranslation();
  const { show, shown } = useDesigner();
  const owner: Owner = { where: 'types', name: type.name };
  const part = chosen.part ?? 'fields';
  const field = type.fields.find((each) => each.name === chosen.field);
  const sides = sidesOf(shown, type.name);
  const taken = [...type.fields.map((each) => each.name), ...sides.map(({ relation, near }) => relation[near].field)];
  return (
    <Panel owner={owner} one={type} form="one" sign={<Sign icon={type.icon} color={type.color} />}>
      {field ? (
        <FieldEditor key={field.name} owner={owner} field={field} fields={type.fields} />
      ) : (
        <>
          <div className="model-tabs" role="group" aria-label={t('model:parts')}>
            {PARTS.map((each) => (
              <button key={each} type="button" aria-pressed={part === each} onClick={() => show({ part: each === 'fields' ? undefined : each })}>
                {t(`model:part.${each}`)}
              </button>
            ))}
          </div>
          {part === 'fields' && <Fields owner={owner} fields={type.fields} taken={taken} />}
          {part === 'relations' && <Relations type={type} />}
          {part === 'look' && <Look type={type} />}
        </>
      )}
    </Panel>
  );
}

/** The relations of a type, each as its records know it. */
function Relations({ type }: { type: ShownType }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { shown, show } = useDesigner();
  const sides = sidesOf(shown, type.name);
  const nameOf = (name: string): string => {
    const found = shown.types.find((each) => each.name === name);
    return found ? titled(found, language, 'one') : name;
  };
  return (
    <>
      {sides.length === 0 && <p className="model-note">{t('model:noRelations')}</p>}
      <ul className="model-rows">
        {sides.map(({ relation, near }) => {
          const far = near === 'source' ? relation.target : relation.source;
          const Mark = relation.symmetric ? IconArrowsLeftRight : IconRoute;
          return (
            <li key={`${relation.name} ${near}`}>
              <button type="button" className="model-row" data-state={relation.state} onClick={() => show({ type: undefined, relation: relation.name, part: undefined })}>
                <Mark size={16} stroke={1.6} aria-hidden="true" />
                <span className="model-row-words">
                  <b className="cut" dir="auto">{textIn(relation[near].labels, language) || relation[near].field}</b>
                  <small className="cut">{far.types.map(nameOf).join(t('model:comma'))}</small>
                </span>
                <small className="muted">{relation[near].most === 1 ? t('model:end.one') : t('model:end.many')}</small>
              </button>
            </li>
          );
        })}
      </ul>
      <div className="model-add">
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => show({ ask: 'relation' })}>{t('model:newRelation')}</Button>
      </div>
    </>
  );
}
