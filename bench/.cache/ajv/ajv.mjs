// Times JSON.parse and ajv from raw bytes: node ajv.mjs SCHEMA BODY SECONDS. The last line is the microseconds of one value.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.cwd()}/`);
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats');

const [schemaFile, bodyFile, seconds] = process.argv.slice(2);
const ajv = new Ajv();
addFormats(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schemaFile, 'utf8')));
const body = fs.readFileSync(bodyFile);

function run(milliseconds) {
  const started = process.hrtime.bigint();
  const end = started + BigInt(Math.round(milliseconds * 1e6));
  let values = 0;
  let now = started;
  while (now < end) {
    for (let i = 0; i < 100; i++) {
      if (!validate(JSON.parse(body.toString('utf8')))) throw new Error(JSON.stringify(validate.errors));
    }
    values += 100;
    now = process.hrtime.bigint();
  }
  return Number(now - started) / 1000 / values;
}

run(1000);
console.log(run(Number(seconds) * 1000));
