/** The choices of a field with their words. Pure. */
import type { Language } from '@/lib/settings';
import type { ChoiceDefinition, FieldDefinition } from './design';

/** The label of a choice in one language; empty where it has none. */
export function labelIn(choice: ChoiceDefinition, language: Language): string {
  const given = choice.labels?.[language];
  return typeof given === 'string' ? given : (given?.other ?? '');
}

/** The choices of a field, each with its label in a language, else in English, else its value. */
export const choicesIn = (field: FieldDefinition, language: Language): { value: string; label: string }[] =>
  (field.options.choices ?? []).map((choice) => ({ value: choice.value, label: labelIn(choice, language) || labelIn(choice, 'en') || choice.value }));
