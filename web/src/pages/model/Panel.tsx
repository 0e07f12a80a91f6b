import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowBackUp, IconDots, IconList, IconTrash, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { onEscape } from '@/lib/onEscape';
import { useSettings } from '@/lib/useSettings';
import { Pill } from '@/ui/Pill';
import { tell } from '@/ui/toasts';
import { titled } from './design';
import { useDesigner } from './designer';
import { dropOwner, keepOwner, type Owner, type ShownRelation, type ShownType } from './draft';
import { back } from './store';

interface Props {
  owner: Owner;
  one: ShownType | ShownRelation;
  sign: ReactNode;
  /** The form of its label that names it. */
  form: 'one' | 'other';
  children: ReactNode;
}

/** What belongs to one type or relation, beside the picture; on a phone in its place. */
export function Panel({ owner, one, sign, form, children }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { edit, show } = useDesigner();
  const title = titled(one, language, form);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => void head.current?.focus({ preventScroll: true }), [owner.name]);

  function remove(): void {
    edit(`drop ${owner.name}`, (draft) => dropOwner(draft, owner));
    if (one.state === 'made') show({ type: undefined, relation: undefined });
    tell(t('model:removed', { name: title }), { label: t('app:undo'), run: back });
  }

  return (
    <aside className="model-panel" aria-label={title} onKeyDown={onEscape(() => show({ type: undefined, relation: undefined, field: undefined }))}>
      <header className="model-panel-head">
        {sign}
        <div className="model-row-words">
          <h2 ref={head} tabIndex={-1} className="cut"><bdi>{title}</bdi></h2>
          <small className="cut"><code dir="ltr">{one.name}</code></small>
        </div>
        {one.state !== 'kept' && <Pill tone={one.state === 'dropped' ? 'bad' : 'plain'}>{t(`model:state.${one.state}`)}</Pill>}
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('model:more', { name: title })}><IconDots size={17} /></ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {owner.where === 'types' && one.state !== 'made' && (
              <Menu.Item leftSection={<IconList size={16} />} renderRoot={(props) => <Link to="/t/$type" params={{ type: one.name }} {...props} />}>
                {t('model:openList')}
              </Menu.Item>
            )}
            <Menu.Item color="var(--x-bad)" leftSection={<IconTrash size={16} />} disabled={one.state === 'dropped'} onClick={remove}>{t('model:remove')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('model:close')} onClick={() => show({ type: undefined, relation: undefined, field: undefined })}>
          <IconX size={17} />
        </ActionIcon>
      </header>
      {one.state === 'dropped' ? (
        <div className="model-gone">
          <p>{t(`model:gone.${owner.where}`)}</p>
          <Button size="xs" variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={() => edit('keep', (draft) => keepOwner(draft, owner))}>{t('model:keep')}</Button>
        </div>
      ) : (
        children
      )}
    </aside>
  );
}
