using FsCheck;
using FsCheck.Fluent;
using Zoetrope.Jobs;

namespace Zoetrope.Tests;

public sealed class JobHandleTests
{
    [Fact]
    public void Every_handle_is_read_back_from_its_text()
    {
        var text = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(value => string.Concat(value.Get.Where(unit => !char.IsSurrogate(unit))) + "x");
        var handles =
            from provider in text
            from endpoint in text
            from job in text
            from location in Gen.OneOf(Gen.Constant<string?>(null), text.Select(value => (string?)value))
            select new JobHandle(provider, endpoint, job, location);

        Prop.ForAll(handles.ToArbitrary(), handle => JobHandle.Parse(handle.ToString()) == handle).CheckSeeded();
    }

    [Theory]
    [InlineData("fal", "fal-ai/kling-video/o3/pro/image-to-video", "764cabcf-cfcf-4cdd-8fd6-6c1c8a6f0e70", null, "fal:fal-ai/kling-video/o3/pro/image-to-video:764cabcf-cfcf-4cdd-8fd6-6c1c8a6f0e70")]
    [InlineData("fal", "a/b", "1", "/a/b/requests/1", "fal:a/b:1@/a/b/requests/1")]
    [InlineData("p", "a:b@c", "😀", null, "p:a%3Ab%40c:%F0%9F%98%80")]
    public void A_handle_is_plain_text(string provider, string endpoint, string job, string? location, string text)
    {
        var handle = new JobHandle(provider, endpoint, job, location);

        Assert.Equal(text, handle.ToString());
        Assert.Equal(handle, JobHandle.Parse(text));
    }

    [Fact]
    public void A_handle_is_parsed_by_generic_code()
    {
        const string Text = "fal:a/b:1";

        Assert.Equal(JobHandle.Parse(Text), Parse<JobHandle>(Text));
        Assert.True(TryParse<JobHandle>(Text, out var handle));
        Assert.Equal(JobHandle.Parse(Text), handle);
        Assert.False(TryParse<JobHandle>("fal", out _));
        Assert.False(TryParse<JobHandle>(null, out _));
        Assert.Throws<FormatException>(() => Parse<JobHandle>("fal"));

        static T Parse<T>(string text)
            where T : IParsable<T> => T.Parse(text, null);

        static bool TryParse<T>(string? text, out T? value)
            where T : IParsable<T> => T.TryParse(text, null, out value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fal")]
    [InlineData("fal:")]
    [InlineData("fal:model")]
    [InlineData("fal:model:")]
    [InlineData(":model:1")]
    [InlineData("fal::1")]
    [InlineData("fal:model:1@")]
    public void Text_that_is_not_a_handle_is_refused(string text)
    {
        Assert.False(JobHandle.TryParse(text, out _));
        Assert.Contains("is not a job handle", Assert.Throws<FormatException>(() => JobHandle.Parse(text)).Message);
    }
}
