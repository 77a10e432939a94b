using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Tests;

public sealed class ValidationTests
{
    [Fact]
    public void All_issues_are_reported_together_with_their_paths()
    {
        var request = RawJson.Parse("""
            {"prompt":"much too long for it","image_url":"ftp://a/b","steps":0,"scale":1.5,"audio":"maybe","shots":[{"prompt":"a"},{},{"prompt":7}]}
            """).Deserialize<TestRequest>();

        var issues = ValidationResult.Of(request).Issues;

        Assert.Equal(
            [
                "audio: must be true or false, but is \"maybe\"",
                "prompt: must have at most 10 characters, but has 20",
                "image_url: must be an http or https URL or a data URI, but is not an http or https URL",
                "steps: must be at least 1, but is 0",
                "scale: must be at most 1, but is 1.5",
                "shots: must have at most 2 items, but has 3",
                "shots[1].prompt: is required",
                "shots[2].prompt: must be a string, but is 7",
            ],
            issues.Select(issue => issue.ToString()));
        Assert.Equal((ValidationRule.Maximum, "1", "1.5"), (issues[4].Rule, issues[4].Limit, issues[4].Actual));
    }

    [Fact]
    public void A_member_inside_is_missing_even_if_one_of_the_same_name_outside_is_of_another_type()
    {
        var request = RawJson.Parse("""{"prompt":5,"shots":[{}]}""").Deserialize<TestRequest>();

        Assert.Equal(
            ["prompt: must be a string, but is 5", "shots[0].prompt: is required"],
            ValidationResult.Of(request).Issues.Select(issue => issue.ToString()));
    }

    [Fact]
    public void Lengths_are_counted_in_code_points()
    {
        Assert.Null(First(context: (ref ValidationContext c) => c.Length(string.Concat(Enumerable.Repeat("😀", 10)), "p", max: 10)));
        Assert.Equal("11", First((ref ValidationContext c) => c.Length(string.Concat(Enumerable.Repeat("😀", 11)), "p", max: 10))!.Actual);
        Assert.Equal(ValidationRule.MinLength, First((ref ValidationContext c) => c.Length("😀", "p", min: 2))!.Rule);
        Assert.Null(First((ref ValidationContext c) => c.Length("😀a", "p", min: 2)));
        Assert.Equal("3", First((ref ValidationContext c) => c.Length("\udc00\udc00\udc00", "p", max: 2))!.Actual);
        Assert.Null(First((ref ValidationContext c) => c.Length(null, "p", min: 2)));
    }

    [Fact]
    public void Limits_themselves_are_allowed_unless_they_are_exclusive()
    {
        Assert.Null(First((ref ValidationContext c) => c.Range(1L, "n", 1, 1)));
        Assert.Null(First((ref ValidationContext c) => c.Range(0.5, "n", 0.5, 0.5)));
        Assert.Equal("more than 0.5", First((ref ValidationContext c) => c.Range(0.5, "n", 0.5, aboveMin: true))!.Limit);
        Assert.Equal("must be more than 0.5, but is 0.5", First((ref ValidationContext c) => c.Range(0.5, "n", 0.5, aboveMin: true))!.Message);
        Assert.Equal("must be less than 0.5, but is 2", First((ref ValidationContext c) => c.Range(2.0, "n", max: 0.5, belowMax: true))!.Message);
        Assert.Equal("less than 0.5", First((ref ValidationContext c) => c.Range(0.5, "n", max: 0.5, belowMax: true))!.Limit);
        Assert.Null(First((ref ValidationContext c) => c.Range((double?)null, "n", 1, 2)));
        Assert.Equal(ValidationRule.Type, First((ref ValidationContext c) => c.Range(double.NaN, "n"))!.Rule);
        Assert.Equal(ValidationRule.Type, First((ref ValidationContext c) => c.Range(double.PositiveInfinity, "n"))!.Rule);
    }

    [Theory]
    [InlineData(true, false, null)]
    [InlineData(false, true, null)]
    [InlineData(true, true, "exactly one of prompt and multi_prompt must be given, but both are")]
    [InlineData(false, false, "exactly one of prompt and multi_prompt must be given, but neither is")]
    public void Exactly_one_of_two_is_given(bool first, bool second, string? message) =>
        Assert.Equal(message, First((ref ValidationContext c) => c.ExactlyOne(first, second, "prompt", "multi_prompt"))?.Message);

    [Fact]
    public void At_least_one_of_two_is_given()
    {
        Assert.Null(First((ref ValidationContext c) => c.AtLeastOne(true, true, "a", "b")));
        Assert.Equal(
            "at least one of a and b must be given, but b is empty",
            First((ref ValidationContext c) => c.AtLeastOne(false, false, "a", "b", "b"))!.Message);
        Assert.Equal(
            "exactly one of a and b must be given, but a is empty",
            First((ref ValidationContext c) => c.ExactlyOne(false, false, "a", "b", "a"))!.Message);
        Assert.Equal("at least one of a and b must be given", First((ref ValidationContext c) => c.AtLeastOne(false, false, "a", "b"))!.Message);
    }

    [Fact]
    public void A_member_of_another_type_is_not_reported_twice()
    {
        var context = new ValidationContext();
        context.Add("b", ValidationRule.Type, "a list", "5");

        context.ExactlyOne(false, false, "a", "b");
        context.AtLeastOne(false, false, "a", "b");
        context.Required(false, "b");

        Assert.Single(context.ToResult().Issues);
    }

    [Fact]
    public void Values_and_counts_are_checked()
    {
        Assert.Equal("must be one of \"a\", \"b\", but is \"c\"", First((ref ValidationContext c) => c.Known("c", "e", "\"a\", \"b\""))!.Message);
        Assert.Equal(ValidationRule.MinItems, First((ref ValidationContext c) => c.Count(new[] { 1 }, "l", min: 2))!.Rule);
        Assert.Equal(ValidationRule.MaxItems, First((ref ValidationContext c) => c.Count(new[] { 1 }, "l", max: 0))!.Rule);
        Assert.Equal("u[1]", First((ref ValidationContext c) => c.Urls(["https://a.test/", "x"], "u", UrlKinds.Any))!.Path);
    }

    [Theory]
    [InlineData("https://example.com/a.png", UrlKinds.PublicHttps, null)]
    [InlineData("http://example.com/a.png", UrlKinds.PublicHttps, "an http URL")]
    [InlineData("http://example.com/a.png", UrlKinds.Any, null)]
    [InlineData("data:image/png;base64,AA==", UrlKinds.PublicHttps, "a data URI")]
    [InlineData("data:image/png;base64,AA==", UrlKinds.Any, null)]
    [InlineData("https://localhost/a", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://LOCALHOST./a", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://printer/a", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://a.local/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://127.1/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://2130706433/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://10.1.2.3/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://172.31.0.1/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://172.32.0.1/", UrlKinds.PublicHttps, null)]
    [InlineData("https://192.168.1.1/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://169.254.169.254/latest", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://0.0.0.0/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://[::1]/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://[::ffff:127.0.0.1]/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://[::ffff:8.8.8.8]/", UrlKinds.PublicHttps, null)]
    [InlineData("https://[64:ff9b::7f00:1]/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://[fd00::1]/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://[fe80::1]/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://[2606:4700::1]/", UrlKinds.PublicHttps, null)]
    [InlineData("https://user:pw@example.com/", UrlKinds.PublicHttps, "a URL with a password")]
    [InlineData("https://user:pw@example.com/", UrlKinds.Any, null)]
    [InlineData("https://example.com:8443?a=b", UrlKinds.PublicHttps, null)]
    [InlineData("https://example.com:70000/", UrlKinds.PublicHttps, "not an http or https URL")]
    [InlineData("https://example.com:/", UrlKinds.PublicHttps, null)]
    [InlineData("https://exa mple.com/", UrlKinds.PublicHttps, "not an http or https URL")]
    [InlineData("https://example..com/", UrlKinds.PublicHttps, "not an http or https URL")]
    [InlineData("https://.example.com/", UrlKinds.PublicHttps, "not an http or https URL")]
    [InlineData("https://example.com./", UrlKinds.PublicHttps, null)]
    [InlineData("https://example.com\\@localhost/", UrlKinds.PublicHttps, "not an http or https URL")]
    [InlineData("https://example.com@localhost/", UrlKinds.PublicHttps, "a URL with a password")]
    [InlineData("https://a.LOCALHOST/", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("https://a.internal./", UrlKinds.PublicHttps, "a URL of a local host")]
    [InlineData("HTTPS://EXAMPLE.COM/", UrlKinds.PublicHttps, null)]
    [InlineData("https://bücher.example/", UrlKinds.PublicHttps, null)]
    [InlineData("a.png", UrlKinds.Any, "not an http or https URL")]
    [InlineData("", UrlKinds.Any, "not an http or https URL")]
    [InlineData("file:///etc/passwd", UrlKinds.Any, "not an http or https URL")]
    public void URLs_are_distinguished(string url, UrlKinds forms, string? problem) =>
        Assert.Equal(problem, First((ref ValidationContext c) => c.Url(url, "u", forms))?.Actual);

    [Fact]
    public void A_valid_request_costs_no_allocation()
    {
        var request = new TestRequest
        {
            Prompt = "a prompt",
            ImageUrl = "https://files.example.com:8443/a/b-c.png?size=1#top",
            Steps = 5,
            Scale = 0.5,
            Shots = new TestShot[] { new() { Prompt = "b" }, new() { Prompt = "c" } },
        };
        request.ExtraProperties["other"] = 1;
        Assert.True(ValidationResult.Of(request).IsValid);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var valid = ValidationResult.Of(request).IsValid;
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(valid);
        Assert.Equal(0, after - before);
    }

    [Fact]
    public void An_invalid_request_is_refused_with_every_problem_in_the_message()
    {
        var exception = Assert.Throws<RequestValidationException>(() => ValidationResult.Of(new TestRequest { Prompt = "", Steps = 99 }).ThrowIfInvalid());

        Assert.Equal(2, exception.Result.Issues.Count);
        Assert.Equal(
            "The request is not valid, and was not sent: prompt: must have at least 1 characters, but has 0; steps: must be at most 50, but is 99",
            exception.Message);
        Assert.True(default(ValidationResult).IsValid);
    }

    private delegate void Check(ref ValidationContext context);

    private static ValidationIssue? First(Check context)
    {
        var collected = new ValidationContext();
        context(ref collected);
        var issues = collected.ToResult().Issues;
        return issues.Count == 0 ? null : Assert.Single(issues);
    }
}
