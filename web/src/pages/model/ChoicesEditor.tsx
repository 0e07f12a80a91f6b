import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, NAMES, type Language } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { labelIn } from './choicesIn';
import type { ChoiceDefinition } from './design';
import { fieldName, small, untaken } from './naming';

interface Props {
  choices: readonly ChoiceDefinition[];
  error: string | undefined;
  onChange: (choices: ChoiceDefinition[]) => void;
}

function relabelled(choice: ChoiceDefinition, language: Language, text: string): ChoiceDefinition {
  const others = Object.fromEntries(Object.entries(choice.labels ?? {}).filter(([each]) => each !== language));
  return { ...choice, labels: text ? { ...others, [language]: { other: text } } : others };
}

const swapped = (all: readonly ChoiceDefinition[], place: number, other: number): ChoiceDefinition[] =>
  all.map((each, at) => (at === place ? all[other]! : at === other ? all[place]! : each));

/** The choices of a field, in their order, with their words in one language at a time. */
export function ChoicesEditor({ choices, error, onChange }: Props) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<Language>(useSettings().language);
  const [wish, setWish] = useState('');

  function add(): void {
    const text = wish.trim();
    if (!text) return;
    const value = untaken(fieldName(text) || 'choice', choices.map((each) => each.value));
    onChange([...choices, { value, labels: { [language]: { other: small(text) } } }]);
    setWish('');
  }

  const change = (place: number, choice: ChoiceDefinition): void => onChange(choices.map((each, at) => (at === place ? choice : each)));
  return (
    <fieldset className="model-texts">
      <legend>{t('model:choices.title')}</legend>
      <SegmentedControl
        size="xs"
        aria-label={t('model:choices.language')}
        value={language}
        data={LANGUAGES.map((each) => ({ value: each, label: NAMES[each] }))}
        onChange={setLanguage}
      />
      <ul className="model-choices">
        {choices.map((choice, place) => (
          <li key={choice.value}>
            <input
              type="color"
              aria-label={t('model:choices.color', { choice: choice.value })}
              value={choice.color ?? '#94a3b8'}
              onChange={(event) => change(place, { ...choice, color: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              lang={language}
              dir={language === 'fa' ? 'rtl' : 'ltr'}
              aria-label={t('model:choices.label', { choice: choice.value })}
              value={labelIn(choice, language)}
              placeholder={choice.value}
              onChange={(event) => change(place, relabelled(choice, language, event.currentTarget.value))}
            />
            <code dir="ltr" className="cut">{choice.value}</code>
            <ActionIcon variant="subtle" color="gray" size={28} disabled={place === 0} aria-label={t('model:choices.up', { choice: choice.value })} onClick={() => onChange(swapped(choices, place, place - 1))}>
              <IconArrowUp size={15} />
            </ActionIcon>
            <ActionIcon variant="subtle" color="gray" size={28} disabled={place === choices.length - 1} aria-label={t('model:choices.down', { choice: choice.value })} onClick={() => onChange(swapped(choices, place, place + 1))}>
              <IconArrowDown size={15} />
            </ActionIcon>
            <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('model:choices.remove', { choice: choice.value })} onClick={() => onChange(choices.filter((_, at) => at !== place))}>
              <IconX size={15} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <div className="model-add">
        <TextInput
          size="xs"
          aria-label={t('model:choices.new')}
          placeholder={t('model:choices.new')}
          value={wish}
          onChange={(event) => setWish(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} disabled={!wish.trim()} onClick={add}>{t('model:add')}</Button>
      </div>
      {error && <p className="model-wrong" role="alert">{error}</p>}
    </fieldset>
  );
}
