namespace Zoetrope.Generator.Tests;

/// <summary>The names that clients have from their servers and their titles.</summary>
public class ApiIdentityTests
{
    [Theory]
    [InlineData("REST API", "https://api.deepgram.com", "Deepgram")]
    [InlineData("Rest Endpoints", "https://cloud.leonardo.ai/api/rest/v1", "Leonardo")]
    [InlineData("API Reference", "https://api.cohere.com", "Cohere")]
    [InlineData("API Reference", "https://openrouter.ai/api/v1", "Openrouter")]
    [InlineData("OpenAPI definition", "https://api.acme.co.uk/v2", "Acme")]
    [InlineData("FastAPI", "https://acme-prod.azurewebsites.net", "AcmeProd")]
    [InlineData("Public API", "https://us-east1.acme.example", "Acme")]
    [InlineData("My API Documentation", "https://acme.workers.dev", "Acme")]
    [InlineData("API", "http://localhost:8000", "Service")]
    [InlineData("API", "http://10.0.0.1", "Service")]
    public void A_title_that_says_nothing_leaves_it_to_the_server(string title, string server, string name) => Assert.Equal(name, Of(title, server));

    [Theory]
    [InlineData("GitHub's official OpenAPI spec + Octokit extension", "https://api.github.com", "GitHub")]
    [InlineData("GitHub\u2019s official OpenAPI spec", "https://api.github.com", "GitHub")]
    [InlineData("Recraft.ai External API", "https://external.api.recraft.ai/v1", "Recraft")]
    [InlineData("MiniMax Platform API", "https://api.minimax.io", "MiniMax")]
    [InlineData("ElevenLabs API Documentation", "https://api.elevenlabs.io", "ElevenLabs")]
    [InlineData("Discord HTTP API (Preview)", "https://discord.com/api/v10", "Discord")]
    [InlineData("Vercel REST API Reference", "https://api.vercel.com", "Vercel")]
    [InlineData("xAI API", "https://api.x.ai/v1", "XAI")]
    [InlineData("WaveSpeed AI API", "https://api.wavespeed.ai/api/v3", "WaveSpeedAI")]
    [InlineData("Together APIs", "https://api.together.ai/v1", "Together")]
    [InlineData("D-ID API", "https://api.d-id.com", "DID")]
    [InlineData("Twilio - Video", "https://video.twilio.com", "TwilioVideo")]
    [InlineData("Dream Machine API", "https://api.lumalabs.ai/dream-machine/v1", "DreamMachine")]
    [InlineData("Comfy API v2", "http://127.0.0.1:8189", "Comfy")]
    [InlineData("Platform API", "https://api.v0.dev", "V0")]
    [InlineData("v0 Platform API", "https://api.v0.dev", "V0")]
    public void The_server_decides_which_words_of_a_title_are_the_name(string title, string server, string name) => Assert.Equal(name, Of(title, server));

    [Fact]
    public void APIs_of_one_telling_title_say_whose_they_are()
    {
        var one = ApiDocuments.Of(ApiDocuments.Get("/a", "a"), title: "Studio", server: "https://api.one.example", path: "specs/one.json");
        var two = ApiDocuments.Of(ApiDocuments.Get("/b", "b"), title: "Studio", server: "https://api.two.example", path: "specs/two.json");
        var third = ApiDocuments.Of(ApiDocuments.Get("/c", "c"), title: "Studio", server: "https://api.two.example/pictures", path: "specs/three.json");

        var generated = new Project([one, two, third]).Run();

        Assert.Equal(["Demo.Models.OneStudioClient.g.cs", "Demo.Models.TwoPicturesStudioClient.g.cs", "Demo.Models.TwoStudioClient.g.cs"], Clients(generated));
        Assert.Equal(3, generated.Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0131"));
        Assert.Equal(generated.Sources.Keys.Order(), new Project([third, two, one]).Run().Sources.Keys.Order());
        Assert.NotEmpty(generated.Image());
    }

    [Theory]
    [InlineData("specs/a.json", "specs/b.json")]
    [InlineData("specs/b.json", "specs/a.json")]
    public void A_locked_name_stays_when_another_asks_for_it(string path, string other)
    {
        var locked = new Spec("specs.lock.json", """{"names": {"api:api.one.example/studio": "Studio"}}""");
        var one = ApiDocuments.Of(ApiDocuments.Get("/a", "a"), title: "Studio", server: "https://api.one.example", path: path);
        var two = ApiDocuments.Of(ApiDocuments.Get("/b", "b"), title: "Studio", server: "https://api.two.example", path: other);

        var generated = new Project([one, two, locked]).Run();

        Assert.Equal(["Demo.Models.StudioClient.g.cs", "Demo.Models.TwoStudioClient.g.cs"], Clients(generated));
        Assert.Equal(other, Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0131").Location.GetLineSpan().Path);
    }

    private static string Of(string title, string server)
    {
        var client = Assert.Single(Clients(new Project([ApiDocuments.Of(ApiDocuments.Get("/a", "a"), title: title, server: server)]).Run()));
        return client["Demo.Models.".Length..^"Client.g.cs".Length];
    }

    private static List<string> Clients(Generated generated) =>
        [.. generated.Sources.Keys.Where(name => name.EndsWith("Client.g.cs", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
