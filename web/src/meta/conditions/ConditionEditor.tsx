import { Button, NativeSelect } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { isWhole, QUANTIFIERS, type Condition, type Linked, type Operator } from '@/meta/filters';
import { isKnown, kindOf } from '@/meta/kinds';
import { heading, type EntityType } from '@/meta/model';
import { LinkedOperand } from './LinkedOperand';
import { Operand } from './Operand';

interface Props {
  type: EntityType;
  condition?: Condition;
  done: (condition: Condition) => void;
}

/** How something of a type can be compared: a field as its kind is, a relation by the records it leads to. */
function comparing(type: EntityType, name: string): readonly Operator[] {
  const field = type.fields.find((each) => each.name === name);
  return field ? kindOf(field).operators : QUANTIFIERS;
}

function emptyOf(type: EntityType, name: string): Linked | undefined {
  const side = type.relations.find((each) => each.name === name);
  return side && { type: side.types[0] ?? '', conditions: [] };
}

/** A field or a relation, how it is compared, and with what; a relation's records have conditions of their own, to any depth. */
export function ConditionEditor({ type, condition, done }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const fields = type.fields.filter(isKnown);
  const [name, setName] = useState(condition?.field ?? fields[0]?.name ?? type.relations[0]?.name ?? '');
  const [operator, setOperator] = useState<Operator>(condition?.operator ?? comparing(type, name)[0] ?? 'is');
  const [value, setValue] = useState<unknown>(condition ? condition.value : emptyOf(type, name));
  const field = fields.find((each) => each.name === name);
  const side = field ? undefined : type.relations.find((each) => each.name === name);
  const made: Condition = { field: name, operator, value };

  function choose(next: string): void {
    setName(next);
    setOperator(comparing(type, next)[0] ?? 'is');
    setValue(emptyOf(type, next));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.defaultPrevented || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isWhole(made)) done(made);
  }

  const offered = (all: readonly { name: string; en: string; ru: string; fa: string }[]) => all.map((each) => ({ value: each.name, label: heading(each, language) }));
  const data = [
    { group: t('list:relation.fields'), items: offered(fields) },
    ...(type.relations.length ? [{ group: t('list:relation.relations'), items: offered(type.relations) }] : []),
  ];
  return (
    <div className="condition" role="group" onKeyDown={onKeyDown}>
      <NativeSelect size="sm" label={t('list:filter.field')} value={name} data={data} onChange={(event) => choose(event.currentTarget.value)} />
      <NativeSelect
        size="sm"
        label={t('list:filter.how')}
        value={operator}
        data={comparing(type, name).map((each) => ({ value: each, label: t(side ? `list:relation.${each}` : `list:operator.${each}`) }))}
        onChange={(event) => {
          setOperator(event.currentTarget.value as Operator);
          if (field) setValue(undefined);
        }}
      />
      {field && <Operand field={field} operator={operator} value={value} onChange={setValue} />}
      {side && <LinkedOperand side={side} operator={operator} value={value as Linked} onChange={setValue} />}
      <Button size="sm" disabled={!isWhole(made)} onClick={() => done(made)}>
        {t('list:filter.apply')}
      </Button>
    </div>
  );
}
