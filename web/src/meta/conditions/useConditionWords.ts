import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { isQuantifier, type Box, type Circle, type Condition, type Linked, type Range } from '@/meta/filters';
import { choiceLabel, heading, typeNamed, useModel, type EntityType, type Field } from '@/meta/model';

/** A condition in the reader's words: "Standing: any of customer, partner". */
export function useConditionWords(type: EntityType): (condition: Condition) => string {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const { data: model } = useModel();

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
      const { latitude, longitude, km } = value as Circle;
      return t('list:around', { km: format.number(km), place: place(latitude, longitude) });
    }
    if (operator === 'inBox') {
      const { south, west, north, east } = value as Box;
      return `${place(south, west)} – ${place(north, east)}`;
    }
    return Array.isArray(value) ? value.map((each) => one(each, field)).join(t('list:comma')) : one(value, field);
  }

  function linked(condition: Condition, from: EntityType): string {
    const side = from.relations.find((each) => each.name === condition.field);
    const { type: name, conditions, least, most } = condition.value as Linked;
    const far = typeNamed(model, name);
    if (!side || !far) return condition.field;
    const bounds = [least && `${t('list:relation.least')} ${format.number(least)}`, most && `${t('list:relation.most')} ${format.number(most)}`];
    const how = condition.operator === 'count' ? bounds.filter(Boolean).join(t('list:comma')) : t(`list:relation.${condition.operator}`);
    const asked = conditions.map((each) => wordsOf(each, far)).join(` ${t('list:relation.and')} `) || t('list:relation.any');
    return `${heading(side, language)}: ${how} ${asked}`;
  }

  function wordsOf(condition: Condition, of: EntityType): string {
    if (isQuantifier(condition.operator)) return linked(condition, of);
    const field = of.fields.find((each) => each.name === condition.field);
    if (!field) return condition.field;
    return `${heading(field, language)} ${t(`list:operator.${condition.operator}`)} ${operand(condition, field)}`.trim();
  }

  return (condition) => wordsOf(condition, type);
}
