using FsCheck;
using FsCheck.Fluent;
using Zoetrope.Jobs;

namespace Zoetrope.Tests;

public sealed class JobHandleTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

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

    [Fact]
    public void The_context_of_a_trace_travels_in_the_text_and_is_no_part_of_the_value()
    {
        var plain = new JobHandle("fal", "a/b", "1", "/c");
        var traced = plain with { TraceParent = Trace };

        Assert.Equal("fal:a/b:1@/c#trace=" + Trace, traced.ToString());
        Assert.Equal(Trace, JobHandle.Parse(traced.ToString()).TraceParent);
        Assert.Equal(("/c", null), (JobHandle.Parse(traced.ToString()).Location, JobHandle.Parse(traced.ToString()).IdempotencyKey));
        Assert.Equal(plain, traced);
        Assert.Equal(plain.GetHashCode(), traced.GetHashCode());
        Assert.Equal(plain.ToString(), (traced with { TraceParent = null }).ToString());
    }

    [Fact]
    public void A_key_is_never_mistaken_because_of_a_trace()
    {
        var keyed = new JobHandle("higgsfield", "m", "1") { IdempotencyKey = "k" };
        var both = keyed with { TraceParent = Trace };

        // Those who read handles as they were before would take all of it for the key.
        Assert.Equal("higgsfield:m:1#k", both.ToString());
        Assert.Equal(("k", Trace), (both.IdempotencyKey, both.TraceParent));
        Assert.Equal(("k2", Trace), ((both with { IdempotencyKey = "k2" }).IdempotencyKey, (both with { IdempotencyKey = "k2" }).TraceParent));
        Assert.Equal((null, Trace), ((both with { IdempotencyKey = null }).IdempotencyKey, (both with { IdempotencyKey = null }).TraceParent));
        Assert.Equal(("k", null), ((both with { TraceParent = null }).IdempotencyKey, (both with { TraceParent = null }).TraceParent));
        Assert.NotEqual(keyed, both with { IdempotencyKey = "k2" });
    }

    [Theory]
    [InlineData("trace=" + Trace)]
    [InlineData("trace=")]
    [InlineData("x")]
    public void Keys_of_all_forms_are_read_back(string key)
    {
        var handle = JobHandle.Parse((new JobHandle("p", "m", "1") { IdempotencyKey = key }).ToString());

        Assert.Equal((key, null), (handle.IdempotencyKey, handle.TraceParent));
    }

    [Theory]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7")]
    [InlineData("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0G")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01")]
    [InlineData("secret")]
    public void What_is_not_the_context_of_a_trace_is_refused_and_in_a_text_it_is_a_key(string text)
    {
        Assert.Contains("is not a traceparent", Assert.Throws<FormatException>(() => new JobHandle("p", "m", "1") { TraceParent = text }).Message);
        Assert.Equal(("trace=" + text, null), (JobHandle.Parse("p:m:1#trace=" + text).IdempotencyKey, JobHandle.Parse("p:m:1#trace=" + text).TraceParent));
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
