using Zoetrope.Specs.Rules;

namespace Zoetrope.Specs.Tests;

/// <summary>Sentences that look like rules and would refuse requests that a service takes: none may be enforced.</summary>
public class RuleRefusalTests
{
    private const string MoreMembers = """
        "width": {"type": "integer"}, "height": {"type": "integer"}, "messages": {"type": "array", "items": {"type": "object"}},
        "loras": {"type": "array", "items": {"type": "string"}}, "text": {"type": "string"}, "image": {"type": "string"}, "style": {"type": "string"},
        "max_tokens": {"type": "integer"}, "num_frames": {"type": "integer"}, "duration_seconds": {"type": "number"}, "webhook_url": {"type": "string"},
        "reference_image_urls": {"type": "array", "items": {"type": "string"}}, "scheduler": {"type": "string", "enum": ["gen3", "gen4"]},
        """;

    public static TheoryData<string, string> Negated => Read("""
        prompt | It is not limited to 500 characters.
        prompt | No longer limited to 500 characters.
        image_urls | There is no maximum of 4 images.
        steps | Does not need to be a multiple of 8.
        prompt | Prompts do not have to be under 500 characters.
        prompt | You do not have to provide exactly 2 images.
        storyboard | Not required when mode is pro.
        storyboard | Not required if image_url is not provided.
        prompt | You don't need to provide either image_url or video_url.
        mask_url | No longer mutually exclusive with image_url.
        mask_url | Not incompatible with image_url.
        keywords | Does not need to match the length of image_urls.
        duration | Not only 5 seconds are supported for 1080p.
        prompt | Previously limited to 800 characters.
        prompt | No limit (previously max 50).
        steps | It need not be at most 20, and never must be at least 2.
        image_urls | Nothing forbids more than a maximum of 4 images.
        """);

    public static TheoryData<string, string> OfAPlanOrMode => Read("""
        prompt | Max 500 characters for free users, no limit for Pro users.
        prompt | Max 2500 characters (Pro: 5000).
        image_urls | gen3: max 4 images.
        video_url | Max 10 seconds at 1080p.
        steps | Must be between 1 and 50 in fast mode.
        prompt | The maximum length is 1000 characters for `dall-e-2` and 4000 characters for `dall-e-3`.
        num_images | For dall-e-3, max 1.
        num_images | Must be between 1 and 10 for dall-e-2.
        image_urls | For gen3, only one image is supported.
        prompt | With gen4, either image_url or video_url must be provided.
        prompt | In edit mode, at least one of image_url or video_url must be provided.
        image_url | Cannot be used with mask_url in fast mode.
        prompt | Only one of image_url or video_url can be used as the first frame.
        resolution | 1080p is not available for fast users
        duration | Only 5 seconds are supported for 1080p except with gen4.
        storyboard | Required if mode is pro, unless image_url is given.
        mode | If resolution is 1080p, mode must be pro unless gen4
        storyboard | Required when mode is pro and no image_url is given.
        image_urls | Images of the Pro plan (max 8 images).
        prompt | Text prompt of the fast mode (max 300 characters).
        prompt | Max 500 characters after translation.
        mask_url | Requires image_url in edits.
        duration | 1080p previews are limited to 5 seconds
        image_urls | On the free tier at most 3 images are allowed.
        mask_url | Requires image_url on gen3.
        """);

    public static TheoryData<string, string> OfFormats => Read("""
        image_url | Accepted formats: JPEG, PNG, etc.
        image_url | Accepted formats: JPEG, PNG and others.
        image_url | Accepted formats: JPEG, PNG or whatever you have.
        image_url | Accepted formats: JPEG, PNG, XYZ.
        image_url | Accepted formats include JPEG and PNG.
        image_url | Formats: JPEG, PNG. GIFs are read frame by frame.
        image_url | Formats: JPEG, PNG. Whatever else is converted.
        image_url | Formats such as JPEG or PNG are fine.
        image_url | Formats: JPEG and PNG for gen3.
        image_url | gen3: only PNG is supported.
        image_url | Not only PNG files are accepted.
        image_url | Must be PNG if mask_url is given.
        image_url | Must be PNG with a transparent background in edit mode.
        image_url | A ZIP archive. Accepted formats: JPEG, PNG.
        image_url | Output formats: PNG.
        image_url | The result must be a PNG.
        image_url | Formats: JPEG, PNG are recommended.
        image_url | Formats: JPEG.\n\nFormats: PNG.
        prompt | Accepted formats: JPEG, PNG.
        image_url | Accepted formats do not have to be JPEG.
        """);

    public static TheoryData<string, string> OfAnotherFile => Read("""
        image_url | The link must be valid for at least 1 hour.
        video_url | Processing takes 2-5 minutes.
        video_url | Files are kept at least 24 hours.
        video_url | Timeout: max 30s
        video_url | Faces must be visible for at least 2 seconds.
        video_url | The audio must be at most 60 seconds.
        video_url | Billed at least 5 seconds.
        webhook_url | Must respond in at most 10 seconds.
        webhook_url | Max 10 seconds.
        webhook_url | Max 2 MB body.
        image_url | Max 5 seconds.
        video_url | Max 10 Mb/s bitrate
        video_url | Max 10 mb/s.
        image_url | Max 10Mb.
        image_urls | All images together max 30 MB.
        image_urls | Max 20 MB per request.
        image_url | Max 30 MB payload.
        image_url | For base64, max 5 MB.
        image_url | PNG max 5 MB, JPEG max 10 MB.
        video_url | Frame rate > 60 fps is reduced.
        video_url | fps > 60 are rejected.
        video_url | fps > 30 doubles the cost
        video_url | Not suited for fps < 24
        video_url | Frame rate must be > 60 fps to count as slow motion.
        """);

    public static TheoryData<string, string> OfAnotherSubject => Read("""
        image_urls | Max 4 faces per image.
        image_urls | Max 4 reference images.
        image_urls | At most 5 objects are detected.
        video_urls | Max 100 frames of each video.
        elements | Max 2 per element.
        keywords | Exactly one image per keyword.
        image_urls | At least 2 images must have the same size.
        image_urls | Only one image may be a PNG.
        image_urls | 1-3 images cost one credit.
        image_urls | At most 4 images are free.
        image_urls | The result has max 4 images.
        image_urls | Batches of max 4 images.
        messages | Max 20 images in messages.
        messages | Must contain exactly one system prompt.
        loras | The scale of each LoRA must be between 0 and 4.
        loras | LoRA scale max 4.
        steps | Rate limit: max 60 per minute.
        steps | limit 10 per user
        steps | You must be at least 18.
        steps | The model was distilled with exactly 4 steps.
        duration_seconds | Generation takes at least 30 seconds.
        duration_seconds | At least 5 seconds are billed.
        prompt | The negative prompt has a maximum of 200 characters.
        prompt | Every sentence must be at most 100 characters long.
        prompt | Max 100 characters per line.
        prompt | Max 100 characters each.
        prompt | Prompt language code, max 5 characters.
        prompt | Tags of the prompt (max 5 characters).
        prompt | A prompt line, max 80 characters.
        video_url | Video thumbnail, max 2 MB.
        mask_url | Mask blur, cannot be used with video_url.
        prompt | Each tag: max 50 characters.
        prompt | Minimum charge: at least 1000 characters.
        prompt | The model replies with at most 200 characters.
        width | Height must be at most 2048.
        width | width * height must be at most 1048576.
        width | The ratio to height must be at most 4
        width | width/height must be between 0.5 and 2.
        image_size | The reference image's width and height must be between 300 and 6000.
        max_tokens | Prompt tokens plus max_tokens must be at most 4097.
        keywords | Duration must be between 2 and 5.
        elements | Total duration of all clips must not exceed 25 seconds.
        elements | Only one image may have a video.
        """);

    public static TheoryData<string, string> Calculated => Read("""
        steps | Must be between 0 and 2^32-1.
        steps | Must be between 0 and 2**32 - 1.
        steps | Max 10^6.
        prompt | Max 1 million characters.
        prompt | Max 5 thousand characters.
        prompt | Max length of 32 K characters.
        image_size | Total area must be at most 4 megapixels.
        image_size | The number of pixels must be at most 4 million.
        image_size | Both sides must not exceed 4 K.
        image_size | Width and height must be at most 2 times the input.
        elements | Total duration of all elements must not exceed 25 minutes.
        strength | Max 0,5.
        strength | 0,5 max
        prompt | Max 4.096 characters.
        width | Must be less than 1/2 of width.
        steps | Must be a multiple of 1/8.
        prompt | Max length 2000
        prompt | Maximum length is 1000 (tokens).
        steps | Must be a multiple of 8 plus 1.
        num_frames | (num_frames - 1) must be divisible by 4.
        end | Must be at most `start` + 10.
        end | Cannot exceed `start` by more than 10.
        end | Must be >= `start` / 2
        steps | Cannot be more than length_ms / 1000.
        start | Must be less than `end` (or equal).
        keywords | Length must be len(image_urls) + 1.
        keywords | Length must be len(image_urls) * 2.
        end | end - start must be at least 1.
        """);

    public static TheoryData<string, string> WithAlternatives => Read("""
        steps | Must be a multiple of 8 or 0.
        steps | Must be between 1 and 50, or -1 for auto.
        steps | Must be at least 4 (0 disables).
        steps | Max 50 (-1 for unlimited).
        steps | Must be odd or 0.
        keywords | Must match the length of image_urls, or have a single item.
        mask_url | Can only be used with image_url or uploaded files.
        storyboard | Required unless image_url, or any other input is given.
        elements | When providing a video, all elements must have a video or an image.
        image_size | Width and height must be multiples of 8 or 16.
        strength | Must be between 0 and 1 (exclusive of 0).
        strength | Must be between 0 and 1 exclusive to gen4.
        duration | Durations longer than 5 seconds are only supported with 1080p or pro.
        prompt | Only one of image_url and video_url is required.
        prompt | Must be at least 3 characters or empty.
        storyboard | Required when mode is pro or image_url is given.
        mask_url | Either image_url, video_url or neither must be provided.
        """);

    public static TheoryData<string, string> OfContent => Read("""
        mask_url | Required if image_url is missing an alpha channel.
        storyboard | Required when mask_url is set to inpaint.
        mask_url | Required if image_url is set to a JPEG.
        mask_url | Cannot be set if image_url is set to auto.
        mask_url | Can only be set if image_url is given as base64.
        mode | When mode is pro, `prompt` must be specified in English.
        mask_url | If not provided, `prompt` must be used to describe the mask.
        mask_url | Cannot be used with image_url longer than 10s.
        prompt | You cannot use image_url and video_url of different sizes.
        storyboard | Must be provided if `prompt` is not specified in English.
        mask_url | Can only be used with image models.
        mask_url | Can only be used with scheduler gen3.
        mask_url | Cannot be used with style presets.
        storyboard | Required when using text prompts.
        prompt | You must not use images and text that infringe copyright.
        messages | Either text or image must be included.
        mask_url | Cannot be combined with text.
        """);

    public static TheoryData<string, string> OfSwitchesAndComparisons => Read("""
        image_urls | The cost depends on template: 'wide' takes 5 credits, 'tall' takes 10 credits
        image_urls | Time depends on template: 'wide' takes 10 seconds
        image_urls | Number of images varies by template: 'wide' accepts images of 512 px
        image_urls | Number of images varies by template: 'wide' does not require 2 images
        image_size | Aspect ratio 9:16 and 16:9.
        image_size | aspect ratio 1:1 and 16:9 are supported
        image_size | Aspect ratio 1:1 to 2:1 is fine.
        steps | Values >= 50 are slow.
        steps | Use >= 20 for quality.
        steps | <= 10: fast; > 10: slow
        strength | 0.7 max for portraits
        strength | Use 0.3 or less for subtle changes.
        steps | steps % 8 == 0 is fastest
        """);

    public static TheoryData<string, string> Advised => Read("""
        image_url | Max 5 MB (recommended).
        image_url | Max 5 MB, recommended
        prompt | max 500 characters (recommended)
        image_urls | 1-4 images, ideally 2
        prompt | For best results, keep it to a maximum of 500 characters.
        prompt | We advise at most 300 characters.
        prompt | Normally at most 300 characters are needed.
        prompt | A good prompt has at least 20 characters.
        image_urls | Up to 4 images work well.
        prompt | 10 to 300 characters gives good quality.
        image_urls | Max 4 images (soft limit).
        audio_url | Recommended:\n- Max 5 MB\n- Duration must be between 3 and 30 seconds
        image_url | For best results:\n- Max 5 MB
        image_url | Free plan:\n- Max 5 MB
        image_url | Free plan:\n\nMax 5 MB.
        image_urls | gen3:\n- Max 4 images
        image_urls | Output:\n- Max 4 images
        image_url | If you use base64:\n* Max 5 MB
        image_url | ## Fast mode\n- Max 5 MB
        image_url | We recommend the following. Max 5 MB.
        prompt | A sign that says "max 10 characters".
        prompt | Write it such as 'The tweet must be at most 280 characters'.
        prompt | For example: "Note. Max 10 characters. End."
        prompt | gen3: a short text; max 20 characters
        """);

    public static TheoryData<string, string> TakenBack => Read("""
        image_urls | A maximum of 4 images are allowed. Extra images are skipped.
        image_urls | Max 4 images. More are silently skipped.
        image_urls | Max 4 images. The first four are used.
        prompt | Max 500 characters. Longer text is cut off.
        prompt | Max 500 characters. What is beyond gets shortened.
        prompt | Max 500 characters. Longer text is split into chunks.
        image_url | Max 5 MB. Larger images are compressed.
        image_url | Max 5 MB. Larger images are shrunk before use.
        steps | Must be at most 50. Values above are scaled down.
        steps | Must be a multiple of 8. It is floored otherwise.
        steps | Must be a multiple of 8. Others are snapped.
        image_size | Width and height must be multiples of 8. We pad it.
        image_size | Total pixels must be between 512x512 and 2048x2048. In case it does not fall within these, it will be adjusted.
        image_urls | Max 4 images. Images beyond will not be used.
        steps | Must be at most 50. A greater value has no effect.
        image_url | Max 5 MB. This is not enforced.
        image_url | Max 5 MB. In practice larger files are accepted.
        prompt | Max 500 characters. Does not apply to gen4.
        prompt | Max 500 characters. No limit with gen4.
        mask_url | Cannot be used with video_url. If both are given, video_url will be used.
        mask_url | Cannot be used with video_url. If both are given, video_url wins.
        mask_url | Mutually exclusive with video_url. When both are set we use video_url.
        mask_url | Cannot be used with video_url. It has no effect then.
        mask_url | Cannot be used with video_url. With both, only video_url is considered.
        prompt | Either image_url or video_url must be provided. If neither is given, a default image is used.
        prompt | At least one of prompt or storyboard must be provided. If prompt is omitted, we write one.
        storyboard | Required when mode is pro. If omitted, we write one for you.
        prompt | gen3: max 500 characters, gen4: max 1000 characters.
        image_url | Free plan: max 5 MB / Pro plan: max 50 MB
        prompt | Max 500 characters.\n\nMax 1000 characters.
        prompt | Max 500 characters. Max 1000 characters for pro.
        prompt | Maximum 500 characters; pro allows 1000.
        prompt | pro allows 1000; maximum 500 characters.
        video_url | Max 10 seconds. Only the beginning counts.
        prompt | On the free plan these limits apply. Max 500 characters.
        prompt | Max 500 characters. This applies to gen3.
        prompt | Max 500 characters. Too long prompts get summarized.
        prompt | Max 500 characters. If exceeded, summarization happens.
        image_url | Max 5 MB. Big images are re-encoded.
        image_urls | Max 4 images. Pro has 8.
        image_urls | Fast mode. Max 4 images.
        image_urls | In fast mode\n- Max 4 images
        steps | Must be between 4 and 16. 0 means automatic.
        steps | Must be between 4 and 16. Use -1 for automatic.
        steps | Must be between 4 and 16. Invalid values fall back to 8.
        mask_url | Cannot be used with video_url. In this case the video comes first.
        mask_url | Requires image_url. Without it the last result is taken.
        storyboard | Required when mode is pro. Falls back to the prompt.
        prompt | Either image_url or video_url must be provided. Otherwise a video is made from text.
        prompt | Either image_url or video_url must be provided. You can leave both empty.
        """);

    public static TheoryData<string, string> BesideAForm => Read("""
        prompt | The 500 character limit of a tweet.
        prompt | 500 character limit for free users.
        prompt | Character limit: 5000 for gen4.
        prompt | Max 500 characters (Chinese).
        prompt | Max 500 characters in English, supports Chinese.
        prompt | Max 500 characters, Chinese.
        prompt | Supports English, max 500 characters with gen4.
        prompt | Must not be empty and must not exceed 600 characters with gen4.
        prompt | Max 300 characters (about 50 for gen3).
        prompt | The scene. Text to put on the sign (max 20 characters).
        prompt | Text on the sign (max 20 characters).
        prompt | Text prompt for the negative_prompt (max 20 characters).
        prompt | The output text has a maximum of 500 characters.
        prompt | About 500 characters maximum.
        prompt | If you want, maximum 500 characters.
        image_urls | The number of faces in images must not exceed 4.
        image_urls | The number of images must be between 1 and 4 for gen3.
        image_urls | List of 2 to 4 images gives the best result.
        image_urls | Photos of people (max 4 per person).
        image_urls | Between 1 and 4 images cost one credit.
        image_urls | A maximum of 4 images can be used for free.
        image_urls | This mode requires at least 2 images.
        image_urls | Only supports 1 image with gen3.
        image_urls | Total number of images and videos must not exceed 6 for free users.
        steps | Must be in [0, 1] or -1.
        steps | Must be in [8, 10, 12].
        end | Cannot be less than `start`/5.
        end | Cannot be less than `start` unless it is 0.
        image_size | Total pixels must be between 2*2 and 3*3.
        image_size | Total pixels must be between 768x768 and 1440x1440 with gen3.
        image_size | Both width and height of the mask must be divisible by 16.
        image_url | Conflicts with `video_url` are resolved by the service.
        image_url | If `mask_url` is provided, `video_url` cannot be used as a reference.
        image_url | Must be provided if `mask_url` isn't square.
        mask_url | Only allowed if `image_url` is provided by upload.
        duration | 10 second videos are limited to 5 per day.
        duration | Must be 8 seconds when resolution is unknown.
        resolution | 1080p is limited to 2 videos.
        resolution | 1080p requires a duration of 7 seconds.
        """);

    [Theory]
    [MemberData(nameof(BesideAForm))]
    [MemberData(nameof(Negated))]
    [MemberData(nameof(OfAPlanOrMode))]
    [MemberData(nameof(OfFormats))]
    [MemberData(nameof(OfAnotherFile))]
    [MemberData(nameof(OfAnotherSubject))]
    [MemberData(nameof(Calculated))]
    [MemberData(nameof(WithAlternatives))]
    [MemberData(nameof(OfContent))]
    [MemberData(nameof(OfSwitchesAndComparisons))]
    [MemberData(nameof(Advised))]
    [MemberData(nameof(TakenBack))]
    public void It_is_not_enforced(string member, string description)
    {
        var statements = RuleSample.Read(member, description, "", ("\"palette\": {", MoreMembers + "\"palette\": {"));

        Assert.Equal("", string.Join("; ", statements.Where(one => one.Outcome == RuleOutcome.Enforced).Select(one => one.Rule!.Formula)));
    }

    [Theory]
    [InlineData("image_size", "Max 2048x2048 pixels.", "no form of it is known")]
    [InlineData("prompt", "About 500 characters at most.", "no form of it is known")]
    [InlineData("prompt", "Of at least one of the kinds.", "no form of it is known")]
    [InlineData("image_url", "Conflicts with other inputs.", "no form of it is known")]
    [InlineData("prompt", "Max 500 characters for free users.", "'for' beside it may change what it means")]
    [InlineData("image_url", "gen3:\n- Max 5 MB", "it is under the heading 'gen3:'")]
    [InlineData("mask_url", "Cannot be combined with text.", "'text' may be a word and not the name of a member")]
    [InlineData("prompt", "Max 500 characters.\n\nMax 1000 characters.", "another sentence states another limit")]
    [InlineData("storyboard", "Required when mode is pro. If omitted, we write one for you.", "it is taken back by: If omitted, we write one for you.")]
    [InlineData("image_url", "Accepted formats: JPEG, PNG, etc.", "the list of formats may go on")]
    [InlineData("image_url", "Formats: JPEG, PNG. GIFs are read frame by frame. GIF is slow.", "the documentation names another format")]
    [InlineData("image_url", "A ZIP file. Formats: JPEG, PNG.", "it may be about the files of an archive")]
    public void It_is_reported_with_the_reason(string member, string description, string reason)
    {
        var statements = RuleSample.Read(member, description, "", ("\"palette\": {", MoreMembers + "\"palette\": {"));

        Assert.All(statements, one => Assert.Equal((RuleOutcome.NotEnforced, reason), (one.Outcome, one.Reason)));
        Assert.NotEmpty(statements);
    }

    [Theory]
    [InlineData("image_url", "Requirements:\n- Max 5 MB", "file(image_url) bytes ..5242880")]
    [InlineData("image_url", "Free plan: see the site.\n\nThe image. Max 5 MB.", "file(image_url) bytes ..5242880")]
    [InlineData("image_url", "Recommended:\n- a PNG\n\nMax 5 MB.", "file(image_url) bytes ..5242880")]
    [InlineData("prompt", "Such as \"A cat. It sleeps.\" Max 500 characters.", "length(prompt) <= 500")]
    [InlineData("image_urls", "List of images to edit (max 4 images).", "count(image_urls) <= 4")]
    [InlineData("image_url", "PNG and JPEG formats are supported, min width: 300px, max size: 5 MB.", "file(image_url) width 300..; file(image_url) bytes ..5242880")]
    [InlineData("steps", "Must be between 8 and 80 and a multiple of 8.", "steps >= 8, <= 80")]
    [InlineData("prompt", "Supports Chinese and English, max 800 characters.", "length(prompt) <= 800")]
    [InlineData("prompt", "Max 1500 characters, English only.", "length(prompt) <= 1500")]
    [InlineData("prompt", "Text prompt for image generation (max 1500 characters)", "length(prompt) <= 1500")]
    [InlineData("prompt", "The text to convert to speech (max 5000 characters).", "length(prompt) <= 5000")]
    [InlineData("prompt", "Text prompt describing the generated image, max 1500 characters.", "length(prompt) <= 1500")]
    [InlineData("prompt", "Maximum 2,000 characters (about 300 words).", "length(prompt) <= 2000")]
    [InlineData("prompt", "Must not be empty and must not exceed 600 characters.", "length(prompt) <= 600")]
    [InlineData("prompt", "Must be a string of at most 100 characters.", "length(prompt) <= 100")]
    [InlineData("prompt", "Limited to 3000 characters per request.", "length(prompt) <= 3000")]
    [InlineData("image_urls", "Photos of the person (max 4).", "count(image_urls) <= 4")]
    [InlineData("image_urls", "The number of images must not exceed 4.", "count(image_urls) <= 4")]
    [InlineData("image_urls", "List of 2 to 4 image URLs.", "count(image_urls) >= 2, <= 4")]
    [InlineData("image_urls", "A maximum of 4 images can be used.", "count(image_urls) <= 4")]
    [InlineData("image_urls", "Requires at least 2 images.", "count(image_urls) >= 2")]
    [InlineData("num_images", "Maximum 4 images per request.", "num_images <= 4")]
    public void What_stands_beside_it_and_says_nothing_more_is_harmless(string member, string description, string formula)
    {
        var statements = RuleSample.Read(member, description);

        Assert.Equal(formula, string.Join("; ", statements.Where(one => one.Outcome == RuleOutcome.Enforced).Select(one => one.Rule!.Formula)));
    }

    private static TheoryData<string, string> Read(string lines)
    {
        var data = new TheoryData<string, string>();
        foreach (var line in lines.Split('\n'))
        {
            var (member, sentence) = (line[..line.IndexOf('|')].Trim(), line[(line.IndexOf('|') + 1)..].Trim());
            data.Add(member, sentence.Replace("\\n", "\n", StringComparison.Ordinal));
        }
        return data;
    }
}
