// npm's cloudevents as a producer and a reader: node cloudevents.mjs URL API_KEY. Prints what it got as one line of JSON.
import { CloudEvent, HTTP } from 'cloudevents';

const [url, key] = process.argv.slice(2);
const send = async ({ headers, body }) => {
  const response = await fetch(url, { method: 'POST', headers: { ...headers, 'X-API-Key': key }, body });
  return { status: response.status, ...(await response.json()) };
};
const order = (id, more = {}) => new CloudEvent({ id, source: '/orders', type: 'order.created', subject: 'ord_1', time: '2026-01-02T03:04:05.000Z', data: { total: 12.5, name: 'Größe' }, ...more });
const sent = {
  binary: await send(HTTP.binary(order('binary', { sampledrate: 3, comexample: 'x' }))),
  structured: await send(HTTP.structured(order('structured'))),
  text: await send(HTTP.binary(order('text', { datacontenttype: 'text/plain', data: 'plain words' }))),
  bytes: await send(HTTP.structured(order('bytes', { datacontenttype: 'application/octet-stream', data: Buffer.from([0, 1, 255]) }))),
  batch: await send({ headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify([order('b1'), order('b2'), order('binary')]) }),
};
const page = await (await fetch(`${url}?after=0`, { headers: { 'X-API-Key': key } })).json();
const read = HTTP.toEvent({ headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(page.events) });
console.log(JSON.stringify({ sent, next: page.next, read: read.map((event) => (event.validate(), { ...event.toJSON(), data: event.data instanceof Uint8Array ? [...event.data] : event.data })) }));
