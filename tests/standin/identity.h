/* Who exists for the stand-in. All of it is made up, and says so. */
#ifndef STANDIN_IDENTITY_H
#define STANDIN_IDENTITY_H

#define IDENTITY_EMAIL "reader@demo-project.example.com"
#define IDENTITY_DELEGATE "delegate@demo-project.example.com"
#define IDENTITY_CLIENT "standin-client.example.com"
#define IDENTITY_SECRET "not-a-secret"
#define IDENTITY_REFRESH "standin-refresh-token-not-a-secret"
#define IDENTITY_REQUEST "standin-request-token-not-a-secret" /* of the issuer of CI's tokens */
#define IDENTITY_POOL                                                                              \
	"//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/"       \
	"standin/providers/ci"
#define IDENTITY_SUBJECT "repo:example/shop:ref:refs/heads/main"

/* The project that users' requests are counted for where they name none: that of Cloud SDK. */
#define IDENTITY_SDK_PROJECT "764086051850"

#define SCOPE(name) "https://www.googleapis.com/auth/" name

#endif
