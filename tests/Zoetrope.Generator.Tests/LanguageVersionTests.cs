using Microsoft.CodeAnalysis.CSharp;

namespace Zoetrope.Generator.Tests;

public class LanguageVersionTests
{
    [Theory]
    [InlineData(LanguageVersion.CSharp14, "client.KlingVideoO3ProImageToVideo.Endpoint", "router.KlingO3ProImageToVideo.Model")]
    [InlineData(LanguageVersion.CSharp13, "client.KlingVideoO3ProImageToVideo().Endpoint", "router.KlingO3ProImageToVideo().Model")]
    [InlineData(LanguageVersion.CSharp11, "client.KlingVideoO3ProImageToVideo().Endpoint", "router.KlingO3ProImageToVideo().Model")]
    public void The_model_is_on_the_client_in_every_version(LanguageVersion version, string onClient, string onRouter)
    {
        var code = $$"""
            using Demo.Fal;
            using Demo.Models.Neutral;
            internal static class Use
            {
                public static object Endpoint(global::Zoetrope.Fal.FalClient client) => {{onClient}};
                public static object Model(global::Zoetrope.Routing.MediaRouter router) => {{onRouter}};
            }
            """;

        Assert.NotEmpty(new Project(TestFiles.Kling, version, code: code).Run().Image());
    }
}
