using Zoetrope.Fal;

namespace Zoetrope.Protocol.Tests.Fal;

public sealed class FalEndpointIdTests
{
    [Theory]
    [InlineData("fal-ai/flux", "fal-ai/flux", null)]
    [InlineData("fal-ai/flux/dev", "fal-ai/flux", "dev")]
    [InlineData("fal-ai/kling-video/o3/pro/image-to-video", "fal-ai/kling-video", "o3/pro/image-to-video")]
    [InlineData("workflows/someone/flow", "workflows/someone/flow", null)]
    [InlineData("comfy/someone/flow/v2/run", "comfy/someone/flow", "v2/run")]
    [InlineData("bria/bria_video_eraser/erase/mask", "bria/bria_video_eraser", "erase/mask")]
    [InlineData("fal-ai/seedance-v1.5", "fal-ai/seedance-v1.5", null)]
    public void The_app_and_the_path_are_distinguished(string id, string app, string? path)
    {
        var parsed = FalEndpointId.Parse(id);

        Assert.Equal((app, path, id), (parsed.App, parsed.Path, parsed.ToString()));
    }

    [Fact]
    public void Namespaces_are_not_owners()
    {
        var parsed = FalEndpointId.Parse("workflows/someone/flow/v2");

        Assert.Equal(("workflows", "someone", "flow", "v2"), (parsed.Namespace, parsed.Owner, parsed.Alias, parsed.Path));
    }

    [Fact]
    public void The_old_format_means_owner_and_app()
    {
        var parsed = FalEndpointId.Parse("110602490-fast-sdxl");

        Assert.Equal("110602490/fast-sdxl", parsed.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("flux")]
    [InlineData("-flux")]
    [InlineData("123-")]
    [InlineData("12a-flux")]
    [InlineData("123-fl_ux")]
    [InlineData("workflows/someone")]
    [InlineData("fal-ai//dev")]
    [InlineData("/fal-ai/flux")]
    [InlineData("fal-ai/flux/")]
    [InlineData("fal-ai/../flux")]
    [InlineData("fal-ai/./flux")]
    [InlineData("fal-ai/flux?x=1")]
    [InlineData("fal-ai/flux#x")]
    [InlineData("fal-ai/flux%2fdev")]
    [InlineData("fal-ai/fl ux")]
    [InlineData("fal-ai\\flux/dev")]
    [InlineData("https://fal.run/fal-ai/flux")]
    [InlineData("fal-ai/flüx")]
    public void A_segment_that_could_leave_its_path_is_not_an_id(string id)
    {
        Assert.False(FalEndpointId.TryParse(id, out _));
        var exception = Assert.Throws<ArgumentException>(() => FalEndpointId.Parse(id));
        Assert.Contains("owner/app", exception.Message, StringComparison.Ordinal);
    }
}
