using System.IO.Compression;
using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>What passes the proxy in each direction: bodies, headers, limits, and never the key.</summary>
public sealed class ProxyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_and_what_is_for_fal_is_sent_and_what_is_the_apps_is_not()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url);

        await app.CallAsync(
            Proxied.Submit, "POST", """{"prompt":"a cat"}""",
            ("Authorization", "Bearer of-the-app"), ("Cookie", "session=of-the-app"), ("X-Fal-Queue-Priority", "low"), ("x-app-fal-disable-fallback", "true"),
            ("X-Fal-Client-Proxy", "another"), ("Accept", "application/json, text/event-stream"), ("User-Agent", "@fal-ai/client/1.10.1"),
            ("X-Forwarded-For", "10.0.0.1"), ("X-Api-Key", "k"), ("Connection", "x-fal-hint"), ("Origin", "https://a.example"), ("Accept-Encoding", "gzip"));

        var sent = Assert.Single(fal.Requests);
        var head = sent[..sent.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.EndsWith("""{"prompt":"a cat"}""", sent, StringComparison.Ordinal);
        Assert.Equal(
            ["accept", "authorization", "content-length", "content-type", "host", "user-agent", "x-app-fal-disable-fallback", "x-fal-client-proxy",
                "x-fal-queue-priority"],
            head.Split("\r\n")[1..].Select(line => line.Split(':')[0].ToLowerInvariant()).Order(StringComparer.Ordinal));
        Assert.Contains($"\r\nAuthorization: Key {Proxied.Key}\r\n", head, StringComparison.Ordinal);
        Assert.Contains("x-fal-client-proxy: zoetrope-aspnetcore/", head, StringComparison.Ordinal);
        Assert.Contains("\r\nAccept: application/json, text/event-stream", head, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json", head, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: @fal-ai/client/1.10.1", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_fals_response_the_browser_gets_what_does_not_act_on_the_apps_origin()
    {
        await using var fal = new FakeServer(FakeServer.Reply(
            422, """{"detail":"no"}""", "x-fal-request-id: r-1", "X-Fal-Billable-Units: 2", "Retry-After: 3", "Set-Cookie: a=b", "Access-Control-Allow-Origin: *",
            "Strict-Transport-Security: max-age=9", "WWW-Authenticate: Basic realm=a", "Cache-Control: public, max-age=3600", "ETag: \"1\"", "Keep-Alive: timeout=5",
            "Connection: keep-alive, x-named", "X-Named: 1", "Location: https://example.com", "X-Own: 1", "X-Fal-Odd: \u00e9", "X-Accel-Redirect: /internal"));
        await using var app = await Proxied.StartAsync(fal.Url);

        using var response = await app.Client.SendAsync(Proxied.Request(Proxied.Submit), Token);

        Assert.Equal((HttpStatusCode)422, response.StatusCode);
        Assert.Equal("""{"detail":"no"}""", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal(
            ["Cache-Control", "Content-Length", "Content-Type", "Date", "Retry-After", "Server", "X-Accel-Buffering", "X-Content-Type-Options",
                "X-Fal-Billable-Units", "x-fal-request-id"],
            response.Headers.Concat(response.Content.Headers).Select(header => header.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("Kestrel", "no"), (response.Headers.Server.ToString(), response.Headers.GetValues("X-Accel-Buffering").Single()));
    }

    public static TheoryData<string> Echoes =>
    [
        Proxied.Key, Proxied.Secret, "Key " + Proxied.Key, Convert.ToBase64String(Encoding.ASCII.GetBytes(Proxied.Key)),
        Convert.ToBase64String(Encoding.ASCII.GetBytes("Key " + Proxied.Key)), Convert.ToHexString(Encoding.ASCII.GetBytes(Proxied.Secret)),
        Uri.EscapeDataString(Proxied.Key),
    ];

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task What_echoes_the_key_reaches_the_browser_without_it(string echo)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, $$"""{"you sent":"{{echo}}"}""", "X-Fal-Echo: " + echo));
        await using var app = await Proxied.StartAsync(fal.Url);

        foreach (var (method, target) in new[] { ("POST", Proxied.Submit), ("GET", "https://queue.fal.run/fal-ai/flux/requests/r-1") })
        {
            using var response = await app.Client.SendAsync(Proxied.Request(target, method), Token);
            var all = response.Headers + await response.Content.ReadAsStringAsync(Token);
            Assert.DoesNotContain(echo[8..], all, StringComparison.Ordinal);
            Assert.DoesNotContain(Proxied.Secret, all, StringComparison.Ordinal);
            Assert.Contains("{\"you sent\":\"", all, StringComparison.Ordinal);
            Assert.EndsWith("\"}", all, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(Proxied.Secret, app.Log, StringComparison.Ordinal);
    }

    /// <summary>At every position, and also where the part that ends in it is followed by something else.</summary>
    [Fact]
    public async Task A_key_that_is_split_over_the_parts_of_a_stream_is_seen()
    {
        var at = 0;
        await using var fal = new FakeServer(async exchange =>
        {
            var text = $"data: {Proxied.Key}\n\ndata: {Proxied.Secret[..12]}\n\n";
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
            await exchange.WriteAsync(text[..at]);
            await Task.Delay(5);
            await exchange.WriteAsync(text[at..]);
            exchange.Close();
        });
        await using var app = await Proxied.StartAsync(fal.Url);

        for (at = 1; at < Proxied.Key.Length + 6; at += 3)
        {
            var (_, body) = await app.CallAsync("https://fal.run/fal-ai/flux/dev/stream");
            Assert.Equal($"data: {new string('*', Proxied.Key.Length)}\n\ndata: {Proxied.Secret[..12]}\n\n", body);
        }
    }

    [Theory]
    [InlineData("f", "f")]
    [InlineData("fedc", "fedc")]
    [InlineData("fedcba9876", "**********")]
    public async Task A_body_that_ends_like_the_beginning_of_the_key_is_kept_where_that_means_nothing(string end, string expected)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "a text " + end, "Content-Type: text/plain"));
        await using var app = await Proxied.StartAsync(fal.Url);

        Assert.Equal((200, "a text " + expected), await app.CallAsync("https://fal.run/fal-ai/flux/dev/stream"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_response_is_read_before_it_is_passed_on(string encoding)
    {
        var packed = new MemoryStream();
        Stream packing = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Compress),
            "br" => new BrotliStream(packed, CompressionMode.Compress),
            _ => new ZLibStream(packed, CompressionMode.Compress),
        };
        await packing.WriteAsync(Encoding.ASCII.GetBytes($"\"{Proxied.Key}\""), Token);
        await packing.DisposeAsync();
        var bytes = packed.ToArray();
        await using var fal = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\nContent-Length: {bytes.Length}\r\n\r\n");
            await exchange.WriteAsync(bytes);
        });
        await using var app = await Proxied.StartAsync(fal.Url);

        Assert.Equal((200, $"\"{new string('*', Proxied.Key.Length)}\""), await app.CallAsync(Proxied.Submit));
    }

    [Theory]
    [InlineData("text/plain", null, 415)]
    [InlineData("multipart/form-data", null, 415)]
    [InlineData("application/x-www-form-urlencoded", null, 415)]
    [InlineData("application/json; charset=utf-16", null, 415)]
    [InlineData("application/json", "gzip", 415)]
    [InlineData("application/json; charset=utf-8", null, 200)]
    [InlineData("APPLICATION/JSON", null, 200)]
    public async Task Bodies_are_JSON(string contentType, string? encoding, int status)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url);
        var request = Proxied.Request(Proxied.Submit);
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (encoding is not null)
            request.Content.Headers.ContentEncoding.Add(encoding);

        Assert.Equal(status, (int)await app.SendAsync(request));
        Assert.Equal(status == 200 ? 1 : 0, fal.Requests.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_is_too_large_gets_413_and_fal_never_gets_all_of_it(bool isLengthKnown)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url, options => options.MaxRequestBytes = 100_000);
        var request = Proxied.Request(Proxied.Submit, body: '"' + new string('a', 200_000) + '"');
        request.Headers.TransferEncodingChunked = !isLengthKnown;

        Assert.Equal(413, (int)await app.SendAsync(request));
        Assert.Empty(fal.Requests);
        Assert.Equal(200, (await app.CallAsync(Proxied.Submit, "POST", '"' + new string('a', 99_000) + '"')).Status);
    }

    [Fact]
    public async Task A_body_of_unknown_length_and_one_that_is_not_there_pass()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url);
        var chunked = Proxied.Request(Proxied.Submit, body: """{"prompt":"a cat"}""");
        chunked.Headers.TransferEncodingChunked = true;

        Assert.Equal(200, (int)await app.SendAsync(chunked));
        Assert.Equal(200, (await app.CallAsync(Proxied.Submit, "POST", null)).Status);
        Assert.EndsWith("""{"prompt":"a cat"}""", fal.Requests[0], StringComparison.Ordinal);
        Assert.Contains("Content-Length: 0\r\n", fal.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_that_is_too_large_is_cut_off_and_looks_so()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, new string('a', 300_000), "Content-Type: text/plain"));
        await using var app = await Proxied.StartAsync(fal.Url, options => options.MaxResponseBytes = 100_000);

        await Assert.ThrowsAsync<HttpRequestException>(() => app.CallAsync("https://queue.fal.run/fal-ai/flux/requests/r-1", "GET"));
        Assert.Contains("cut off", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_passes_unless_the_operator_says_who()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        var options = Proxied.Options(fal.Url);
        options.AllowAnonymous = false;
        await using var closed = await Proxied.StartAsync(options);
        await using var loggedIn = await TestApp.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                if (context.Request.Headers.Authorization == "Bearer good")
                    context.User = new(new ClaimsIdentity("test"));
                return next(context);
            });
            app.MapFalProxy(Proxied.Path, options);
        });

        var (status, body) = await closed.CallAsync(Proxied.Submit);
        Assert.Equal(401, status);
        Assert.Contains("Unauthorized", body, StringComparison.Ordinal);
        Assert.Equal(401, (await closed.CallAsync(Proxied.Submit, headers: ("Authorization", "Key own:key-of-the-browser"))).Status);
        Assert.Equal(401, (await loggedIn.CallAsync(Proxied.Submit)).Status);
        Assert.Empty(fal.Requests);
        Assert.Equal(200, (await loggedIn.CallAsync(Proxied.Submit, headers: ("Authorization", "Bearer good"))).Status);
    }

    [Theory]
    [InlineData(null, 401, 0)]
    [InlineData("guest", 403, 0)]
    [InlineData("paying", 200, 1)]
    public async Task The_authorization_of_the_endpoint_counts(string? role, int status, int requests)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        var options = Proxied.Options(fal.Url);
        options.AllowAnonymous = false;
        await using var app = await TestApp.StartAsync(
            app => app.MapFalProxy(Proxied.Path, options).RequireAuthorization(policy => policy.RequireRole("paying")),
            builder =>
            {
                builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, RoleOfHeader>("test", null);
                builder.Services.AddAuthorization();
            });

        var headers = role is null ? [] : new[] { ("x-role", role) };
        Assert.Equal(status, (await app.CallAsync(Proxied.Submit, headers: headers)).Status);
        Assert.Equal(requests, fal.Requests.Length);
    }

    [Fact]
    public async Task A_decision_that_fails_sends_nothing()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url, options => options.AuthorizeAsync = _ => throw new InvalidOperationException("no database"));

        Assert.Equal(500, (await app.CallAsync(Proxied.Submit)).Status);
        Assert.Empty(fal.Requests);
    }

    [Fact]
    public async Task The_operator_decides_about_each_request_and_whose_key_pays()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        var seen = new List<(FalProxyOperation, string?)>();
        await using var app = await Proxied.StartAsync(fal.Url, options =>
        {
            options.AuthorizeAsync = request =>
            {
                seen.Add((request.Operation, request.EndpointId));
                return new(request.HttpContext.Request.Headers["x-plan"] == "paid" || request.Operation == FalProxyOperation.Poll);
            };
            options.GetKeyAsync = request => new(request.HttpContext.Request.Headers["x-user"] is [{ } user] ? $"{user}-key-id:secret-of-{user}" : null);
        });

        Assert.Equal(401, (await app.CallAsync(Proxied.Submit)).Status);
        Assert.Equal(401, (await app.CallAsync(Proxied.Submit, headers: ("x-plan", "paid"))).Status);
        Assert.Equal(200, (await app.CallAsync("https://fal.run/fal-ai/flux/dev/stream", headers: [("x-plan", "paid"), ("x-user", "a")])).Status);
        Assert.Equal(200, (await app.CallAsync("https://queue.fal.run/fal-ai/flux/requests/r/status", "GET", headers: ("x-user", "b"))).Status);

        Assert.Equal(
            [(FalProxyOperation.Submit, "fal-ai/flux/dev"), (FalProxyOperation.Submit, "fal-ai/flux/dev"), (FalProxyOperation.Run, "fal-ai/flux/dev"),
                (FalProxyOperation.Poll, "fal-ai/flux")],
            seen);
        Assert.Contains("Authorization: Key a-key-id:secret-of-a\r\n", fal.Requests[0], StringComparison.Ordinal);
        Assert.Contains("Authorization: Key b-key-id:secret-of-b\r\n", fal.Requests[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokens/", """{"allowed_apps":["flux"],"token_expiration":120}""", true)]
    [InlineData("tokens/realtime", """{"duration":60,"allowed_apps":["fal-ai/flux/dev/realtime"]}""", true)]
    [InlineData("tokens/realtime", """{"duration":60,"allowed_apps":["fal-ai/flux/realtime"]}""", true)]
    [InlineData("tokens/", """{"allowed_apps":["fast-sdxl"],"token_expiration":120}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["flux","fast-sdxl"],"token_expiration":120}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["*"],"token_expiration":120}""", false)]
    [InlineData("tokens/", """{"allowed_apps":[],"token_expiration":120}""", false)]
    [InlineData("tokens/", """{"allowed_apps":[null],"token_expiration":120}""", false)]
    [InlineData("tokens/", """{"allowed_apps":"flux","token_expiration":120}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["flux"],"allowed_apps":["x"],"token_expiration":120}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["\ud800"],"token_expiration":120}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["flux"],"token_expiration":121}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["flux"],"token_expiration":0}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["flux"],"token_expiration":1e9}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["flux"],"token_expiration":null}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["flux"]}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["flux"],"duration":60}""", false)]
    [InlineData("tokens/", """{"allowed_apps":["flux"],"token_expiration":60,"scope":"admin"}""", false)]
    [InlineData("tokens/realtime", """{"duration":60,"allowed_apps":["other/flux/realtime"]}""", false)]
    [InlineData("tokens/", "[]", false)]
    [InlineData("tokens/", "{", false)]
    [InlineData("tokens/", "", false)]
    public async Task A_token_is_for_allowed_apps_and_a_short_time(string path, string body, bool isAllowed)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "\"a.b.c\""));
        await using var app = await Proxied.StartAsync(fal.Url);

        var (status, response) = await app.CallAsync("https://rest.fal.ai/" + path, "POST", body);

        Assert.Equal(isAllowed ? 200 : 400, status);
        Assert.Equal(isAllowed ? 1 : 0, fal.Requests.Length);
        if (isAllowed)
            Assert.Equal("\"a.b.c\"", response);
    }

    [Fact]
    public async Task Uploads_and_tokens_can_be_refused_and_are_small()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var app = await Proxied.StartAsync(fal.Url, options => (options.AllowUploads, options.AllowTokens) = (false, false));
        await using var other = await Proxied.StartAsync(fal.Url);
        const string Upload = "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3";
        const string TokenUrl = "https://rest.fal.ai/tokens/";

        Assert.Equal(400, (await app.CallAsync(Upload)).Status);
        Assert.Equal(400, (await app.CallAsync(TokenUrl, "POST", """{"allowed_apps":["flux"],"token_expiration":120}""")).Status);
        foreach (var target in new[] { Upload, TokenUrl })
        {
            Assert.Equal(413, (await other.CallAsync(target, "POST", new string(' ', 20_000))).Status);
            var chunked = Proxied.Request(target, body: new string(' ', 20_000));
            chunked.Headers.TransferEncodingChunked = true;
            Assert.Equal(413, (int)await other.SendAsync(chunked));
        }
        Assert.Empty(fal.Requests);
    }

    /// <summary>Logs in every caller that names a role.</summary>
    private sealed class RoleOfHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["x-role"] is [{ } role]
                ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Role, role)], "test")), "test"))
                : AuthenticateResult.NoResult());
    }
}
