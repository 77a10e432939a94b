using System.Globalization;
using Zoetrope.Specs.Rules;

namespace Zoetrope.Specs.Tests;

/// <summary>Descriptions with numbers that no limit can have, and long ones.</summary>
public class RuleHostileTests
{
    private const string Greatest = "79228162514264337593543950335";

    [Theory]
    [InlineData("video_url", "Max " + Greatest + " hours.")]
    [InlineData("video_url", "Max 7922816251426433759354395033 hours.")]
    [InlineData("image_url", "Max " + Greatest + " MB.")]
    [InlineData("image_url", "Max 999999999999 GB.")]
    [InlineData("image_size", "The total number of pixels must not exceed " + Greatest + "x2.")]
    [InlineData("image_size", "The total number of pixels must not exceed " + Greatest + ".")]
    [InlineData("image_size", "The aspect ratio must be between 1:0.0000000000000000000000000001 and " + Greatest + ":0.1.")]
    [InlineData("keywords", "Length must be len(image_urls) - 99999999999.")]
    [InlineData("steps", "Must be between -" + Greatest + " and " + Greatest + " (exclusive).")]
    [InlineData("prompt", "Must be shorter than -" + Greatest + " characters.")]
    [InlineData("prompt", "Max 3000000000 characters.")]
    [InlineData("prompt", "Max 2.5 characters.")]
    [InlineData("image_urls", "Max 3000000000 images.")]
    [InlineData("steps", "Must be a multiple of 0.")]
    [InlineData("image_url", "Width and height must be at most " + Greatest + " px.")]
    [InlineData("elements", "Total duration of all elements must not exceed " + Greatest + " seconds.")]
    [InlineData("elements", "A request can have at most " + Greatest + " elements with a video.")]
    [InlineData("image_urls", "Combined with video_urls, total references cannot exceed " + Greatest + ".")]
    [InlineData("video_url", "Frame rate must be at most " + Greatest + " fps.")]
    [InlineData("duration", "Durations longer than " + Greatest + " seconds are only supported with 1080p resolution.")]
    public void A_number_that_no_limit_can_be_is_not_enforced(string member, string description) =>
        Assert.DoesNotContain(RuleSample.Read(member, description), one => one.Outcome is RuleOutcome.Enforced or RuleOutcome.Advice);

    [Theory]
    [InlineData("max 5 images . ")]
    [InlineData("can have at most 1 element element ")]
    [InlineData("The rest is ignored. Max 5 images. ")]
    [InlineData("'a \"b `c ")]
    [InlineData("Max 5 images, ")]
    [InlineData("if a is b and ")]
    [InlineData("(e.g. 1, ")]
    [InlineData("\n- Max 5 MB:")]
    public void A_long_description_takes_steps_in_proportion_to_its_length(string part)
    {
        // Half a megabyte: what took a step for each pair of sentences did not end within minutes. A sentence that is too long, and all behind the first
        // hundreds, are not read.
        var description = string.Concat(Enumerable.Repeat(part, 500_000 / part.Length));

        var statements = RuleSample.Read("image_urls", description);

        Assert.True(statements.Count <= 2000, statements.Count.ToString(CultureInfo.InvariantCulture));
    }
}
