// Entries as Google's own clients get them, one in JSON a line, or what they say went wrong.
// usage: node list.js discovery|client|pages URL CREDENTIALS FILTER [PAGE_SIZE]
'use strict';

const fs = require('fs');

const [how, url, credentials, filter, size] = process.argv.slice(2);
const request = {
	resourceNames: ['projects/demo-project'],
	filter,
	orderBy: 'timestamp asc',
	pageSize: Number(size || 1000),
};
const account = JSON.parse(fs.readFileSync(credentials + '/service_account.json'));

function print(entry) {
	process.stdout.write(JSON.stringify(entry) + '\n');
}

// The client of the discovery document passes JSON through; it knows no pages of its own.
async function discovery() {
	const {auth, logging} = require('@googleapis/logging');
	const oauth = new auth.OAuth2();
	oauth.setCredentials({access_token: process.env.TOKEN, expiry_date: Date.now() + 3600000});
	const client = logging({version: 'v2', auth: oauth, rootUrl: url + '/'});
	let pageToken;
	do {
		const answer = await client.entries.list({requestBody: {...request, pageToken}});
		(answer.data.entries || []).forEach(print);
		pageToken = answer.data.nextPageToken;
	} while (pageToken);
}

function options() {
	const {hostname, port} = new URL(url);
	return {
		projectId: 'demo-project',
		apiEndpoint: hostname,
		port: Number(port),
		protocol: 'http',
		fallback: true,
		credentials: account,
	};
}

// The client that people use: it signs its own token, reads every page, and knows all types.
async function client() {
	const {Logging} = require('@google-cloud/logging');
	const [entries] = await new Logging(options()).getEntries({...request, autoPaginate: true});
	for (const entry of entries) {
		const {insertId, logName, severity, resource, labels, trace, spanId} = entry.metadata;
		print({insertId, logName, severity, resource, labels, trace, spanId,
			timestamp: entry.metadata.timestamp.toISOString(), payload: entry.data});
	}
}

// The one below it: what it read is printed as its serializer has it, to the nanosecond.
async function pages() {
	const {v2} = require('@google-cloud/logging');
	const {toProto3JSON} = require('proto3-json-serializer');
	const below = new v2.LoggingServiceV2Client(options());
	const [entries] = await below.listLogEntries(request, {autoPaginate: true});
	for (const entry of entries)
		print(toProto3JSON(below._protos.lookupType('google.logging.v2.LogEntry').fromObject(entry)));
}

({discovery, client, pages})[how]().catch(error => {
	const body = error.response && error.response.data && error.response.data.error;
	print({
		error: error.message,
		code: error.code,
		status: error.status,
		reason: error.reason || (body && body.details && body.details[0].reason),
		canonical: body && body.status,
	});
	process.exitCode = 1;
});
