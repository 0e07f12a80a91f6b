import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import type { Condition, Linked, Operator } from '@/meta/filters';
import { digits } from '@/meta/kinds/number';
import { heading, typeNamed, useModel, type EntityType, type Side } from '@/meta/model';
import { ConditionEditor } from './ConditionEditor';
import { useConditionWords } from './useConditionWords';

interface Props {
  side: Side;
  operator: Operator;
  value: Linked;
  onChange: (value: Linked) => void;
}

/** What is asked of the records that a relation leads to, and of how many of them. */
export function LinkedOperand({ side, operator, value, onChange }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { data: model } = useModel();
  const far = typeNamed(model, value.type);
  const types = side.types.flatMap((name) => typeNamed(model, name) ?? []);
  const bound = (name: 'least' | 'most') => (
    <TextInput
      size="sm"
      inputMode="numeric"
      label={t(`list:relation.${name}`)}
      value={value[name] ?? ''}
      onChange={(event) => onChange({ ...value, [name]: digits(event.currentTarget.value).replace(/\D/g, '') })}
    />
  );
  return (
    <>
      {operator === 'count' && <div className="condition-numbers">{bound('least')}{bound('most')}</div>}
      {types.length > 1 && (
        <NativeSelect
          size="sm"
          label={t('list:relation.type')}
          value={value.type}
          data={types.map((type) => ({ value: type.name, label: heading(type.label, language) }))}
          onChange={(event) => onChange({ ...value, type: event.currentTarget.value, conditions: [] })}
        />
      )}
      {far && <Inner key={far.name} type={far} conditions={value.conditions} change={(conditions) => onChange({ ...value, conditions })} />}
    </>
  );
}

interface InnerProps {
  type: EntityType;
  conditions: Condition[];
  change: (conditions: Condition[]) => void;
}

function Inner({ type, conditions, change }: InnerProps) {
  const { t } = useTranslation();
  const words = useConditionWords(type);
  const [adding, setAdding] = useState(false);
  return (
    <div className="condition-inner">
      {conditions.map((condition, place) => (
        <span key={`${condition.field} ${place}`} className="filter-chip">
          <span className="cut">{words(condition)}</span>
          <ActionIcon size={22} variant="subtle" color="gray" aria-label={t('list:filter.drop', { words: words(condition) })} onClick={() => change(conditions.filter((_, at) => at !== place))}>
            <IconX size={13} />
          </ActionIcon>
        </span>
      ))}
      {adding ? (
        <ConditionEditor type={type} done={(condition) => (setAdding(false), change([...conditions, condition]))} />
      ) : (
        <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
          {t('list:relation.add')}
        </Button>
      )}
    </div>
  );
}
