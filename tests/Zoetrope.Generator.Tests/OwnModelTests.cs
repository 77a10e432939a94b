using Microsoft.CodeAnalysis.CSharp;

namespace Zoetrope.Generator.Tests;

/// <summary>A document of one's own beside a packaged model of the same endpoint: the own one is what the client has, and nothing that a package gains breaks a build.</summary>
public class OwnModelTests
{
    private const string Name = "KlingVideoO3ProImageToVideo";

    [Fact]
    public void The_own_model_is_the_one_on_the_client()
    {
        var code = $$"""
            using Demo.Models;
            using Zoetrope;
            using Zoetrope.Fal;
            using Zoetrope.Fal.Models;
            internal static class Use
            {
                public static ModelClient<Demo.Models.{{Name}}.Request, Demo.Models.{{Name}}.Result> Own(FalClient fal) => fal.{{Name}};
                public static string Where(FalClient fal) => fal.{{Name}}.GetType().GetGenericArguments()[0].Assembly.GetName().Name!;
            }
            """;

        var assembly = new Project([TestFiles.FalOpenApi], code: code).Run().Load();

        using var fal = new Fal.FalClient(new() { ApiKey = "k" });
        Assert.Equal("Demo", assembly.GetType("Use")!.GetMethod("Where")!.Invoke(null, [fal]));
    }

    [Fact]
    public void Without_one_the_packaged_model_is()
    {
        var code = $$"""
            using Zoetrope.Fal;
            using Zoetrope.Fal.Models;
            internal static class Use
            {
                public static object Packaged(FalClient fal) => fal.{{Name}};
            }
            """;

        Assert.Empty(new Project([Documents.FalOpenApi("fal-ai/other", "{}")], code: code).Run().Errors());
    }

    [Fact]
    public void Both_providers_packages_give_way()
    {
        var code = """
            using Demo.Models;
            using Zoetrope;
            using Zoetrope.Eachlabs;
            using Zoetrope.Eachlabs.Models;
            internal static class Use
            {
                public static ModelClient<Demo.Models.KlingO3ProImageToVideo.Request, Demo.Models.KlingO3ProImageToVideo.Result> Own(EachlabsClient client) => client.KlingO3ProImageToVideo;
            }
            """;

        Assert.Empty(new Project([TestFiles.EachlabsPage], code: code).Run().Errors());
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp14, "extension<TClient>(TClient client) where TClient : global::Zoetrope.Fal.FalClient")]
    [InlineData(LanguageVersion.CSharp13, "<TClient>(this TClient client) where TClient : global::Zoetrope.Fal.FalClient")]
    public void A_library_of_models_can_give_way_too(LanguageVersion version, string member)
    {
        var generated = new Project([TestFiles.FalOpenApi], version, properties: ("ZoetropeOverridable", "true")).Run();

        Assert.Contains(member, generated.Source($"Demo.Models.{Name}.g.cs"));
        Assert.Empty(generated.Errors());
    }
}
