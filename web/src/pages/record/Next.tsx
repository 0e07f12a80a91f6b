import { Button } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { heading } from '@/meta/model';
import { useFormat, useSettings } from '@/lib/useSettings';
import { Card } from '@/ui/Card';
import { useLogging } from './logging';
import type { Action, View } from '@/meta/view360';

/** What is best done next, and why; each can be begun from here. */
export function Next({ view }: { view: View }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!view.actions.length) return null;
  return (
    <Card title={t('record:next.title')}>
      <ol className="next">
        {view.actions.map((action) => (
          <li key={action.code + action.text}>
            <IconBulb size={17} stroke={1.7} aria-hidden="true" className="warn" />
            <div>
              <span>{format.said(action.text)}</span>
              <div className="next-acts no-print">
                <Acts action={action} view={view} />
              </div>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Acts({ action, view }: { action: Action; view: View }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const go = useNavigate({ from: '/r/$id' });
  const { sorts, log } = useLogging();
  const contact = sorts.find((what) => what.role === 'contact');
  const task = sorts.find((what) => what.role === 'task');
  const day = typeof action.facts.on === 'string' ? { day: action.facts.on } : {};
  const others = action.records.filter(({ id }) => id !== view.record.id).slice(0, 2);
  return (
    <>
      {action.code === 'reconnect' && contact && (
        <Act onClick={() => log(contact)}>{t('form:new', { type: contact.type.label[language] })}</Act>
      )}
      {action.code === 'hold' && (
        <Act onClick={() => void go({ search: (before) => ({ ...before, tab: 'overview', path: 0 }), resetScroll: false })}>{t('record:next.path')}</Act>
      )}
      {action.code === 'widen' && (
        <Act onClick={() => void go({ search: (before) => ({ ...before, tab: 'relations' }) })}>{t('record:next.link')}</Act>
      )}
      {action.code !== 'finish' && task && (
        <Act onClick={() => log(task, { text: action.text, ...day })}>{t('record:next.task', { type: heading(task.type.label, language) })}</Act>
      )}
      {others.map((record) => (
        <Link key={record.id} to="/r/$id" params={{ id: record.id }} className="small-link cut" dir="auto">
          {record.title}
        </Link>
      ))}
    </>
  );
}

function Act({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <Button size="compact-sm" variant="default" onClick={onClick}>
      {children}
    </Button>
  );
}
