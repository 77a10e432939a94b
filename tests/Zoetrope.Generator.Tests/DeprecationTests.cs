using System.Reflection;
using Zoetrope.Generator.Changes;
using Zoetrope.Generator.Tooling;
using Zoetrope.Models;

namespace Zoetrope.Generator.Tests;

/// <summary>What documents call deprecated, compiled and used.</summary>
public class DeprecationTests
{
    private const string Input = """
        {
          "prompt": {"type": "string"},
          "num_frames": {"type": "integer"},
          "text_prompt": {"type": "string", "deprecated": true, "maxLength": 3, "description": "[DEPRECATED] Use 'prompt' instead. Kept for backward compatibility."},
          "number_of_frames": {"type": "integer", "description": "The number of frames. Deprecated. Use `num_frames` instead."},
          "deep_cache": {"type": "string", "deprecated": true, "description": "This parameter is deprecated and has no effect."},
          "old_style": {"type": "string", "deprecated": true, "x-replaced-by": "prompt"},
          "legacy": {"type": "string", "x-deprecated": {"message": "Gone in May \"2027\"."}},
          "shot": {"$ref": "#/components/schemas/Shot"},
          "needed": {"type": "string", "deprecated": true},
          "sunset": {"type": "string", "description": "Will be deprecated in May. Passing `false` is deprecated."},
          "status": {"type": "string", "description": "Either active or deprecated."},
          "fine": {"type": "string", "deprecated": false, "x-replaced-by": "prompt"}
        }
        """;

    private const string Schemas = """
        {"Shot": {"type": "object", "deprecated": true, "description": "Superseded by prompt.", "properties": {"text": {"type": "string", "maxLength": 2}}}}
        """;

    private static readonly Spec _document = Documents.FalOpenApi(
        "fal-ai/old", Input, ["needed"], Schemas, """{"text": {"type": "string"}, "cost": {"type": "number", "deprecated": true, "description": "Deprecated: use cost_total."}, "credits": {"type": "number", "deprecated": true}}""")
        .Replace("\"Out\": {\"type\": \"object\",", "\"Out\": {\"type\": \"object\", \"required\": [\"credits\"],");

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _model = new(() =>
    {
        var generated = new Project([_document]).Run();
        return (generated, generated.Load());
    });

    [Theory]
    [InlineData("Request", "TextPrompt", "Deprecated by the provider: Use 'prompt' instead (in C#: `Prompt`).")]
    [InlineData("Request", "NumberOfFrames", "Deprecated by the provider: Use `num_frames` instead (in C#: `NumFrames`).")]
    [InlineData("Request", "DeepCache", "Deprecated by the provider.")]
    [InlineData("Request", "OldStyle", "Deprecated by the provider: Use prompt instead (in C#: `Prompt`).")]
    [InlineData("Request", "Legacy", "Deprecated by the provider: Gone in May \"2027\".")]
    [InlineData("Result", "Cost", "Deprecated by the provider: use cost_total.")]
    [InlineData("Result", "Credits", "Deprecated by the provider.")]
    [InlineData("Request", "Needed", null)]
    [InlineData("Request", "Sunset", null)]
    [InlineData("Request", "Status", null)]
    [InlineData("Request", "Fine", null)]
    [InlineData("Request", "Prompt", null)]
    public void A_deprecated_member_says_what_replaces_it(string type, string member, string? message)
    {
        var attribute = _model.Value.Assembly.GetType("Demo.Models.Old+" + type, throwOnError: true)!.GetProperty(member)!.GetCustomAttribute<ObsoleteAttribute>();

        Assert.Equal(message, attribute?.Message);
        Assert.Equal(message is null ? null : "ZT0143", attribute?.DiagnosticId);
    }

    [Fact]
    public void A_deprecated_type_does_too() => Assert.Equal(
        "Deprecated by the provider: Superseded by prompt.",
        _model.Value.Assembly.GetType("Demo.Models.Old+Shot", throwOnError: true)!.GetCustomAttribute<ObsoleteAttribute>()!.Message);

    [Fact]
    public void Its_use_is_a_warning_with_an_id_of_its_own_and_generated_code_has_none()
    {
        var generated = new Project([_document], code: """
            #pragma warning disable CS1591 // It is test code.
            public static class Use
            {
                public static Demo.Models.Old.Request Request() => new() { Needed = "a", TextPrompt = "b" };
            }
            """).Run();

        var error = Assert.Single(generated.Errors());
        Assert.Contains("ZT0143", error);
        Assert.Contains("(in C#: `Prompt`)", error);
    }

    [Fact]
    public void Deprecated_members_are_read_written_and_validated_all_the_same()
    {
        var json = """{"needed":"x","text_prompt":"abcd","shot":{"text":"abc"}}""";

        Assert.Equal("""{"text_prompt":"abcd","shot":{"text":"abc"},"needed":"x"}""", Generated.RoundTrip(_model.Value.Assembly, "Demo.Models.Old+Request", json));
        Assert.Equal(
            ["text_prompt", "shot.text"],
            Generated.Endpoint(_model.Value.Assembly, "Demo.Models.Old").Validate(Json.RawJson.Parse(json)).Issues.Select(issue => issue.Path));
    }

    [Fact]
    public void A_deprecated_model_is_marked_on_its_class_and_on_the_client()
    {
        var document = Documents.FalOpenApi("fal-ai/old", """{"prompt": {"type": "string"}}""")
            .Replace("\"category\": \"x\"", "\"category\": \"x\", \"deprecated\": true, \"x-replaced-by\": \"fal-ai/new\"");
        var generated = new Project([document]).Run();
        var assembly = generated.Load();
        const string Message = "Deprecated by the provider: Use fal-ai/new instead.";

        Assert.Equal(Message, assembly.GetType("Demo.Models.Old", throwOnError: true)!.GetCustomAttribute<ObsoleteAttribute>()!.Message);
        var info = (ModelInfo)assembly.GetType("Demo.Models.Old", throwOnError: true)!.GetProperty("Info")!.GetValue(null)!;
        Assert.Equal(Message, info.Deprecation);
        var used = new Project([document], code: """
            #pragma warning disable CS1591 // It is test code.
            using Demo.Models;

            public static class Use
            {
                public static object Of(Zoetrope.Fal.FalClient client) => client.Old;
            }
            """).Run();
        Assert.Contains("ZT0143", Assert.Single(used.Errors()));
    }

    [Theory]
    [InlineData("deprecated", "Deprecated by the provider.")]
    [InlineData("DEPRECATED", "Deprecated by the provider.")]
    [InlineData("removed", "Deprecated by the provider: its status is 'removed'.")]
    [InlineData("Sunset", "Deprecated by the provider: its status is 'Sunset'.")]
    [InlineData("active", null)]
    [InlineData("public", null)]
    public void The_status_of_a_model_says_it_at_each_provider(string status, string? message)
    {
        var fal = Documents.FalOpenApi("fal-ai/old", """{"prompt": {"type": "string"}}""")
            .Replace("\"category\": \"x\"", $"\"category\": \"x\", \"deprecated\": false, \"status\": \"{status}\"");
        var page = TestFiles.EachlabsPage.Replace("**Status:** active", "**Status:** " + status);
        var assembly = new Project([fal, page]).Run().Load();

        Assert.Equal(
            (message, message), (MessageOf(assembly.GetType("Demo.Models.Old")!), MessageOf(assembly.GetType("Demo.Models.KlingO3ProImageToVideo")!)));
    }

    [Fact]
    public void A_model_of_a_declared_provider_is_deprecated_with_its_operation()
    {
        var acme = CatalogFiles.Acme;
        var document = acme[0].Replace("\"/make\": {\"post\": {", "\"/make\": {\"post\": {\"deprecated\": true, \"x-replaced-by\": \"/produce\",");
        var assembly = new Project([document, .. acme[1..]]).Run().Load();

        Assert.Equal("Deprecated by the provider: Use /produce instead.", MessageOf(assembly.GetTypes().Single(type => type.Name == "Clip")));
    }

    [Theory]
    [InlineData("removed", "active", null)]
    [InlineData("active", "removed", null)]
    [InlineData("removed", "removed", "Deprecated by the provider: its status is 'removed'.")]
    [InlineData("removed", "deprecated", "fal: Deprecated by the provider: its status is 'removed'. eachlabs: Deprecated by the provider.")]
    public void A_neutral_model_is_deprecated_where_it_is_so_at_all_its_providers(string fal, string eachlabs, string? message)
    {
        var generated = new Project([.. TestFiles.Kling.Select(spec => spec with
        {
            Text = spec.Text.Replace("\"category\": \"image-to-video\"", $"\"category\": \"image-to-video\", \"status\": \"{fal}\"")
                .Replace("**Status:** active", "**Status:** " + eachlabs),
        })]).Run();
        var model = generated.Load().GetType("Demo.Models.Neutral.KlingO3ProImageToVideo", throwOnError: true)!;
        var file = generated.Source("Demo.Models.Neutral.KlingO3ProImageToVideo.g.cs");

        Assert.Equal(message, MessageOf(model));
        // The class and its member of the router.
        Assert.Equal(message is null ? 0 : 2, file.Split("[global::System.Obsolete(\"" + message).Length - 1);
    }

    [Fact]
    public void A_deprecated_operation_is_marked_too()
    {
        var document = new Spec("specs/shop.json", """
            {"openapi": "3.0.3", "info": {"title": "Shop", "version": "1"}, "servers": [{"url": "https://shop.example"}], "paths": {
              "/old": {"get": {"operationId": "listOld", "deprecated": true, "description": "Deprecated: use /new.", "responses": {"200": {"description": "d",
                "content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}}}},
              "/new": {"get": {"operationId": "listNew", "responses": {"204": {"description": "d"}}}}}}
            """);
        var generated = new Project([document]).Run();
        var client = generated.Load().GetType("Demo.Models.ShopClient", throwOnError: true)!;

        Assert.Equal("Deprecated by the provider: use /new.", client.GetMethod("ListOldAsync")!.GetCustomAttribute<ObsoleteAttribute>()!.Message);
        Assert.Null(client.GetMethod("ListNewAsync")!.GetCustomAttribute<ObsoleteAttribute>());
    }

    [Fact]
    public void Listings_say_it()
    {
        var info = (ModelInfo)_model.Value.Assembly.GetType("Demo.Models.Old", throwOnError: true)!.GetProperty("Info")!.GetValue(null)!;
        var card = Assert.Single(ModelCards.Of([new(_document.Path, _document.Text)], TestContext.Current.CancellationToken));

        Assert.Null(info.Deprecation);
        Assert.Equal("Deprecated by the provider.", info.Parameters.Single(parameter => parameter.Name == "deep_cache").Deprecation);
        Assert.Equal("Deprecated by the provider.", card.Types[0].Members.Single(member => member.JsonName == "deep_cache").Deprecation);
    }

    [Fact]
    public void A_member_that_becomes_deprecated_is_a_compatible_change_with_its_replacement()
    {
        var former = Documents.FalOpenApi("fal-ai/old", """{"a": {"type": "string"}, "b": {"type": "string"}}""");
        var latter = Documents.FalOpenApi("fal-ai/old", """{"a": {"type": "string", "deprecated": true, "x-replaced-by": "b"}, "b": {"type": "string"}}""");

        var change = Assert.Single(
            SpecDiff.Between([new(former.Path, former.Text)], [new(latter.Path, latter.Text)], TestContext.Current.CancellationToken).Changes);

        Assert.Equal(
            (ChangeImpact.Compatible, "it is obsolete now: Deprecated by the provider: Use b instead (in C#: `B`)."), (change.Impact, change.Message));
    }

    private static string? MessageOf(MemberInfo member) => member.GetCustomAttribute<ObsoleteAttribute>()?.Message;
}
