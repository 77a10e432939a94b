using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>Which document <c>zoetrope specs add</c> replaces, and what things are called.</summary>
public sealed class SpecsIdentityTests
{
    [Fact]
    public async Task APIs_of_one_title_and_different_servers_stand_side_by_side()
    {
        using var folder = new SpecsFolder();
        folder.Write("one.json", Api("API Reference", "https://api.one.example", "a"));
        folder.Write("three.json", Api("API Reference", "https://api.three.example/v1", "b"));

        (await folder.RunAsync(["specs", "add", "one.json"])).Exits(0).Says("specs/one/api.json was written: ").Says("  In C#: new OneClient()");
        (await folder.RunAsync(["specs", "add", "three.json"])).Exits(0).Says("specs/three/api.json was written: ").Says("  In C#: new ThreeClient()");
        (await folder.RunAsync(["specs", "add", "one.json"])).Exits(0).Says("specs/one/api.json was replaced: ");

        Assert.Equal(folder.Read("one.json"), folder.Read("specs/one/api.json"));
        Assert.Equal(folder.Read("three.json"), folder.Read("specs/three/api.json"));
        (await folder.RunAsync(["specs", "check", "specs", "--warnaserror"])).Exits(0);
    }

    /// <summary>A title of many words may be several providers' too: nothing is guessed.</summary>
    [Theory]
    [InlineData("https://api.one.example", "https://api.two.example")]
    [InlineData("https://gateway.example/one", "https://gateway.example/two")]
    [InlineData("https://api.one.example", "https://api.one.example:8443")]
    [InlineData("http://127.0.0.1:8000", "http://127.0.0.1:9000")]
    public async Task Another_server_is_another_API_and_the_way_out_is_said(string server, string other)
    {
        using var folder = new SpecsFolder();
        folder.Write("one.json", Api("Pictures", server, "a"));
        folder.Write("two.json", Api("Pictures", other, "b"));
        (await folder.RunAsync(["specs", "add", "one.json"])).Exits(0);

        var refused = await folder.RunAsync(["specs", "add", "two.json"]);

        refused.Exits(2).Says("SOURCE: its name would be 'specs/pictures/api.json', which exists and is not of 'Pictures' with 1 operation at ")
            .Says("`--name pictures` replaces it; any other --name adds this document beside it.");
        Assert.Equal(folder.Read("one.json"), folder.Read("specs/pictures/api.json"));

        (await folder.RunAsync(["specs", "add", "two.json", "--name", "Second"]))
            .Exits(0)
            .Says("specs/second/api.json was written: ")
            .Says("  In C#: new SecondClient()");
        (await folder.RunAsync(["specs", "add", "one.json"])).Exits(0).Says("specs/pictures/api.json was replaced: ").Says("  In C#: new PicturesClient()");
    }

    [Theory]
    [InlineData("https://api.one.example", "https://api.one.example/v2")]
    [InlineData("https://api.one.example/v1", "https://api.one.example/v2")]
    [InlineData("https://api.one.example/api/v1", "https://api.one.example")]
    public async Task Another_version_at_the_server_is_the_same_API(string server, string other)
    {
        using var folder = new SpecsFolder();
        folder.Write("one.json", Api("Pictures", server, "a"));
        folder.Write("two.json", Api("Pictures", other, "b"));
        (await folder.RunAsync(["specs", "add", "one.json"])).Exits(0);

        (await folder.RunAsync(["specs", "add", "two.json"])).Exits(0).Says("specs/pictures/api.json was replaced: ").Says("  - GET /a").Says("  + GET /b");
    }

    [Fact]
    public async Task A_name_replaces_what_has_it_and_the_names_in_CSharp_stay()
    {
        using var folder = new SpecsFolder();
        folder.Write("one.json", Api("Pictures", "https://api.one.example", "a"));
        folder.Write("two.json", Api("Pictures and more", "https://api.one.io", "a"));
        (await folder.RunAsync(["specs", "add", "one.json"])).Exits(0);
        folder.Replace(SpecsFolder.Lock, "\"api:api.one.example/pictures#/GET ~1a\": \"A\"", "\"api:api.one.example/pictures#/GET ~1a\": \"First\"");

        (await folder.RunAsync(["specs", "add", "two.json", "--name", "pictures"]))
            .Exits(0)
            .Says("specs/pictures/api.json was replaced: ")
            .Says("  In C#: new PicturesClient()");

        using var locked = JsonDocument.Parse(folder.Read(SpecsFolder.Lock));
        var names = locked.RootElement.GetProperty("names");
        Assert.Equal(
            ("Pictures", "First"),
            (names.GetProperty("api:api.one.io/pictures-and-more").GetString(), names.GetProperty("api:api.one.io/pictures-and-more#/GET ~1a").GetString()));
        Assert.False(names.TryGetProperty("api:api.one.example/pictures", out _));
    }

    /// <summary>An API keeps its class when another one of its title comes.</summary>
    [Fact]
    public async Task The_second_of_a_title_leaves_the_first_its_names()
    {
        using var folder = new SpecsFolder();
        folder.Write("specs/zebra/api.json", Api("Pictures", "https://api.one.example", "a"));
        (await folder.RunAsync(["specs", "lock"])).Exits(0);
        folder.Write("specs/ant/api.json", Api("Pictures", "https://api.two.example", "b"));
        (await folder.RunAsync(["specs", "lock"])).Exits(0);

        using var locked = JsonDocument.Parse(folder.Read(SpecsFolder.Lock));
        var names = locked.RootElement.GetProperty("names");
        Assert.Equal("Pictures", names.GetProperty("api:api.one.example/pictures").GetString());
        Assert.Equal("TwoPictures", names.GetProperty("api:api.two.example/pictures").GetString());
    }

    [Fact]
    public async Task What_is_there_and_is_no_API_is_not_replaced_by_name()
    {
        using var folder = new SpecsFolder();
        folder.Write("specs/pictures/api.json", "{\"openapi\": \"3.1.0\", \"paths\": {}}");
        folder.Write("one.json", Api("Pictures", "https://api.one.example", "a"));

        foreach (var more in new string[][] { [], ["--name", "pictures"] })
        {
            (await folder.RunAsync(["specs", "add", "one.json", .. more])).Exits(2)
                .Says("SOURCE: its name would be 'specs/pictures/api.json', which exists and is not of 'Pictures'")
                    .Says("`--name NAME` adds this document under another name; ");
        }
        Assert.Equal("{\"openapi\": \"3.1.0\", \"paths\": {}}", folder.Read("specs/pictures/api.json"));
    }

    /// <summary>A short summary: what came, what went, what is of another type.</summary>
    [Fact]
    public async Task A_replacement_says_what_changed()
    {
        using var folder = new SpecsFolder();
        folder.Write("new.json", folder.Read(SpecsFolder.FalOpenApi));
        (await folder.RunAsync(["specs", "add", SpecsFolder.FalOpenApi]))
            .Exits(0)
            .Says("  No parameter, member, value or operation was added or removed, and no type or limit changed.");

        folder.Replace("new.json", "\"end_image_url\"", "\"last_image_url\"");
        folder.Replace("new.json", "\"customize\"", "\"free\"");
        folder.Replace("new.json", "\"maxLength\": 2500", "\"maxLength\": 1200");
        var result = await folder.RunAsync(["specs", "add", "new.json"]);

        result
            .Exits(0)
            .Says("  - input.end_image_url (string")
            .Says("  + input.last_image_url (string")
            .Says("  - input.shot_type = \"customize\"")
            .Says("  + input.shot_type = \"free\"")
            .Says("  ~ input.prompt: string or null, maxLength 2500 -> string or null, maxLength 1200");
    }

    private static string Api(string title, string server, string operation) => $$"""
        {"openapi": "3.1.0", "info": {"title": "{{title}}", "version": "1"}, "servers": [{"url": "{{server}}"}],
         "paths": {"/{{operation}}": {"get": {"operationId": "{{operation}}", "responses": {"204": {"description": ""} } } } } }
        """;
}
