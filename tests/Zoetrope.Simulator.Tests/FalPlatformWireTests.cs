using System.Text.RegularExpressions;
using Zoetrope.Errors;
using Zoetrope.Fal.Platform;
using Zoetrope.Validation;

namespace Zoetrope.Simulator.Tests;

/// <summary>What the client of fal's Platform API sends, and how often, over a raw socket.</summary>
public sealed partial class FalPlatformWireTests
{
    private const string Error = """{"error": {"type": "server_error", "message": "try again", "request_id": "r1"}}""";
    private const string Request = "764cabcf-b745-4b3e-ae38-1200304cf45b";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deletion_is_sent_again_with_its_own_idempotency_key()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(500, Error), FakeServer.Reset, FakeServer.Reply(204, ""), FakeServer.Reply(204, ""));
        using var platform = Platform(server);

        await platform.DeleteApiKeyAsync("k1", cancellationToken: Token);
        await platform.DeleteApiKeyAsync("k2", cancellationToken: Token);

        var keys = server.Requests.Select(request => Key().Match(request).Groups[1].Value).ToList();
        Assert.Equal(4, keys.Count);
        Assert.All(keys[..3], key => Assert.Equal(keys[0], key));
        Assert.True(Guid.TryParse(keys[0], out _));
        Assert.NotEqual(keys[0], keys[3]);
    }

    [Fact]
    public async Task The_users_own_idempotency_key_is_sent()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"cdn_delete_results": []}"""));
        using var platform = Platform(server);

        await platform.DeleteRequestPayloadsAsync(Request, new() { IdempotencyKey = "mine" }, cancellationToken: Token);
        await platform.DeleteRequestPayloadsAsync(Request, options: new() { Headers = { ["idempotency-key"] = "header" } }, cancellationToken: Token);

        Assert.Equal(["mine", "header"], server.Requests.Select(request => Key().Match(request).Groups[1].Value));
    }

    [Fact]
    public async Task What_makes_something_without_such_a_key_is_sent_once()
    {
        await using var server = new FakeServer(FakeServer.Reply(500, Error));
        using var platform = Platform(server);

        var exception = await Assert.ThrowsAsync<ServiceException<FalPlatform.ErrorResponse>>(
            () => platform.CreateApiKeyAsync(new() { Alias = "ci" }, cancellationToken: Token));

        Assert.Equal(("r1", FalPlatform.ErrorKind.ServerError), (exception.Details.Error.RequestId, exception.Details.Error.Type));
        Assert.DoesNotMatch(Key(), Assert.Single(server.Requests));
    }

    [Fact]
    public async Task A_limit_in_the_middle_of_a_list_is_waited_for()
    {
        await using var server = new FakeServer(
            Keys("k1", "2"), Keys("k2", "3"),
            FakeServer.Reply(429, """{"error": {"type": "rate_limited", "message": "slow down"}}""", "Retry-After: 0"), Keys("k3", null));
        using var platform = Platform(server);
        var ids = new List<string>();

        await foreach (var key in platform.EnumerateApiKeysAsync(cancellationToken: Token))
            ids.Add(key.KeyId);

        Assert.Equal(["k1", "k2", "k3"], ids);
        Assert.Equal(4, server.Requests.Length);
        Assert.StartsWith("GET /keys?cursor=3 HTTP/1.1\r\n", server.Requests[3], StringComparison.Ordinal);
        Assert.All(server.Requests, request => Assert.Contains("Authorization: Key a:key\r\n", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_valid_is_not_sent()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}"));
        using var platform = Platform(server);

        await Assert.ThrowsAsync<RequestValidationException>(() => platform.SignStorageFileAsync(
            new() { ExpirationSeconds = 604_801 }, new() { Url = "https://v3.fal.media/files/a.png" }, cancellationToken: Token));
        await Assert.ThrowsAsync<RequestValidationException>(() => platform.GetPricingAsync(new() { EndpointId = [] }, cancellationToken: Token));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Files_are_signed_and_their_access_is_set()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(200, """{"signed_url": "https://v3.fal.media/files/a.png?sig=1"}"""),
            FakeServer.Reply(200, """{"default": "forbid", "rules": [{"user": "ann", "decision": "allow"}]}"""),
            FakeServer.Reply(200, """{"expiration_duration_seconds": null, "initial_acl": null}"""));
        using var platform = Platform(server);

        var signed = await platform.SignStorageFileAsync(
            new() { ExpirationSeconds = 60 }, new() { Url = "https://v3.fal.media/files/a.png" }, cancellationToken: Token);
        var acl = await platform.SetStorageFileAclAsync(
            new() { Default = FalPlatform.FileAccess.Forbid, Rules = [new() { User = "ann", Decision = FalPlatform.FileAccess.Allow }] },
            new() { Url = "https://v3.fal.media/files/a.png" }, cancellationToken: Token);
        var settings = await platform.UpdateStorageSettingsAsync(new() { ExpirationDurationSeconds = 3600 }, cancellationToken: Token);

        Assert.Equal("https://v3.fal.media/files/a.png?sig=1", signed.SignedUrl);
        Assert.Equal(FalPlatform.FileAccess.Allow, acl.Rules![0].Decision);
        Assert.Null(settings.ExpirationDurationSeconds);
        Assert.StartsWith("POST /storage/files/sign?url=https%3A%2F%2Fv3.fal.media%2Ffiles%2Fa.png ", server.Requests[0], StringComparison.Ordinal);
        Assert.EndsWith("""{"default":"forbid","rules":[{"user":"ann","decision":"allow"}]}""", server.Requests[1], StringComparison.Ordinal);
    }

    private static FalPlatformClient Platform(FakeServer server) => new(new() { BaseUrl = server.Url, ApiKey = "a:key" });

    private static Func<FakeServer.Exchange, Task> Keys(string id, string? cursor) => FakeServer.Reply(200, $$"""
        {"keys": [{"key_id": "{{id}}", "alias": "a", "scope": "API", "created_at": "2026-01-01T00:00:00Z"}],
         "next_cursor": {{(cursor is null ? "null" : $"\"{cursor}\"")}}, "has_more": {{(cursor is null ? "false" : "true")}} }
        """);

    [GeneratedRegex("^Idempotency-Key: (.*)\r$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Key();
}
