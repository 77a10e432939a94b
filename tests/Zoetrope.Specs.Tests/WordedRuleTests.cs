using Zoetrope.Specs.Rules;

namespace Zoetrope.Specs.Tests;

/// <summary>Sentences with other words than the examples of the table have.</summary>
public class WordedRuleTests
{
    [Theory]
    [InlineData("prompt", "Either `storyboard` or `prompt` needs to be supplied, never both.", "exactlyOne(storyboard, prompt)")]
    [InlineData("prompt", "Exactly one of: image_url, video_url, audio_url must be present.", "exactlyOne(image_url, video_url, audio_url)")]
    [InlineData("prompt", "You must supply exactly one of prompt or storyboard, but not both.", "exactlyOne(prompt, storyboard)")]
    [InlineData("prompt", "A text.At least one of prompt, image_url or video_url has to be given.", "atLeastOne(prompt, image_url, video_url)")]
    [InlineData("prompt", "Either image_url or video_url (or both) must be set.", "atLeastOne(image_url, video_url)")]
    [InlineData("storyboard", "prompt or storyboard must be provided.", "atLeastOne(prompt, storyboard)")]
    [InlineData("storyboard", "Mandatory unless `prompt` is given.", "atLeastOne(storyboard, prompt)")]
    [InlineData("video_url", "Required if neither image_url nor audio_url is provided.", "atLeastOne(video_url, image_url, audio_url)")]
    [InlineData("storyboard", "Required when `prompt` is missing.", "atLeastOne(storyboard, prompt)")]
    [InlineData("storyboard", "Must be set if the prompt parameter is empty.", "atLeastOne(storyboard, prompt)")]
    [InlineData("image_url", "If omitted, `storyboard` is required.", "atLeastOne(image_url, storyboard)")]
    [InlineData("mask_url", "Cannot be combined with video_url.", "mask_url excludes video_url")]
    [InlineData("mask_url", "Can't be used together with `video_url` or `audio_url`.", "mask_url excludes video_url, audio_url")]
    [InlineData("mask_url", "Must not be provided if video_url is provided.", "mask_url excludes video_url")]
    [InlineData("mask_url", "Incompatible with video_url.", "mask_url excludes video_url")]
    [InlineData("prompt", "`prompt` and `storyboard` are mutually exclusive.", "prompt excludes storyboard")]
    [InlineData("prompt", "Only one of prompt or storyboard may be set.", "prompt excludes storyboard")]
    [InlineData("prompt", "prompt and storyboard cannot both be set.", "prompt excludes storyboard")]
    [InlineData("end_image_url", "Requires `image_url`.", "end_image_url requires image_url")]
    [InlineData("end_image_url", "Can only be set together with image_url.", "end_image_url requires image_url")]
    [InlineData("end_image_url", "May only be provided when image_url is provided.", "end_image_url requires image_url")]
    [InlineData("end_image_url", "Has to be used in conjunction with image_url.", "end_image_url requires image_url")]
    [InlineData("storyboard", "Required when mode is fast.", "storyboard required if mode in fast")]
    [InlineData("storyboard", "Required if `instrumental` is true.", "storyboard required if instrumental in true")]
    [InlineData("storyboard", "Must be provided when mode = \"pro\".", "storyboard required if mode in pro")]
    [InlineData("mask_url", "Required when video_url is specified.", "mask_url required if video_url given")]
    [InlineData("duration", "720p clips are restricted to 5 seconds", "if resolution in 720p then duration in 5")]
    [InlineData("duration", "10 second videos are not available at 1080p.", "if resolution in 1080p then duration not in 10")]
    [InlineData("mode", "When `mode` is `fast`, `resolution` must be `720p`.", "if mode in fast then resolution in 720p")]
    [InlineData("duration", "Values greater than 8 are only available with 720p.", "if duration > 8 then resolution in 720p")]
    [InlineData("end", "Must be greater than or equal to `start`.", "end >= start")]
    [InlineData("end", "Has to be larger than `start`.", "end > start")]
    [InlineData("start", "Must not exceed `end`.", "start <= end")]
    [InlineData("start", "Must be smaller than `end`.", "start < end")]
    [InlineData("image_urls", "At most six total (image_urls + video_urls).", "totalCount(image_urls, video_urls) <= 6")]
    [InlineData("video_urls", "Together with image_urls, the total number of files must not exceed 8.", "totalCount(video_urls, image_urls) <= 8")]
    [InlineData("elements", "The combined duration of all elements cannot exceed 40 seconds.", "sum(elements.duration) <= 40")]
    [InlineData("elements", "If providing an image, all elements must include one.", "allOrNone(elements with image_url)")]
    [InlineData("elements.image_url", "A call can have at most three elements with an image.", "count(elements with image_url) <= 3")]
    [InlineData("keywords", "Must match the number of image_urls.", "count(keywords) = count(image_urls)")]
    [InlineData("prompt", "Maximum length: 750 characters.", "length(prompt) <= 750")]
    [InlineData("prompt", "At most 1,200 characters.", "length(prompt) <= 1200")]
    [InlineData("prompt", "Must not exceed 400 characters.", "length(prompt) <= 400")]
    [InlineData("prompt", "Limited to 90 characters.", "length(prompt) <= 90")]
    [InlineData("prompt", "5 to 80 characters.", "length(prompt) >= 5, <= 80")]
    [InlineData("prompt", "No more than two hundred.", "")]
    [InlineData("keywords", "A maximum of ten keywords is allowed.", "count(keywords) <= 10")]
    [InlineData("keywords", "Each keyword must be at most 30 characters.", "itemLength(keywords) <= 30")]
    [InlineData("image_urls", "The images.\nAt least 2 images\nare required.", "count(image_urls) >= 2")]
    [InlineData("image_urls", "Provide 2 to 6 images.", "count(image_urls) >= 2, <= 6")]
    [InlineData("voices", "Only two voices are supported.", "count(voices) <= 2")]
    [InlineData("voices", "No more than 4 voices.", "count(voices) <= 4")]
    [InlineData("voices", "Up to three voices.", "count(voices) <= 3")]
    [InlineData("steps", "Must be a multiple of 4.", "steps % 4 = 0")]
    [InlineData("steps", "Has to be divisible by 16.", "steps % 16 = 0")]
    [InlineData("steps", "Must be between 1 and 30, inclusive.", "steps >= 1, <= 30")]
    [InlineData("steps", "Minimum value: 3.", "steps >= 3")]
    [InlineData("image_size", "Both sides must be between 64 and 2048 px.", "sides(image_size) >= 64, <= 2048")]
    [InlineData("image_size", "Width and height must be divisible by 32.", "sides(image_size) % 32 = 0")]
    [InlineData("image_size", "The total number of pixels cannot exceed 4,194,304.", "area(image_size) <= 4194304")]
    [InlineData("image_size", "The aspect ratio must be between 1:4 and 4:1.", "aspect(image_size) >= 0.25, <= 4")]
    [InlineData("image_url", "Maximum file size is 20 MB.", "file(image_url) bytes ..20971520")]
    [InlineData("video_url", "Must be 10 seconds or shorter.", "file(video_url) seconds ..10")]
    [InlineData("image_url", "Longest side must not exceed 4096 pixels.", "file(image_url) width ..4096, height ..4096")]
    [InlineData("palette", "Must either be given by a preset (name) or by a list of colors (members).", "exactlyOne(palette: name, members)")]
    public void Rules_in_other_words_are_read(string member, string description, string formulas)
    {
        var statements = RuleSample.Read(member, description);

        Assert.True(formulas == RuleSample.Formulas(statements), $"expected {formulas}\nread     " + string.Join("; ", statements));
        Assert.DoesNotContain(statements, one => one.Outcome == RuleOutcome.Advice);
    }

    [Theory]
    [InlineData("image_urls", "Supports up to 6 images.", "count(image_urls) <= 6")]
    [InlineData("voices", "You can use up to two voices.", "count(voices) <= 2")]
    [InlineData("video_url", "Provide either video_url, image_url, or both.", "atLeastOne(video_url, image_url)")]
    [InlineData("steps", "Number of steps (1-50).", "steps >= 1, <= 50")]
    [InlineData("mask_url", "Should not be used with video_url.", "mask_url excludes video_url")]
    [InlineData("prompt", "Should be less than 500 characters.", "length(prompt) <= 499")]
    [InlineData("mask_url", "May not be used with video_url.", "mask_url excludes video_url")]
    public void Soft_words_are_advice(string member, string description, string formula)
    {
        var statement = Assert.Single(RuleSample.Read(member, description));

        Assert.Equal((RuleOutcome.Advice, formula), (statement.Outcome, statement.Rule?.Formula));
        Assert.True(statement.Rule!.IsAdvice);
    }

    [Theory]
    [InlineData("prompt", "Either prompt or storyboard may help.")]
    [InlineData("image_urls", "We recommend at most 4 images.")]
    [InlineData("image_urls", "Ideally at least 3 images.")]
    [InlineData("prompt", "A short text. 20 words maximum.")]
    [InlineData("steps", "Higher values (20-40) give better results.")]
    [InlineData("image_url", "Larger images are resized to at most 1024 pixels.")]
    [InlineData("keywords", "If more than 10 keywords are given, only the first 10 are used.")]
    [InlineData("image_urls", "A maximum of 4 images are allowed. The rest is ignored.")]
    [InlineData("image_urls", "A maximum of 4 images are allowed, additional ones are dropped.")]
    [InlineData("mask_url", "Cannot be used with video_url. If both are given, video_url takes precedence.")]
    [InlineData("mask_url", "Cannot be used with movie_url.")]
    [InlineData("prompt", "Either prompt or story_board must be provided.")]
    [InlineData("prompt", "Either prompt or storyboard must be provided if mode is pro.")]
    [InlineData("steps", "Must be at least 10 when mode is pro.")]
    [InlineData("duration", "4k videos are limited to 5 seconds.")]
    [InlineData("duration", "1080p videos are limited to 7 seconds.")]
    [InlineData("mode", "Required when prompt is given. Default: fast", "\"default\": \"fast\",")]
    [InlineData("steps", "Must be between 5 and 10.", "\"default\": 20,")]
    [InlineData("steps", "Must be between 5 and 10.", "\"maximum\": 40,")]
    [InlineData("prompt", "Max 5 characters.", "\"example\": \"longer than five\",")]
    [InlineData("prompt", "Max 10 characters.", "\"maxLength\": 20,")]
    [InlineData("image_size", "Width and height must be between 512 and 1024.", "\"example\": {\"width\": 2048, \"height\": 1024},")]
    [InlineData("image_url", "Accepted formats: JPEG, PNG.", "\"examples\": [\"https://example.com/a.webp?b=c\"],")]
    [InlineData("image_url", "Accepted formats: JPEG, PNG.", "\"default\": \"https://example.com/a.GIF\",")]
    [InlineData("image_urls", "Accepted formats: JPEG, PNG.", "\"examples\": [[\"https://example.com/a.png\", \"https://example.com/a.gif\"]],")]
    public void What_is_not_surely_a_rule_is_not_enforced(string member, string description, string keywords = "") =>
        Assert.Equal("", RuleSample.Formulas(RuleSample.Read(member, description, keywords)));
}
