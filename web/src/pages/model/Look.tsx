import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { titled, type Step, type TypeAttributes } from './design';
import { useDesigner, wrongAt } from './designer';
import { changeType, type Owner, type ShownType } from './draft';
import { IconChooser, ColorChooser } from './Choosers';
import { kindShown } from './kinds';
import { TextsEditor } from './TextsEditor';

/** How a type is called and shown: names, icon, colour, display text, order, keys. */
export function Look({ type }: { type: ShownType }) {
  const { t } = useTranslation();
  const { edit, problems } = useDesigner();
  const owner: Owner = { where: 'types', name: type.name };
  const wrong = (attribute: string): string | undefined => wrongAt(problems, owner, undefined, attribute);
  const change = (attributes: Partial<TypeAttributes>): void =>
    edit(`${type.name} ${Object.keys(attributes).join()}`, (draft) => changeType(draft, type.name, attributes));
  return (
    <div className="model-editor">
      <TextsEditor counted legend={t('model:labels')} note={t('model:labelsSay')} texts={type.labels} error={wrong('labels')} onChange={(labels) => change({ labels })} />
      <div className="model-pair">
        <IconChooser icon={type.icon} color={type.color} onChange={(icon) => change({ icon })} />
        <ColorChooser color={type.color} onChange={(color) => change({ color })} />
      </div>
      <Display type={type} error={wrong('display')} onChange={(display) => change({ display })} />
      <Order type={type} error={wrong('order')} onChange={(order) => change({ order })} />
      <NaturalKeys type={type} error={wrong('naturalKeys')} onChange={(naturalKeys) => change({ naturalKeys })} />
      <TextsEditor legend={t('model:description')} texts={type.description} error={wrong('description')} onChange={(description) => change({ description })} />
      <TextInput size="xs" dir="ltr" label={t('model:plural')} description={t('model:pluralSays')} value={type.plural} error={wrong('plural')} onChange={(event) => change({ plural: event.currentTarget.value.trim() })} />
      <TextInput size="xs" label={t('model:deprecated')} description={t('model:deprecatedSays')} value={type.deprecated ?? ''} error={wrong('deprecated')} onChange={(event) => change({ deprecated: event.currentTarget.value || null })} />
    </div>
  );
}

interface PartProps<T> {
  type: ShownType;
  error: string | undefined;
  onChange: (value: T) => void;
}

const live = (type: ShownType) => type.fields.filter((field) => field.state !== 'dropped');

/** The text that a record is told by, made of its fields. */
function Display({ type, error, onChange }: PartProps<string>) {
  const { t } = useTranslation();
  const { language } = useSettings();
  return (
    <div>
      <TextInput size="xs" dir="ltr" label={t('model:display')} description={t('model:displaySays')} value={type.display} error={error} onChange={(event) => onChange(event.currentTarget.value)} />
      <div className="model-chips">
        {live(type).filter((field) => field.kind !== 'longText').map((field) => (
          <button key={field.name} type="button" onClick={() => onChange(`${type.display} {${field.name}}`.trim())}>
            <IconPlus size={12} aria-hidden="true" />
            <bdi>{titled(field, language)}</bdi>
          </button>
        ))}
      </div>
    </div>
  );
}

function Order({ type, error, onChange }: PartProps<Step[]>) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const sortable = live(type).filter((field) => kindShown(field.kind).sortable);
  const data = sortable.map((field) => ({ value: field.name, label: titled(field, language) }));
  const put = (place: number, step: Step): void => onChange(type.order.map((each, at) => (at === place ? step : each)));
  const free = sortable.find((field) => !type.order.some((step) => step.field === field.name));
  return (
    <fieldset className="model-texts">
      <legend>{t('model:order.title')}</legend>
      {type.order.map((step, place) => (
        <div key={step.field} className="model-add">
          <NativeSelect size="xs" aria-label={t('model:order.field')} value={step.field} data={data} onChange={(event) => put(place, { ...step, field: event.currentTarget.value })} />
          <NativeSelect
            size="xs"
            aria-label={t('model:order.direction')}
            value={step.direction}
            data={[{ value: 'asc', label: t('model:order.asc') }, { value: 'desc', label: t('model:order.desc') }]}
            onChange={(event) => put(place, { ...step, direction: event.currentTarget.value })}
          />
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('model:order.remove')} onClick={() => onChange(type.order.filter((_, at) => at !== place))}><IconX size={15} /></ActionIcon>
        </div>
      ))}
      {free && <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => onChange([...type.order, { field: free.name, direction: 'asc' }])}>{t('model:order.add')}</Button>}
      {error && <p className="model-wrong" role="alert">{error}</p>}
    </fieldset>
  );
}

/** Sets of fields by which imports find the same record again. */
function NaturalKeys({ type, error, onChange }: PartProps<string[][]>) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const fields = live(type).filter((field) => kindShown(field.kind).sortable);
  const toggled = (key: readonly string[], name: string): string[] => (key.includes(name) ? key.filter((each) => each !== name) : [...key, name]);
  return (
    <fieldset className="model-texts">
      <legend>{t('model:keys.title')}</legend>
      <p className="model-note">{t('model:keys.says')}</p>
      {type.naturalKeys.map((key, place) => (
        <div key={place} className="model-key">
          <div className="model-chips">
            {fields.map((field) => (
              <button key={field.name} type="button" aria-pressed={key.includes(field.name)} onClick={() => onChange(type.naturalKeys.map((each, at) => (at === place ? toggled(key, field.name) : each)))}>
                <bdi>{titled(field, language)}</bdi>
              </button>
            ))}
          </div>
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('model:keys.remove')} onClick={() => onChange(type.naturalKeys.filter((_, at) => at !== place))}><IconX size={15} /></ActionIcon>
        </div>
      ))}
      {fields[0] && <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => onChange([...type.naturalKeys, [fields[0]!.name]])}>{t('model:keys.add')}</Button>}
      {error && <p className="model-wrong" role="alert">{error}</p>}
    </fieldset>
  );
}
