// A reader's way through the pages of a server, in a real browser: TAP on standard output.
// browser.mjs URL FOLDER CHROMIUM: FOLDER has an export of the same history.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const [url, folder, executablePath] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate(new StaticConfigLoader({
	extends: ['html-validate:standard'],
	rules: {
		// a table that scrolls is a region one can reach with keys, and needs no heading
		'prefer-native-element': ['error', { exclude: ['region', 'search'] }],
		'long-title': 'off', // a title is that of the cause
		'no-redundant-role': 'error',
		'no-inline-style': 'error',
	},
}));
const readers = [
	{ name: 'a wide light screen', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
	{ name: 'a wide dark screen', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
	{ name: 'a light phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
	{ name: 'a dark phone', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
];

let count = 0, bad = 0;
function tell(name, faults) {
	count++;
	bad += faults.length > 0;
	console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${count} - ${name}`);
	for (const fault of faults.slice(0, 20)) console.log(`# ${fault.replaceAll('\n', ' ')}`);
}

// What a reader could stumble over on the page at hand.
async function lookAt(page, faults) {
	const where = page.url().replace(url, '/');
	await page.evaluate(axe);
	const found = await page.evaluate(() => window.axe.run());
	for (const violation of found.violations)
		faults.push(`${where}: ${violation.id}: ${violation.nodes[0].html.slice(0, 200)}`);
	if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth))
		faults.push(`${where}: wider than the screen`);
	if ((await page.locator('h1').count()) !== 1) faults.push(`${where}: not one h1`);
	const response = await page.request.get(page.url());
	const report = await validator.validateString(await response.text());
	for (const result of report.results)
		for (const message of result.messages)
			faults.push(`${where}:${message.line}: ${message.ruleId}: ${message.message}`);
}

// What was clicked leads to a URL for which WHERE holds, in its own time.
async function arrive(page, where, faults, fault) {
	await page.waitForURL(where, { timeout: 30000 }).catch(() => faults.push(fault));
}

async function readEvidence(page, faults) {
	await page.getByRole('heading', { level: 3 }).first().getByRole('link').click();
	await arrive(page, /\/incidents\//, faults, 'the first card leads to no incident');
	await lookAt(page, faults);
	const mark = page.locator('.map a', { hasText: /^E\d+$/ }).first();
	const id = await mark.textContent();
	await mark.click();
	await arrive(page, (at) => at.hash === `#${id}`, faults, `the mark ${id} leads elsewhere`);
	if (!(await page.locator(`figure:target[id="${id}"]`).isVisible()))
		faults.push(`${id} is not shown`);
	await page.locator('.map a', { hasText: 'Why 1' }).click();
	await arrive(page, (at) => at.hash === '#why-1', faults, 'why 1 leads elsewhere');
	if ((await page.locator('#why-1:target').count()) !== 1) faults.push('why 1 is not shown');
}

async function search(page, faults) {
	await page.getByRole('searchbox').fill('database manager');
	await page.getByRole('button', { name: 'Search' }).click();
	await arrive(page, (at) => at.pathname.endsWith('/search'), faults, 'nothing is searched');
	await lookAt(page, faults);
	await page.locator('.cards a').first().click();
	await arrive(page, /\/incidents\//, faults, 'a match leads to no incident');
}

async function compare(page, faults) {
	await page.getByRole('link', { name: 'Compare' }).click();
	await page.getByRole('button', { name: 'Compare' }).click();
	await page.locator('h1', { hasText: /^From run/ }).waitFor({ timeout: 30000 })
		.catch(() => faults.push('nothing is compared'));
	await lookAt(page, faults);
}

async function filter(page, faults) {
	await page.goto(url + 'incidents');
	await page.getByLabel('Layer').selectOption('database');
	await page.getByLabel('Since').fill('2020-01-31');
	await page.getByRole('button', { name: 'Filter' }).click();
	await arrive(page, (at) => at.search.includes('layer=database'), faults, 'nothing is filtered');
	await lookAt(page, faults);
	if (await page.locator('.rows tbody tr').count() !== 1) faults.push('the filter leaves not one');
	if (await page.getByLabel('Layer').inputValue() !== 'database') faults.push('the filter is forgotten');
	await page.getByRole('link', { name: 'All incidents' }).click();
	await arrive(page, (at) => at.search === '', faults, 'the filter stays');
}

async function progress(page, faults) {
	await page.getByRole('link', { name: 'Progress' }).click();
	await page.getByLabel('Label').selectOption('run 2 <b>');
	await page.getByRole('button', { name: 'Show' }).click();
	await arrive(page, (at) => at.search.includes('label='), faults, 'no loop is chosen');
	await lookAt(page, faults);
	await page.locator('#main table a', { hasText: /^2/ }).first().click();
	await arrive(page, /\/runs\/2$/, faults, 'a turn leads to no run');
}

// The way with keys: the first stop leads past the navigation.
async function skip(page, faults) {
	await page.goto(url);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await arrive(page, (at) => at.hash === '#main', faults, 'the first link does not skip');
}

async function visit(browser, reader) {
	const context = await browser.newContext(reader);
	const page = await context.newPage();
	const faults = [];
	page.on('console', (message) => faults.push(`console: ${message.text()}`));
	page.on('pageerror', (error) => faults.push(`error: ${error}`));
	page.on('requestfailed', (request) => {
		// a page that is left lets go of what it had asked for
		if (request.failure().errorText !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()}`);
	});
	await page.goto(url);
	await lookAt(page, faults);
	await readEvidence(page, faults);
	await search(page, faults);
	await compare(page, faults);
	await filter(page, faults);
	await progress(page, faults);
	for (const path of ['incidents', 'incidents?open=1', 'causes', 'runs', 'runs/2', 'rules', 'search', 'progress', 'progress/1-5',
		'stats', 'stats?layer=database', 'search?q=the&state=new',
		'rules/database.db-manager-not-initialised']) {
		await page.goto(url + path);
		await lookAt(page, faults);
	}
	await skip(page, faults);
	await context.close();
	tell(`on ${reader.name} nothing is in the way of a reader`, faults);
}

async function readFiles(browser) {
	const page = await browser.newPage();
	const faults = [];
	page.on('console', (message) => faults.push(`console: ${message.text()}`));
	page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
	await page.goto(`file://${folder}/index.html`);
	await page.getByRole('heading', { level: 3 }).first().getByRole('link').click();
	await page.locator('.map').waitFor({ timeout: 30000 })
		.catch(() => faults.push('the incident has no picture'));
	if ((await page.locator('.bar').evaluate((bar) => getComputedStyle(bar).borderBottomWidth)) !== '1px')
		faults.push('the style sheet is not used');
	await page.getByRole('link', { name: 'Now' }).click();
	await page.close();
	tell('the files of an export are read without a server', faults);
}

const browser = await chromium.launch({ executablePath,
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update', '--disable-sync'] });
console.log(`1..${readers.length + 1}`);
try {
	for (const reader of readers) await visit(browser, reader);
	await readFiles(browser);
} finally {
	await browser.close();
}
process.exit(bad > 0 ? 1 : 0);
