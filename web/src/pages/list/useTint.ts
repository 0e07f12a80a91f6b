import { useSettings } from '@/lib/useSettings';
import { choiceLabel, type EntityType, type Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { hueOf } from '@/ui/hues';
import { fieldsFor } from './layouts';

/** The choice that colours records where they are laid out in time or space. */
export const tintField = (type: EntityType): Field | undefined =>
  fieldsFor(type, 'board').find((field) => field.options.choices?.some((choice) => choice.color));

/** A record's colour, and in words what it says. */
export function useTint(row: Row, tint: Field | undefined): { hue: string; words: string } {
  const { language } = useSettings();
  const choice = tint?.options.choices?.find((each) => each.value === row[tint.name]);
  return { hue: choice?.color ?? hueOf(row.id), words: choice ? choiceLabel(choice, language) : '' };
}
