namespace Zoetrope.Generator.Tests;

/// <summary>The class names of endpoints that ask for the same one.</summary>
public class EndpointNameTests
{
    private static readonly Spec _fal = Documents.FalOpenApi("fal-ai/kling-o3-pro/image-to-video", """{"prompt": {"type": "string"}}""");

    [Fact]
    public void The_same_model_at_two_providers_is_led_by_each()
    {
        var one = new Project([_fal, TestFiles.EachlabsPage]).Run();
        var other = new Project([TestFiles.EachlabsPage, _fal]).Run();

        Assert.Equal(["EachlabsKlingO3ProImageToVideo", "FalKlingO3ProImageToVideo"], Classes(one));
        Assert.Equal(Classes(one), Classes(other));
        Assert.Equal(
            [
                "The endpoints 'eachlabs:kling-o3-pro-image-to-video' and 'fal:fal-ai/kling-o3-pro/image-to-video' would both be the class KlingO3ProImageToVideo; "
                    + "this one is EachlabsKlingO3ProImageToVideo instead. To keep a name, lock it in specs.lock.json",
                "The endpoints 'fal:fal-ai/kling-o3-pro/image-to-video' and 'eachlabs:kling-o3-pro-image-to-video' would both be the class KlingO3ProImageToVideo; "
                    + "this one is FalKlingO3ProImageToVideo instead. To keep a name, lock it in specs.lock.json",
            ],
            one.Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0114").Select(diagnostic => diagnostic.GetMessage()).Order(StringComparer.Ordinal));
        Assert.NotEmpty(one.Image());
    }

    [Theory]
    [InlineData("fal:fal-ai/kling-o3-pro/image-to-video", "EachlabsKlingO3ProImageToVideo", "KlingO3ProImageToVideo")]
    [InlineData("eachlabs:kling-o3-pro-image-to-video", "FalKlingO3ProImageToVideo", "KlingO3ProImageToVideo")]
    public void A_locked_name_stays_when_the_other_provider_comes(string locked, params string[] names)
    {
        var generated = new Project([_fal, TestFiles.EachlabsPage, new("specs.lock.json", $$"""{"names": {"{{locked}}": "KlingO3ProImageToVideo"} }""")]).Run();

        Assert.Equal(names, Classes(generated));
        Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0114");
    }

    [Fact]
    public void Where_the_provider_is_not_enough_there_is_a_hash()
    {
        var again = Documents.FalOpenApi("fal-ai/kling/o3-pro-image-to-video", """{"prompt": {"type": "string"}}""") with { Path = "again.json" };
        var taken = Documents.FalOpenApi("eachlabs/kling-o3-pro-image-to-video", """{"prompt": {"type": "string"}}""") with { Path = "taken.json" };

        var names = Classes(new Project([_fal, again, TestFiles.EachlabsPage, taken]).Run());

        Assert.Equal(4, names.Count);
        Assert.Equal("EachlabsKlingO3ProImageToVideo", names[0]);
        Assert.All(names.Skip(1), name => Assert.Matches("^KlingO3ProImageToVideo_[0-9a-f]{6}$", name));
    }

    private static List<string> Classes(Generated generated) =>
        [.. generated
            .Load()
            .GetExportedTypes()
            .Where(type => type is { IsNested: false } && type.GetProperty("Endpoint") is not null)
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal)];
}
