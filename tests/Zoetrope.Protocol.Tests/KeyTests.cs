using Zoetrope.Eachlabs;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Protocol.Tests;

/// <summary>Where keys come from. The tests change the environment of the process, so they run alone.</summary>
[CollectionDefinition(nameof(KeyTests), DisableParallelization = true)]
[Collection(nameof(KeyTests))]
public sealed class KeyTests : StubTest<KeyStubs>, IDisposable
{
    private static readonly string[] Variables = ["FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET", "EACHLABS_API_KEY", "EACH_API_KEY"];

    private readonly Dictionary<string, string?> _before = [];

    public KeyTests(StubServer<KeyStubs> server)
        : base(server)
    {
        foreach (var variable in Variables)
        {
            _before[variable] = Environment.GetEnvironmentVariable(variable);
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    public void Dispose()
    {
        foreach (var (variable, value) in _before)
            Environment.SetEnvironmentVariable(variable, value);
    }

    [Fact]
    public void A_client_cannot_be_created_without_a_key()
    {
        var fal = Assert.Throws<MissingKeyException>(() => new FalClient());
        var eachlabs = Assert.Throws<MissingKeyException>(() => new EachlabsClient());

        Assert.Contains("FAL_KEY", fal.Message, StringComparison.Ordinal);
        Assert.Contains("FAL_KEY_SECRET", fal.Message, StringComparison.Ordinal);
        Assert.Contains("EACHLABS_API_KEY", eachlabs.Message, StringComparison.Ordinal);
        Assert.Equal(("fal", "eachlabs"), (fal.Provider, eachlabs.Provider));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_key_that_is_given_and_empty_is_refused_and_not_taken_from_the_environment(string? key)
    {
        Environment.SetEnvironmentVariable("FAL_KEY", "id:secret");
        Environment.SetEnvironmentVariable("EACHLABS_API_KEY", "secret");

        Assert.ThrowsAny<ArgumentException>(() => new FalClient(key!));
        Assert.ThrowsAny<ArgumentException>(() => new EachlabsClient(key!));
    }

    [Fact]
    public void Half_a_key_is_not_a_key()
    {
        Environment.SetEnvironmentVariable("FAL_KEY_ID", "id");
        Environment.SetEnvironmentVariable("FAL_KEY", " ");

        Assert.Throws<MissingKeyException>(() => new FalClient());
    }

    [Theory]
    [InlineData("FAL_KEY", null, "id:secret", "Key id:secret")]
    [InlineData("FAL_KEY_ID", "FAL_KEY_SECRET", "part", "Key part:part")]
    public async Task Fal_reads_its_key_from_the_environment(string first, string? second, string value, string sent)
    {
        Environment.SetEnvironmentVariable(first, value);
        if (second is not null)
            Environment.SetEnvironmentVariable(second, value);
        var model = "options/key-" + first.ToLowerInvariant().Replace('_', '-');
        using var fal = new FalClient(new() { BaseUrl = Server.BaseUrl });

        await fal.SubmitAsync(model, "x");

        Assert.Equal(sent, Server.Single(new("POST", "/" + model)).Headers["Authorization"]);
    }

    [Theory]
    [InlineData("EACHLABS_API_KEY", "success")]
    [InlineData("EACH_API_KEY", "succeeded")]
    public async Task Eachlabs_reads_its_key_from_the_environment(string variable, string job)
    {
        Environment.SetEnvironmentVariable(variable, "smk_" + variable);
        using var client = new EachlabsClient(new() { BaseUrl = new(Server.BaseUrl, "/keys/") });

        await Assert.ThrowsAnyAsync<ZoetropeException>(() => client.Resume(new JobHandle("eachlabs", "any", job)).GetStatusAsync());

        var request = Server.Single(new("GET", "/keys/v1/prediction/" + job));
        Assert.Equal("smk_" + variable, request.Headers["X-API-Key"]);
    }

    [Fact]
    public async Task The_given_key_goes_before_the_environment()
    {
        Environment.SetEnvironmentVariable("FAL_KEY", "other:key");
        using var fal = Fal();

        await fal.SubmitAsync("options/given-key", "x");

        Assert.Equal("Key " + Key, Server.Single(new("POST", "/options/given-key")).Headers["Authorization"]);
    }

    [Fact]
    public void A_key_with_a_line_break_is_refused_without_showing_it()
    {
        var exception = Assert.Throws<ArgumentException>(() => new FalClient(new() { ApiKey = "abc\r\nX-Other: secret-part" }));

        Assert.DoesNotContain("secret-part", exception.ToString(), StringComparison.Ordinal);
    }
}
