using Zoetrope.Specs.Rules;

namespace Zoetrope.Specs.Tests;

/// <summary>Rules that another sentence takes back: at the same member, at another one or at the object, in whatever words.</summary>
public class RuleTakeBackTests
{
    private const string MoreMembers = """
        "text": {"type": "string"}, "loras": {"type": "array", "items": {"type": "string"}}, "scales": {"type": "array", "items": {"type": "number"}},
        "width": {"type": "integer"}, "num_frames": {"type": "integer"}, "length": {"type": "integer"}, "clip_seconds": {"type": "number"},
        "style": {"type": "string"}, "style_codes": {"type": "array", "items": {"type": "string"}}, "scheduler": {"type": "string", "enum": ["gen3", "gen4"]},
        """;

    public static TheoryData<string, string> OfAConditionInQuotes => Read("""
        prompt | Max 500 characters. Does not apply to `gen4`.
        image_urls | Max 4 images. With `pro` there is no limit.
        image_urls | Max 4 images. With `pro_mode` there is no limit.
        keywords | A maximum of 10 keywords is allowed. When `mode` is `fast`, additional ones are ignored.
        steps | Must be between 1 and 50. With `turbo`, values above are clamped.
        storyboard | Max 600 characters. Longer text is truncated when auto_split is set.
        mask_url | Cannot be used with video_url. When `mode` is `fast`, the video wins.
        storyboard | Required when mode is pro. If `scheduler` is `gen4` it can be omitted.
        """);

    public static TheoryData<string, string> OfAVerb => Read("""
        image_size | Total pixels must be between 960x960 and 4096x4096. In case the size does not fall within these, we will adjust it by scaling.
        prompt | Max 1000 characters. The API will trim it.
        width | Must be a multiple of 16. The service will round it.
        width | Must be a multiple of 16. The nearest one is taken otherwise.
        steps | Must be at most 50. We cap it.
        image_urls | Max 4 images. Any further images are unused.
        prompt | Max 1000 characters. Text past that is not read.
        prompt | Max 1000 characters. We shorten the rest.
        image_url | Max 5 MB. The service will downsize it.
        image_url | Max 5 MB. We recompress what you send.
        steps | Must be between 4 and 16. Values out of range become 8.
        prompt | Max 500 characters. The model only sees the first part.
        """);

    public static TheoryData<string, string> OfMore => Read("""
        image_urls | Max 4 images. If more than 4 images are given, only 4 are used.
        audio_urls | Max 3 audio files. Only 3 are used where there are more than that.
        prompt | Max 500 characters. Prompts longer than that may not be followed entirely.
        prompt | Max 800 characters. Text longer than this is not spoken.
        prompt | Max 500 characters. Longer prompts lead to worse results.
        prompt | Maximum 500 characters. Quality degrades beyond that.
        image_urls | Max 4 images. More images slow down the generation.
        steps | Must be between 1 and 50. Higher values increase latency.
        prompt | Max 600 characters. A larger number costs extra.
        image_urls | Max 4 images. Extra images cost one credit.
        prompt | Max 500 characters. You may go over.
        video_url | Min duration: 3s. Shorter videos loop.
        prompt | Max 500 characters. Longer ones fail, except with gen4.
        """);

    public static TheoryData<string, string> OfAValue => Read("""
        fps | Must be between 8 and 60. Use 0 to keep the source frame rate.
        fps | Must be between 8 and 60. `0` keeps the rate of the input.
        num_frames | Must be between 17 and 161. Set to -1 to match the input video.
        steps | Must be at least 4. 0 lets the model decide.
        steps | Must be at least 4. Leave at 0 to follow the audio.
        steps | Must be between 1 and 100. Pass 0 for no filtering.
        steps | Must be between 0 and 4294967295. -1 for a new one each time.
        end | Must be greater than `start`. 0 means until the end.
        end | Must be greater than `start`. Pass -1 to go on to the end.
        """);

    public static TheoryData<string, string> OfANumber => Read("""
        prompt | Maximum 1000 characters. `dall-e-3` accepts 4000 characters.
        prompt | Max 5000 characters. The multilingual model allows 10,000.
        prompt | Max 600 characters. For v2 it is 3000 characters.
        prompt | Max 600 characters. (v2: 3000)
        prompt | Max 600 characters. Up to 3000 on request.
        image_urls | Max 4 images. V2 takes 8.
        image_urls | Max 4 images. Others take ten images.
        steps | Must be between 1 and 50. Schnell takes 1 to 120.
        image_url | Max 5 MB. The other endpoint has 20 MB.
        image_size | Width and height must be between 512 and 2048. Others go up to 4096x4096.
        image_size | Total pixels must be between 512x512 and 2048x2048. Others go up to 4096x4096.
        """);

    public static TheoryData<string, string> OfPairs => Read("""
        mask_url | Cannot be used with video_url. In that case the video is chosen.
        style | Cannot be used with style_codes. Falls back to the codes.
        end_image_url | Mutually exclusive with image_url. With both, the tail image replaces it.
        style | Cannot be used with style_codes. `style_codes` count more.
        mask_url | Requires image_url. It does nothing on its own.
        mask_url | Must be used together with image_url. Falls back to the last image if image_url is missing.
        end | Must be greater than `start`. Values below are clamped to it.
        end | Must be >= `start`. Rounded up to it otherwise.
        end | Must be greater than `start`. Swapped where it is smaller.
        duration | 1080p videos are limited to 5 or 8 seconds. Longer videos are rendered at 720p.
        duration | 1080p videos are limited to 5 or 8 seconds. Otherwise the resolution falls back to 720p.
        duration | 10 seconds videos are not supported for 1080p resolution. They are automatically reduced to 8 seconds.
        keywords | Must have the same number of items as image_urls. If only one is given, it is applied to all.
        scales | Must match the length of `loras`. A single value is used for every LoRA.
        """);

    public static TheoryData<string, string> OfPresence => Read("""
        prompt | Either image_url or video_url must be provided. Omit both to generate from text.
        prompt | At least one of audio_url or video_url must be provided. Without either, the track is instrumental.
        prompt | At least one of image_url or mask_url must be provided. Text alone works as well.
        prompt | Either image_url or video_url must be provided. Neither is required in edits.
        prompt | Either image_url or video_url must be provided. You do not have to send one with gen4.
        storyboard | Required when mode is pro. A random one is taken if you do not send one.
        """);

    public static TheoryData<string, string> OfSoftness => Read("""
        loras | Max 3 LoRAs. This is a guideline, not a hard rule.
        loras | Max 100 LoRAs. This is a recommendation.
        prompt | Max 500 characters. We recommend it, but do not enforce it.
        prompt | Max 500 characters. (Soft.)
        image_urls | Max 4 images. Limit may vary by account.
        prompt | Max 500 characters. Contact us to raise it.
        prompt | Max 500 characters. The limit is soft.
        prompt | Max 500 characters. Except with gen4.
        prompt | Max 500 characters. Not in previews.
        prompt | Max 500 characters. Gen4 only.
        prompt | Max 500 characters. Typically.
        prompt | Max 500 characters. Waived for partners.
        prompt | Max 500 characters. `long` turns this off.
        """);

    [Theory]
    [MemberData(nameof(OfAConditionInQuotes))]
    [MemberData(nameof(OfAVerb))]
    [MemberData(nameof(OfMore))]
    [MemberData(nameof(OfAValue))]
    [MemberData(nameof(OfANumber))]
    [MemberData(nameof(OfPairs))]
    [MemberData(nameof(OfPresence))]
    [MemberData(nameof(OfSoftness))]
    public void Another_sentence_takes_it_back(string member, string description)
    {
        var text = description.IndexOf(". ", StringComparison.Ordinal);
        var alone = Statements(member, description[..(text + 1)]);
        var both = Statements(member, description);

        Assert.Contains(alone, one => one.Outcome == RuleOutcome.Enforced);
        Assert.DoesNotContain(both, one => one.Outcome == RuleOutcome.Enforced);
        Assert.Contains(both, one => one.Reason == "it is taken back by: " + description[(text + 2)..]);
    }

    [Theory]
    [InlineData("image_urls", "Max 4 images.", "mode", "`pro` takes up to 10 image_urls.")]
    [InlineData("prompt", "Max 500 characters.", "instrumental", "If true, the prompt limit is lifted.")]
    [InlineData("storyboard", "Max 500 characters.", "instrumental", "If true, the `storyboard` is truncated.")]
    [InlineData("image_url", "Either image_url or video_url must be provided.", "instrumental", "If true, image_url and video_url can be omitted.")]
    [InlineData("storyboard", "Required if image_url is not provided.", "template", "Where it is set, neither storyboard nor image_url is needed.")]
    [InlineData("mask_url", "Cannot be used with video_url.", "mode", "In fast mode, `video_url` wins.")]
    public void A_sentence_at_another_member_takes_it_back(string member, string sentence, string other, string takesBack)
    {
        Assert.Contains(Statements(member, sentence), one => one.Outcome == RuleOutcome.Enforced);

        var both = Statements(member, sentence, ($"\"{other}\": {{", $"\"{other}\": {{\"description\": \"{takesBack}\", "));

        Assert.DoesNotContain(both, one => one.Outcome == RuleOutcome.Enforced);
        Assert.Contains(both, one => one.Reason == "it is taken back by: " + takesBack);
    }

    [Fact]
    public void The_description_of_the_object_takes_it_back()
    {
        const string Input = """
            {"type": "object", "description": "If neither image_url nor video_url is given, the clip is made from the text.",
             "properties": {"image_url": {"type": "string", "description": "Either image_url or video_url must be provided."}, "video_url": {"type": "string"}}}
            """;
        var endpoint = Readings.Endpoint(Readings.WithInput(Input, "\"None\": {}"));

        var statement = Assert.Single(RuleReader.Read(endpoint.Input!, name => endpoint.Named(name), () => []));

        Assert.Equal(
            (RuleOutcome.NotEnforced, "it is taken back by: If neither image_url nor video_url is given, the clip is made from the text."),
            (statement.Outcome, statement.Reason));
    }

    [Theory]
    [InlineData("image_urls", "Max 4 images. Use fewer for best results.", "count(image_urls) <= 4")]
    [InlineData("image_url", "Max 5 MB. Cannot be used with video_url.", "file(image_url) bytes ..5242880; image_url excludes video_url")]
    [InlineData("num_images", "Max 4 images. For more, send several requests.", "num_images <= 4")]
    [InlineData("image_urls", "Max 4 images. Longer than 4 is rejected.", "count(image_urls) <= 4")]
    [InlineData("image_urls", "Max 4 images. Shortest side at least 400 px (720P or higher recommended).", "count(image_urls) <= 4")]
    [InlineData("image_urls", "The images to crop. Max 4 images. Refer to them as image 1, image 2.", "count(image_urls) <= 4")]
    [InlineData("text", "The text to convert to speech. Max 5000 characters.", "length(text) <= 5000")]
    [InlineData("prompt", "Supports Chinese and English. Max 800 characters. Use Video1 to refer to the first video.", "length(prompt) <= 800")]
    [InlineData("prompt", "Max 800 characters. A more detailed prompt gives more control.", "length(prompt) <= 800")]
    [InlineData("steps", "Must be between 8 and 80. Must be a multiple of 4. Takes 30 seconds.", "steps >= 8, <= 80; steps % 4 = 0")]
    [InlineData("duration", "8s videos cost double. Longer durations cost more. 1080p videos are limited to 5 or 8 seconds",
        "if resolution in 1080p then duration in 5|8")]
    [InlineData("style", "Cannot be used with style_codes. If set to a preset, the `num_frames` parameter will be ignored.", "style excludes style_codes")]
    [InlineData("image_url",
        "Either image_url or video_url must be provided, but not both. If both image_url and image_file are provided, image_url will be used.",
        "exactlyOne(image_url, video_url)")]
    public void A_sentence_about_something_else_takes_nothing_back(string member, string description, string formula) =>
        Assert.Equal(
            formula,
            string.Join("; ", Statements(member, description).Where(one => one.Outcome == RuleOutcome.Enforced).Select(one => one.Rule!.Formula)));

    [Theory]
    [InlineData("clip_seconds", "Duration of the clip (1-10 seconds)", "clip_seconds >= 1, <= 10")]
    [InlineData("num_images", "Number of images (1-4 images)", "num_images >= 1, <= 4")]
    [InlineData("steps", "Number of steps (1 to 50 steps)", "steps >= 1, <= 50")]
    [InlineData("clip_seconds", "Number of seconds, 5-30 seconds.", "clip_seconds >= 5, <= 30")]
    [InlineData("prompt", "Only one of image_url, video_url or audio_url should be provided", "image_url excludes video_url, audio_url")]
    public void Soft_words_only_warn(string member, string description, string formula)
    {
        var statement = Assert.Single(Statements(member, description));

        Assert.Equal((RuleOutcome.Advice, formula), (statement.Outcome, statement.Rule!.Formula));
    }

    [Theory]
    [InlineData("length", "Length of the song in milliseconds. Max 60 seconds.")]
    [InlineData("length", "Length of the clip in frames. Max 60 seconds.")]
    [InlineData("mask_url", "Cannot be used together with `image_url` and `video_url`.")]
    public void What_may_mean_something_else_is_not_enforced(string member, string description) =>
        Assert.DoesNotContain(Statements(member, description), one => one.Outcome is RuleOutcome.Enforced or RuleOutcome.Advice);

    [Theory]
    [InlineData("\"4\", \"6\", \"8\"", "1080p videos are limited to 6 seconds", "if resolution in 1080p then duration in 4|6")]
    [InlineData("\"5s\", \"8s\", \"10s\"", "1080p videos are limited to 8 seconds", "if resolution in 1080p then duration in 5s|8s")]
    [InlineData("\"5\", \"8\", \"10\"", "1080p videos are limited to 5 seconds", "if resolution in 1080p then duration in 5")]
    public void One_number_is_the_greatest(string values, string sentence, string formula) =>
        Assert.Equal(formula, RuleSample.Formulas(RuleSample.Read("duration", sentence, "", ("\"enum\": [\"5\", \"8\", \"10\"]", $"\"enum\": [{values}]"))));

    private static List<RuleStatement> Statements(string member, string description, params (string Old, string New)[] replace) =>
        RuleSample.Read(member, description, "", [("\"palette\": {", MoreMembers + "\"palette\": {"), .. replace]);

    private static TheoryData<string, string> Read(string lines)
    {
        var data = new TheoryData<string, string>();
        foreach (var line in lines.Split('\n'))
            data.Add(line[..line.IndexOf('|')].Trim(), line[(line.IndexOf('|') + 1)..].Trim());
        return data;
    }
}
