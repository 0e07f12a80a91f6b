import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import type { Around, Box, Condition, Range } from '@/meta/filters';
import { choiceLabel, heading, type EntityType, type Field } from '@/meta/model';

/** A condition in the reader's words: "Standing: any of customer, partner". */
export function useConditionWords(type: EntityType): (condition: Condition) => string {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();

  function one(value: unknown, field: Field): string {
    const text = String(value);
    if (field.kind === 'date' || field.kind === 'dateTime') return format.day(text);
    if (field.kind === 'boolean') return value ? t('app:yes') : t('app:no');
    const choice = field.options.choices?.find((each) => each.value === value);
    if (choice) return choiceLabel(choice, language);
    return /^-?\d+(\.\d+)?$/.test(text) ? format.number(text, 6) : text;
  }

  const place = (latitude: string, longitude: string): string => `\u2066${format.number(latitude, 3)}, ${format.number(longitude, 3)}\u2069`;

  function operand({ operator, value }: Condition, field: Field): string {
    if (operator === 'empty' || operator === 'filled') return '';
    if (operator === 'during') return t(`list:period.${String(value)}`);
    if (operator === 'between') return `${one((value as Range).from, field)} – ${one((value as Range).to, field)}`;
    if (operator === 'near') {
      const { latitude, longitude, km } = value as Around;
      return t('list:around', { km: format.number(km), place: place(latitude, longitude) });
    }
    if (operator === 'inBox') {
      const { south, west, north, east } = value as Box;
      return `${place(south, west)} – ${place(north, east)}`;
    }
    return Array.isArray(value) ? value.map((each) => one(each, field)).join(t('list:comma')) : one(value, field);
  }

  return (condition) => {
    const field = type.fields.find((each) => each.name === condition.field);
    if (!field) return condition.field;
    return `${heading(field, language)} ${t(`list:operator.${condition.operator}`)} ${operand(condition, field)}`.trim();
  };
}
