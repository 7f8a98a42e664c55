// One request of entries.list with a token that google-auth-library got by CREDENTIALS: its answer.
// usage: node auth.js FLOW URL FOLDER
'use strict';

const fs = require('fs');
const auth = require('google-auth-library');

const [flow, url, folder] = process.argv.slice(2);
const scopes = ['https://www.googleapis.com/auth/logging.read'];
const google = 'https://oauth2.googleapis.com';

function read(name) {
	return JSON.parse(fs.readFileSync(`${folder}/${name}.json`));
}

// Two types have the address of their endpoint built in; it is put in the place of Google's.
function redirected(client) {
	const own = client.transporter.request.bind(client.transporter);
	client.transporter.request = options =>
		own({...options, url: String(options.url).replace(google, url)});
	return client;
}

function user() {
	const {client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken} =
		read('authorized_user');
	return new auth.UserRefreshClient({clientId, clientSecret, refreshToken,
		endpoints: {oauth2TokenUrl: url + '/token'}});
}

function impersonated() {
	const {service_account_impersonation_url: target, delegates} = read('impersonated');
	return new auth.Impersonated({
		sourceClient: user(),
		targetPrincipal: decodeURIComponent(target.match(/([^/]+):generateAccessToken$/)[1]),
		targetScopes: scopes,
		lifetime: 3600,
		delegates,
		endpoint: url,
	});
}

function serviceAccount() {
	const {client_email: email, private_key: key} = read('service_account');
	return redirected(new auth.JWT({email, key, scopes}));
}

function byFile(name) {
	return new auth.GoogleAuth({keyFilename: `${folder}/${name}.json`, scopes}).getClient();
}

const flows = {
	user,
	impersonated,
	service_account: serviceAccount,
	metadata: () => new auth.GoogleAuth({scopes}).getClient(),
};

async function main() {
	const client = await (flows[flow] || byFile)(flow);
	const answer = await client.request({
		url: url + '/v2/entries:list',
		method: 'POST',
		data: {resourceNames: ['projects/demo-project'], pageSize: 2},
	});
	return {status: answer.status, entries: answer.data.entries.length};
}

main().catch(error => ({error: error.message, code: error.code, status: error.status}))
	.then(answer => process.stdout.write(JSON.stringify(answer) + '\n'));
