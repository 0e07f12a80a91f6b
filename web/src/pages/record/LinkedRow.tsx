import { ActionIcon, Menu } from '@mantine/core';
import { IconCalendarX, IconDots, IconPencil, IconUnlink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, typeNamed, useModel, type EntityType, type Field, type RelationType, type Side } from '@/meta/model';
import { Badge } from '@/ui/Badge';
import { tell } from '@/ui/toasts';
import { asFailure } from '@/api/failures';
import { useWords } from '@/ui/Fault';
import type { Fact } from './linked';
import { LinkEditor } from './LinkEditor';
import { useLinkChange, type LinkedEdge } from './useLinked';

interface Props {
  edge: LinkedEdge;
  type: EntityType;
  side: Side;
  id: string;
  relation: RelationType | undefined;
  says: readonly Field[];
  timed: boolean;
  facts: readonly Fact[];
  closed: boolean;
}

const SHOWN = 2;

export type Doing = 'edit' | 'end' | null;

/** One link: the record at its far end, what the link itself says, and what can be done with it. */
export function LinkedRow(props: Props) {
  const { edge, says, timed, closed } = props;
  const [doing, setDoing] = useState<Doing>(null);
  const [gone, setGone] = useState(false);
  if (gone) return null;
  return (
    <li>
      <div className="linked-row">
        <Far {...props} />
        {says.map((field) => {
          const { Cell } = kindOf(field);
          return <span key={field.name} className="linked-said"><Cell value={edge.link[field.name]} field={field} /></span>;
        })}
        {timed && <Held edge={edge} />}
        {!closed && <More {...props} onDo={setDoing} onGone={setGone} />}
      </div>
      {doing && <LinkEditor {...props} doing={doing} onClose={() => setDoing(null)} />}
    </li>
  );
}

function Far({ edge: { node }, facts, side }: Props) {
  const { language } = useSettings();
  const type = typeNamed(useModel().data, node.__typename);
  const says = (value: unknown): boolean => value != null && !node.displayName.includes(String(value));
  const shown = facts.filter((fact) => fact.type === node.__typename && says(node[fact.alias])).slice(0, SHOWN);
  return (
    <div className="linked-far">
      <Badge text={node.displayName} seed={node.id} size={30} />
      <div>
        <Link to="/r/$id" params={{ id: node.id }} className="plain-link cut" dir="auto">
          {node.displayName}
        </Link>
        <small>
          {side.types.length > 1 && type && <span>{heading(type.label, language)}</span>}
          {shown.map((fact) => {
            const { Cell } = kindOf(fact.field);
            return <span key={fact.alias} title={heading(fact.field, language)}><Cell value={node[fact.alias]} field={fact.field} /></span>;
          })}
        </small>
      </div>
    </div>
  );
}

/** Since when a link has held, and until when. */
function Held({ edge: { link } }: { edge: LinkedEdge }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { validFrom, validTo } = link;
  return (
    <span className="linked-said num">
      {validTo ? (
        <bdi>{validFrom ? `${format.day(validFrom)} – ` : ''}{format.day(validTo)}</bdi>
      ) : (
        validFrom && <bdi>{t('record:relations.since', { day: format.day(validFrom) })}</bdi>
      )}
    </span>
  );
}

function More({ edge, type, side, id, relation, timed, onDo, onGone }: Props & { onDo: (doing: Doing) => void; onGone: (gone: boolean) => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const { send } = useLinkChange(type, side, id);
  const name = edge.node.displayName;

  /** Off the list at once; the way back is offered, and taken by itself where the server refuses. */
  function unlink(): void {
    onGone(true);
    send(edge, { unlink: [{ linkId: edge.link.id }] }, t('record:relations.unlinked', { name }), () => onGone(false), (error) => {
      onGone(false);
      tell(words(asFailure(error)));
    });
  }

  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} className="linked-more no-print" aria-label={t('record:relations.more', { name })}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(relation?.fields.length || timed) && (
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onDo('edit')}>{t('record:relations.edit')}</Menu.Item>
        )}
        {timed && !edge.link.validTo && (
          <Menu.Item leftSection={<IconCalendarX size={15} />} onClick={() => onDo('end')}>{t('record:relations.end')}</Menu.Item>
        )}
        <Menu.Item leftSection={<IconUnlink size={15} />} onClick={unlink}>{t('record:relations.unlink')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
