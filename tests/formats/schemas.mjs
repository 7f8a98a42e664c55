// Files of other systems against the schemas of these: TAP on standard output.
// schemas.mjs FILE.sarif...: the schema is that of the standard, as a package from npm carries it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const folder = dirname(createRequire(import.meta.url).resolve('@microsoft/jest-sarif/package.json'));
const schema = JSON.parse(readFileSync(join(folder, 'lib/schemas/sarif-2.1.0-rtm.5.json')));
// a pattern in it is none of a strict engine
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(schema);

let count = 0, bad = 0;
function tell(name, faults) {
	count++;
	bad += faults.length > 0;
	console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${count} - ${name}`);
	for (const fault of faults.slice(0, 20)) console.log(`# ${fault.replaceAll('\n', ' ')}`);
}

function faultsOf(value) {
	return validate(value) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
}

// The standard says more than its schema: indices lead to what they name, ids of places are unique.
function strayIndices(run) {
	const faults = [];
	for (const [at, result] of run.results.entries()) {
		if (run.tool.driver.rules[result.ruleIndex]?.id !== result.ruleId)
			faults.push(`result ${at}: its rule is not at ${result.ruleIndex}`);
		const ids = result.relatedLocations.map((location) => location.id);
		if (new Set(ids).size !== ids.length) faults.push(`result ${at}: places with one id`);
		for (const flow of result.codeFlows ?? [])
			for (const thread of flow.threadFlows)
				if (thread.locations.length > 1000) faults.push(`result ${at}: a flow too long`);
	}
	return faults;
}

const broken = structuredClone(JSON.parse(readFileSync(process.argv[2])));
delete broken.runs[0].tool;
tell('a log without a tool is refused', faultsOf(broken).length > 0 ? [] : ['it is not']);
for (const file of process.argv.slice(2)) {
	const log = JSON.parse(readFileSync(file));
	tell(`${file.split('/').pop()} is SARIF`, [...faultsOf(log), ...log.runs.flatMap(strayIndices)]);
}
console.log(`1..${count}`);
process.exit(bad > 0 ? 1 : 0);
