/** The same in React: a record, its drawing, and what was picked in it. */
import { Xrm360, XrmGraph, type XrmProps, type XrmRecord } from '@xrm/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

const given = new URLSearchParams(location.search);
const src = given.get('xrm') ?? 'http://127.0.0.1:8000';
const token = async (): Promise<string> => (await fetch('/token', { method: 'POST' })).text();

function Portal() {
  const [record, setRecord] = useState(given.get('record') ?? '');
  const [picked, setPicked] = useState<XrmRecord | null>(null);
  const open: XrmProps['onOpen'] = ({ id }, event) => {
    event.preventDefault();
    setRecord(id);
  };
  return (
    <main>
      <h1>Harbour portal</h1>
      <Xrm360 src={src} record={record} token={token} parts={['health', 'details']} onOpen={open} />
      <XrmGraph src={src} record={record} token={token} hops={1} onSelect={setPicked} onOpen={open} />
      <p role="status">{picked && `Picked: ${picked.title}`}</p>
    </main>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Portal />);
