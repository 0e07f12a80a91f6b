/** The few fields with which a record is begun: pure. */
import { isKnown } from '@/meta/kinds';
import { namingField, type EntityType, type Field } from '@/meta/model';

const MOST = 6;

/** The fields that a person may fill in. */
export const editable = (fields: readonly Field[]): Field[] => fields.filter((field) => !field.readOnly && isKnown(field));

/** What names it, what is required, those that are wanted by name, and a place for notes. */
export function briefly(type: EntityType, wanted: readonly (string | null)[] = []): Field[] {
  const naming = namingField(type)?.name;
  const fields = editable(type.fields);
  const notes = fields.find((field) => field.kind === 'longText');
  const brief = fields.filter((field) => field.name === naming || field.required || wanted.includes(field.name));
  return [...brief.filter((field) => field !== notes).slice(0, MOST), ...(notes ? [notes] : [])];
}
