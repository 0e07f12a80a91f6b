import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TypeSign } from '@/graph/Legend';
import { otherEnd, type Scene, type SceneLink, type SceneRecord } from '@/graph/scene';
import { useFormat, useSettings } from '@/lib/useSettings';
import { relationNamed, useModel, type Model } from '@/meta/model';

const MOST = 100;

/** Whom a record is linked with on the drawing, and how: the way over it by keyboard. */
export function Neighbours({ id, scene, links, onPick }: { id: string; scene: Scene; links: readonly SceneLink[]; onPick: RowProps['onPick'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = useSettings();
  const model = useModel();
  const own = links.filter(({ source, target }) => source === id || target === id).sort((a, b) => b.weight - a.weight);
  return (
    <section aria-label={t('explorer:neighbours')}>
      <h2>
        {t('explorer:neighbours')} <small className="num">{format.number(own.length)}</small>
      </h2>
      {own.slice(0, MOST).map((link) => {
        const record = scene.records.get(otherEnd(link, id));
        const word = relationNamed(model.data, link.relation)?.[language] ?? link.relation;
        return record && <Row key={`${link.relation} ${link.source} ${link.target}`} record={record} word={wordsOf(link, id, word, model.data)} onPick={onPick} />;
      })}
    </section>
  );
}

/** Which way a link leads, as seen from one end. */
function wordsOf(link: SceneLink, id: string, word: string, model: Model | undefined): string {
  if (relationNamed(model, link.relation)?.symmetric) return word;
  return link.source === id ? `→ ${word}` : `← ${word}`;
}

interface RowProps {
  record: SceneRecord;
  word?: string;
  count?: number;
  /** `more`: beside who is chosen already. */
  onPick: (id: string, more: boolean) => void;
}

function Row({ record, word, count, onPick }: RowProps) {
  const format = useFormat();
  return (
    <button type="button" className="graph-row" onClick={(event) => onPick(record.id, event.shiftKey || event.ctrlKey || event.metaKey)}>
      <TypeSign type={record.type} many={record.members !== undefined} />
      <span className="cut grow" dir="auto">{record.title}</span>
      {word && <small className="cut" dir="ltr"><bdi>{word}</bdi></small>}
      {count !== undefined && <bdi className="num muted">{format.number(count)}</bdi>}
    </button>
  );
}

/** One that is drawn within a disc of several: a way to its page. */
function Member({ record }: { record: SceneRecord }) {
  return (
    <Link to="/r/$id" params={{ id: record.id }} className="graph-row">
      <TypeSign type={record.type} />
      <span className="cut grow" dir="auto">{record.title}</span>
    </Link>
  );
}

Neighbours.Row = Row;
Neighbours.Member = Member;
