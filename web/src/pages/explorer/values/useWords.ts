import { useTranslation } from 'react-i18next';
import { useTypeName } from '@/graph/Legend';
import type { ValueFilter } from '@/graph/valueFilters';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel, type Field } from '@/meta/model';
import { toldOf, type Words } from './kinds';

export interface FilterWords {
  words: Words;
  fieldOf: (filter: ValueFilter) => Field | undefined;
  /** The type and the field. */
  nameOf: (filter: ValueFilter) => string;
  told: (filter: ValueFilter) => string;
}

/** Filters by values as they are told. */
export function useWords(): FilterWords {
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = useSettings();
  const typeName = useTypeName();
  const model = useModel();
  const words: Words = { format, language, t: (key, facts = {}) => t(`explorer:value.${key}`, facts) };
  const fieldOf = ({ type, field }: ValueFilter) => typeNamed(model.data, type)?.fields.find(({ name }) => name === field);
  return {
    words,
    fieldOf,
    nameOf: (filter) => {
      const field = fieldOf(filter);
      return `${typeName(filter.type)}: ${field ? heading(field, language) : filter.field}`;
    },
    told: (filter) => {
      const field = fieldOf(filter);
      return field ? toldOf(filter, field, words) : '';
    },
  };
}
