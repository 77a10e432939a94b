namespace Zoetrope.Faults.Tests;

/// <summary>Good responses with headers that ask for something, or that are wrong.</summary>
internal static class HeaderFaults
{
    public static IEnumerable<Fault> All { get; } =
    [
        Good("a cookie", "Set-Cookie: session=1; Path=/; HttpOnly", "Set-Cookie: session=2"),
        Good("a date of yesterday", "Date: Wed, 21 Oct 2015 07:28:00 GMT"),
        Good("a date of tomorrow", "Date: Fri, 31 Dec 2049 23:59:59 GMT"),
        Good("a date that is none", "Date: yesterday"),
        Good("two dates", "Date: Wed, 21 Oct 2015 07:28:00 GMT", "Date: Fri, 31 Dec 2049 23:59:59 GMT"),
        Good("an upgrade", "Upgrade: h2c", "Connection: Upgrade"),
        Good("a wait", "Retry-After: 3600"),
        Good("a request id twice", "x-fal-request-id: one", "x-fal-request-id: two", "X-Request-Id: one", "X-Request-Id: two"),
        Good("a cost that is none", "X-Fal-Billable-Units: many"),
        Good("a cost beyond all numbers", "X-Fal-Billable-Units: 1e999"),
        Good("a negative cost", "X-Fal-Billable-Units: -5"),
        Good("an error's type", "X-Fal-Error-Type: internal_error", "X-Fal-Retryable: true"),
        Good("caching", "ETag: \"a\"", "Age: 3600", "Cache-Control: max-age=9999", "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT"),
        Good("a range", "Content-Range: bytes 0-10/11", "Accept-Ranges: bytes"),
        Good("a file's name", "Content-Disposition: attachment; filename=\"../../etc/passwd\"; filename*=UTF-8''%2e%2e%2fa"),
        Good("a digest that is wrong", "Digest: SHA-256=AAAA", "Content-MD5: AAAA", "Repr-Digest: sha-256=:AAAA:"),
        Good("a policy", "Strict-Transport-Security: max-age=9999; includeSubDomains", "Content-Security-Policy: default-src 'none'"),
        Good("a trailer that does not come", "Trailer: X-Checksum"),
        Good("a proxy's words", "Proxy-Authenticate: Basic realm=\"a\"", "Via: 1.1 a", "Proxy-Connection: close"),
        Good("1,000 bytes of a name", new string('x', 1000) + ": 1"),
        Good("an empty value", "X-Empty:", "X-Spaces:    "),
    ];

    private static Fault Good(string name, params string[] headers) =>
        new($"header: {name}", Meaning.Good, stage => stage.SendAsync(stage.Good.With(headers))) { KeepsBytes = true };
}
