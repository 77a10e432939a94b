using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Fal;
using Zoetrope.Simulator;
using Zoetrope.Uploads;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>Signed addresses of files as an endpoint: who gets which, and what goes wrong.</summary>
public sealed class SignedFileTests
{
    private const string Url = "https://v3.fal.media/files/b/1/a.png";
    private static readonly byte[] _content = [1, 2, 3];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_browser_reads_a_private_file_that_the_app_lets_it_have(bool redirect)
    {
        var clock = new SimulatorClock(new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        await using var simulator = await MediaSimulator.StartAsync(new() { TimeProvider = clock }, Token);
        using var fal = Client(simulator.BaseUrl, clock);
        var own = await fal.Files.UploadAsync(UploadFile.FromBytes(_content, "own.png"), new FalUploadOptions { Acl = new(FalFileAccess.Forbid) }, Token);
        var foreign = await fal.Files.UploadAsync(UploadFile.FromBytes(_content, "b.png"), new FalUploadOptions { Acl = new(FalFileAccess.Forbid) }, Token);
        await using var app = await StartAsync(
            fal, new() { MaySignAsync = request => new(request.Url == own.Url), AllowAnonymous = true, Redirect = redirect });
        var signs = Signs(simulator);

        if (redirect)
        {
            Assert.Equal(_content, await app.Client.GetByteArrayAsync(Of(own.Url!), Token));
        }
        else
        {
            using var response = await app.Client.GetAsync(Of(own.Url!), Token);
            Assert.Equal(("no-store", "no-referrer"), (response.Headers.CacheControl!.ToString(), response.Headers.GetValues("Referrer-Policy").Single()));
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
            Assert.Equal(["expiresAt", "url"], answer.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
            Assert.Equal("2026-12-01T00:05:00Z", (string?)answer["expiresAt"]);
            Assert.Equal(_content, await app.Client.GetByteArrayAsync(new Uri((string)answer["url"]!), Token));
        }
        Assert.Equal(signs + 1, Signs(simulator));
        Assert.Equal(HttpStatusCode.Forbidden, await app.SendAsync(new(HttpMethod.Get, Of(foreign.Url!))));
        Assert.Equal(signs + 1, Signs(simulator));
        Assert.DoesNotContain("signature", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_decision_about_files_there_is_no_endpoint()
    {
        using var fal = Client(new("http://127.0.0.1:1"));
        var app = WebApplication.CreateSlimBuilder().Build();

        var exception = Assert.Throws<ArgumentException>(() => app.MapFalSignedFiles("/files", fal, new() { AllowAnonymous = true }));

        Assert.Contains(nameof(FalSignedFileOptions.MaySignAsync), exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalSignedFileOptions { Lifetime = TimeSpan.FromDays(8) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalSignedFileOptions { Lifetime = TimeSpan.FromMilliseconds(1500) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalSignedFileOptions { Lifetime = TimeSpan.Zero });
    }

    [Fact]
    public async Task Somebody_must_say_that_the_caller_may()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, """{"signed_url":"https://v3.fal.media/files/b/1/a.png?s=1"}"""));
        using var client = Client(fal.Url);
        var decided = 0;
        var options = new FalSignedFileOptions
        {
            MaySignAsync = _ =>
            {
                decided++;
                return new(true);
            },
        };
        await using var closed = await StartAsync(client, options);
        await using var anonymous = await TestApp.StartAsync(
            app => app.MapFalSignedFiles("/files", client, options).AllowAnonymous().RequireAuthorization(), builder => builder.Services.AddAuthorization());
        await using var loggedIn = await TestApp.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                if (context.Request.Headers.Authorization == "Bearer good")
                    context.User = new(new ClaimsIdentity("test"));
                return next(context);
            });
            app.MapFalSignedFiles("/files", client, options);
        });

        Assert.Equal(HttpStatusCode.Unauthorized, await closed.SendAsync(new(HttpMethod.Get, Of(Url))));
        Assert.Equal(HttpStatusCode.Unauthorized, await anonymous.SendAsync(new(HttpMethod.Get, Of(Url))));
        Assert.Equal(HttpStatusCode.Unauthorized, await loggedIn.SendAsync(new(HttpMethod.Get, Of(Url))));
        Assert.Equal((0, 0), (decided, fal.Requests.Length));
        Assert.Equal(HttpStatusCode.OK, await loggedIn.SendAsync(new(HttpMethod.Get, Of(Url)) { Headers = { { "Authorization", "Bearer good" } } }));
        Assert.Equal((1, 1), (decided, fal.Requests.Length));
    }

    [Fact]
    public async Task A_decision_that_fails_sends_nothing()
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        using var client = Client(fal.Url);
        await using var app = await StartAsync(
            client, new() { AllowAnonymous = true, MaySignAsync = _ => throw new InvalidOperationException("no database") });

        Assert.Equal(HttpStatusCode.InternalServerError, await app.SendAsync(new(HttpMethod.Get, Of(Url))));
        Assert.Empty(fal.Requests);
    }

    /// <summary>An app that compares the beginning of the text must not be led elsewhere by another reading of it.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("/files/b/1/a.png")]
    [InlineData("https://v3.fal.media/files/me/../you/a.png")]
    [InlineData("https://v3.fal.media/files/me/%2e%2e/you/a.png")]
    [InlineData("https://v3.fal.media/files/me/..%2fyou/a.png")]
    [InlineData("https://v3.fal.media/files/me/..%5cyou/a.png")]
    [InlineData("https://v3.fal.media/files/me/%252e%252e/you/a.png")]
    [InlineData("https://v3.fal.media/files/me\\..\\you/a.png")]
    [InlineData("https://v3.fal.media:443/files/b/1/a.png")]
    [InlineData("https://V3.fal.media/files/b/1/a.png")]
    [InlineData(" https://v3.fal.media/files/b/1/a.png")]
    [InlineData("https://me@v3.fal.media/files/b/1/a.png")]
    [InlineData("https://v3.fal.media/files/b/1/a.png?a=1")]
    [InlineData("https://v3.fal.media/files/b/1/a.png#a")]
    [InlineData("ftp://v3.fal.media/files/b/1/a.png")]
    public async Task A_url_in_another_spelling_is_refused_before_the_app_is_asked(string url)
    {
        await using var fal = new FakeServer(FakeServer.Reply(200, "{}"));
        using var client = Client(fal.Url);
        await using var app = await StartAsync(
            client, new() { AllowAnonymous = true, MaySignAsync = _ => throw new InvalidOperationException("It was asked.") });

        Assert.Equal(HttpStatusCode.BadRequest, await app.SendAsync(new(HttpMethod.Get, Of(url))));
        Assert.Equal(HttpStatusCode.BadRequest, await app.SendAsync(new(HttpMethod.Get, $"{Of(Url)}&url={Uri.EscapeDataString(Url)}")));
        Assert.Empty(fal.Requests);
    }

    [Theory]
    [InlineData(404, """{"error":{"type":"not_found","message":"File not found"}}""", 404)]
    [InlineData(403, """{"error":{"type":"authorization_error","message":"Account secret-name is locked"}}""", 502)]
    [InlineData(401, "{}", 502)]
    [InlineData(429, "{}", 503)]
    [InlineData(503, "{}", 503)]
    [InlineData(500, "<html>", 502)]
    [InlineData(200, "{}", 502)]
    [InlineData(200, """{"signed_url":"javascript:alert(1)"}""", 502)]
    [InlineData(302, "", 502)]
    public async Task What_fal_refuses_is_a_status_without_its_words(int status, string body, int expected)
    {
        await using var fal = new FakeServer(FakeServer.Reply(status, body, "Location: https://example.com/"));
        using var client = Client(fal.Url);
        await using var app = await StartAsync(client, new() { AllowAnonymous = true, MaySignAsync = _ => new(true) });

        using var response = await app.Client.GetAsync(Of(Url), Token);
        var text = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal(["message"], JsonNode.Parse(text)!.AsObject().Select(member => member.Key));
        Assert.DoesNotContain("secret-name", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Proxied.Secret, text + app.Log, StringComparison.Ordinal);
        Assert.Contains(Url, app.Log, StringComparison.Ordinal);
        Assert.Single(fal.Requests);
    }

    private static string Of(string url) => "/files?url=" + Uri.EscapeDataString(url);

    private static int Signs(MediaSimulator simulator) =>
        simulator.Requests.Count(request => request.Path.EndsWith("/storage/files/sign", StringComparison.Ordinal));

    private static Task<TestApp> StartAsync(FalClient client, FalSignedFileOptions options) =>
        TestApp.StartAsync(app => app.MapFalSignedFiles("/files", client, options));

    private static FalClient Client(Uri fal, TimeProvider? clock = null) =>
        new(new FalClientOptions { BaseUrl = fal, ApiKey = Proxied.Key, TimeProvider = clock ?? TimeProvider.System });
}
