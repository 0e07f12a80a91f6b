import { useTranslation } from 'react-i18next';
import { TypeSign } from '@/graph/Legend';
import { otherEnd, type Scene, type SceneLink, type SceneRecord } from '@/graph/scene';
import { useFormat, useSettings } from '@/lib/useSettings';
import { relationNamed, useModel, type Model } from '@/meta/model';

const MOST = 100;

/** Whom a record is linked with on the drawing, and how: the way over it by keyboard. */
export function Neighbours({ id, scene, links, onPick }: { id: string; scene: Scene; links: readonly SceneLink[]; onPick: (id: string) => void }) {
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
  onPick: (id: string) => void;
}

function Row({ record, word, count, onPick }: RowProps) {
  const format = useFormat();
  return (
    <button type="button" className="graph-row" onClick={() => onPick(record.id)}>
      <TypeSign type={record.type} />
      <span className="cut grow" dir="auto">{record.title}</span>
      {word && <small className="cut" dir="ltr"><bdi>{word}</bdi></small>}
      {count !== undefined && <bdi className="num muted">{format.number(count)}</bdi>}
    </button>
  );
}

Neighbours.Row = Row;
