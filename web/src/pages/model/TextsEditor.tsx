import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, NAMES, type Language } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import type { Texts } from './design';

interface Props {
  legend: string;
  note?: string;
  texts: Texts;
  /** Whether the words are counted: then every plural form of a language has its own. */
  counted?: boolean;
  error?: string | undefined;
  onChange: (texts: Texts) => void;
}

const FORMS: Record<Language, readonly string[]> = {
  en: ['one', 'other'],
  ru: ['one', 'few', 'many', 'other'],
  fa: ['one', 'other'],
};

function withText(texts: Texts, language: Language, form: string, text: string): Texts {
  const forms = { ...texts[language], [form]: text };
  const filled = Object.fromEntries(Object.entries(forms).filter(([, each]) => each));
  const others = Object.fromEntries(Object.entries(texts).filter(([each]) => each !== language));
  return Object.keys(filled).length ? { ...others, [language]: filled } : others;
}

/** A label or a text in every language, the reader's own first. */
export function TextsEditor({ legend, note, texts, counted = false, error, onChange }: Props) {
  const { t } = useTranslation();
  const { language: own } = useSettings();
  const languages = [own, ...LANGUAGES.filter((each) => each !== own)];
  return (
    <fieldset className="model-texts">
      <legend>{legend}</legend>
      {note && <p className="model-note">{note}</p>}
      {languages.map((language) => (
        <div key={language} className="model-text-row">
          <span lang={language}>{NAMES[language]}</span>
          <div className="model-forms">
            {(counted ? FORMS[language] : ['other']).map((form) => (
              <TextInput
                key={form}
                size="xs"
                lang={language}
                dir={language === 'fa' ? 'rtl' : 'ltr'}
                aria-label={`${legend}: ${NAMES[language]}${counted ? `, ${t(`model:form.${form}`)}` : ''}`}
                description={counted ? t(`model:form.${form}`) : undefined}
                value={texts[language]?.[form] ?? ''}
                onChange={(event) => onChange(withText(texts, language, form, event.currentTarget.value))}
              />
            ))}
          </div>
        </div>
      ))}
      {error && <p className="model-wrong" role="alert">{error}</p>}
    </fieldset>
  );
}
