// A service that does not always feel like it, for the guide on failures. PORT chooses another port than 3000.
import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 3000);
let mood = 'good';
let calls = 0;

createServer((request, response) => {
  const [, , what, wanted] = request.url.split('/');
  if (what === 'mood') {
    [mood, calls] = [wanted, 0];
    return response.end(`${mood}\n`);
  }
  calls += 1;
  if (mood === 'bad' || (mood === 'moody' && calls % 2 === 1)) {
    response.writeHead(503);
    return response.end('not now\n');
  }
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ dish: what, calls }));
}).listen(port, '127.0.0.1', () => console.log(`moody on http://127.0.0.1:${port}/v1/menu`));
