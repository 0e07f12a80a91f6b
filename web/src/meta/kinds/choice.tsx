import { Checkbox, Group, NativeSelect } from '@mantine/core';
import { useSettings } from '@/lib/useSettings';
import { choiceLabel, type Choice, type Field } from '@/meta/model';
import { Pill } from '@/ui/Pill';
import { asItIs, inputOf, orNothing, type CellProps, type EditorProps, type Kind } from './kind';

const choicesOf = (field: Field): Choice[] => field.options.choices ?? [];

function One({ value, field }: CellProps) {
  const { language } = useSettings();
  const choice = choicesOf(field).find((each) => each.value === value);
  if (value === null || value === undefined) return null;
  return <Pill dot={choice?.color}>{choice ? choiceLabel(choice, language) : String(value)}</Pill>;
}

function Several({ value, field }: CellProps) {
  return (
    <span className="pills">
      {((value as string[] | null) ?? []).map((each) => (
        <One key={each} value={each} field={field} />
      ))}
    </span>
  );
}

function ChoiceEditor(props: EditorProps) {
  const { language } = useSettings();
  const data = choicesOf(props.field).map((each) => ({ value: each.value, label: choiceLabel(each, language) }));
  return (
    <NativeSelect
      {...inputOf(props)}
      value={String(props.value ?? '')}
      data={[{ value: '', label: '–' }, ...data]}
      onChange={(event) => props.onChange(event.currentTarget.value || null)}
    />
  );
}

function SeveralEditor(props: EditorProps) {
  const { language } = useSettings();
  return (
    <Checkbox.Group {...inputOf(props)} value={(props.value as string[] | null) ?? []} onChange={props.onChange}>
      <Group gap={14} mt={6}>
        {choicesOf(props.field).map((each) => (
          <Checkbox key={each.value} size="xs" value={each.value} label={choiceLabel(each, language)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

export const choice: Kind = {
  width: 150,
  sortable: true,
  operators: ['anyOf', 'noneOf', 'empty', 'filled'],
  select: asItIs,
  Cell: One,
  Editor: ChoiceEditor,
  sent: orNothing,
};
export const multiChoice: Kind = { ...choice, operators: ['anyOf', 'empty', 'filled'], width: 200, sortable: false, Cell: Several, Editor: SeveralEditor };
