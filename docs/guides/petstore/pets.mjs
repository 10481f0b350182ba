// The service of the guide: a store of pets that knows nothing of Headgate. PORT chooses another port than 3000.
import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 3000);
const pets = [{ id: '1', name: 'Rex', tag: 'dog' }, { id: '2', name: 'Tom', tag: 'cat' }];

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function textOf(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

async function create(request, response) {
  if (request.headers['x-store-key'] !== 'sesame') return answer(response, 401, { message: 'The store key is missing.' });
  const pet = { id: String(pets.length + 1), ...JSON.parse(await textOf(request)) };
  pets.push(pet);
  answer(response, 201, pet);
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://store');
  const [, , , id, story] = url.pathname.split('/');
  if (request.method === 'POST') return create(request, response);
  if (story) return setTimeout(() => response.end('Long ago and far away…\n'), 3000);
  if (!id) return answer(response, 200, pets.filter((pet) => !url.searchParams.has('tag') || pet.tag === url.searchParams.get('tag')));
  const pet = pets.find((one) => one.id === id);
  answer(response, pet ? 200 : 404, pet ?? { message: `No pet ${id}.` });
}).listen(port, '127.0.0.1', () => console.log(`pets on http://127.0.0.1:${port}/v1/pets`));
