using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <content>Limits of one value: of what, the unit behind the number and the type of the member decide (<see cref="RuleLimits"/>).</content>
public static partial class RuleForms
{
    private static List<RuleToken> Characters => [new(RuleTokenKind.Word, "characters")];

    private static RuleForm[] Limits =>
    [
        new("at least and at most", "(at least|MIN) {n:min} [{words:first}] (and|,) [and] (at most|MAX|no more than|up to) {n:max}",
            static f => f.Captures["first"].Count < 2 ? RuleLimits.Of(f, f.Number("min"), f.Number("max")) : null,
            On("image_urls", "At least 2 and at most 5 images are required.", "count(image_urls) >= 2, <= 5")),
        new("between, exclusive", "MUST be [between|from] {n:min} (and|to|-) {n:max} [,] [lp] exclusive [rp]",
            static f => RuleLimits.Of(f, f.Number("min"), f.Number("max"), isExclusive: true),
            On("strength", "Must be between 0 and 1 (exclusive).", "strength > 0, < 1")),
        new("between",
            "[length|duration|size] MUST (be|contain|have|include|provide|upload|specify) [in the range [of]] [between|from] {n:min} "
            + "[ms|s|seconds|px|pixels|mb|%|characters|items] (and|to|-) {n:max} [lp inclusive rp]",
            static f => RuleLimits.Of(f, f.Number("min"), f.Number("max")),
            On("length_ms", "Must be between 3000ms and 120000ms.", "length_ms >= 3000, <= 120000"),
            On("steps", "Must be between 5 and 50.", "steps >= 5, <= 50"),
            On("prompt", "Length must be between 10 and 2,000 characters.", "length(prompt) >= 10, <= 2000"),
            On("image_urls", "Must provide between 1 and 6 images (inclusive).", "count(image_urls) >= 1, <= 6")),
        new("in brackets", "MUST be [in|within] [the] [range] lb {n:min} , {n:max} rb",
            static f => RuleLimits.Of(f, f.Number("min"), f.Number("max")),
            On("strength", "Must be in [0, 1].", "strength >= 0, <= 1")),
        new("multiple", "MUST be [a] (multiple of|multiples of|divisible by) {n}",
            static f => RuleLimits.Multiple(f, f.Number(), 0),
            On("steps", "Must be a multiple of 8.", "steps % 8 = 0")),
        new("remainder", "MUST [satisfy|be] {words:value} % {n:divisor} (=|==) {n:rest}",
            static f => !RuleWords.Of(f.Text("value")).TrueForAll(f.Self.Words.Contains) ? f.No("it is about another value")
                : RuleLimits.Multiple(f, f.Number("divisor"), f.Number("rest") ?? 0),
            On("steps", "Must satisfy steps % 8 == 1 (e.g., 1, 9, 17).", "steps % 8 = 1")),
        new("odd", "^ MUST be [an] odd [number]",
            static f => RuleLimits.Multiple(f, 2, 1),
            On("steps", "Must be odd.", "steps % 2 = 1")),
        new("even", "^ MUST be [an] even [number]",
            static f => RuleLimits.Multiple(f, 2, 0),
            On("steps", "Must be an even number.", "steps % 2 = 0")),
        new("exactly", "(exactly|precisely) {n}",
            static f => RuleLimits.Of(f, f.Number(), f.Number()),
            On("image_urls", "Exactly 2 images are required.", "count(image_urls) = 2")),
        new("only one", "(only [a]|we currently support [only] [a]|[currently] supports only [a]|[currently] only supports [a]) {n}",
            static f => f.Number() is { } n ? RuleLimits.Of(f, null, n, needsNoun: true) : null,
            On("elements", "Only 1 element is supported.", "count(elements) <= 1"),
            On("elements", "Only a single element is supported at the moment.", "count(elements) <= 1"),
            On("elements", "We currently support one element.", "count(elements) <= 1"),
            On("image_urls", "Currently only supports 1 image.", "count(image_urls) <= 1")),
        new("maximum",
            "(MAX|MAX [file] size|MAX length|MAX duration|MAX value|MAX number|CANNOT EXCEED|MUST not EXCEED|CANNOT be MORE|CANNOT (contain|have|"
            + "include) MORE|MUST be MAX|MUST be (<=|less than or equal to)) [of|is|:|lp] {n}",
            static f => RuleLimits.Of(f, null, f.Number()),
            On("image_urls", "A maximum of 4 images are allowed.", "count(image_urls) <= 4"),
            On("elements", "List of elements to apply (maximum 3).", "count(elements) <= 3"),
            On("prompt", "The prompt to be spoken (maximum 5000 characters).", "length(prompt) <= 5000"),
            On("keywords", "Up to 100 keywords, max 50 characters each.", "count(keywords) <= 100; itemLength(keywords) <= 50"),
            On("image_url", "Maximum file size: 12MB.", "file(image_url) bytes ..12582912"),
            On("image_urls", "Must not contain more than 4 images.", "count(image_urls) <= 4")),
        new("limit of characters", "((character|characters) limit|limit of characters|MAX (characters|chars)) [of|is|:|=] {n}",
            static f => f.Self.IsText ? RuleLimits.Of(f, null, f.Number(), unit: Characters) : null,
            On("prompt", "Character limit: 5000.", "length(prompt) <= 5000"),
            On("prompt", "Maximum characters: 2000.", "length(prompt) <= 2000")),
        new("number and limit", "^ {n} (character|characters|char|chars) limit",
            static f => f.Self.IsText ? RuleLimits.Of(f, null, f.Number(), unit: Characters) : null,
            On("prompt", "500 character limit.", "length(prompt) <= 500")),
        new("number of", "MAX [number of] {words:noun} (:|is|=|are) {n}",
            static f => f.Self.IsList && f.Captures["noun"].Count < 3 ? RuleLimits.Of(f, null, f.Number(), unit: f.Captures["noun"], needsNoun: true) : null,
            On("image_urls", "Maximum number of images: 4.", "count(image_urls) <= 4")),
        new("at the end", "{n} [{words:unit}] (max|maximum|at most|or less|or fewer|or shorter|or smaller|or lower) [lp|rp|,|;|$]",
            static f => f.Captures["unit"].Count < 3 ? RuleLimits.Of(f, null, f.Number(), unit: f.Captures["unit"]) : null,
            On("prompt", "A prompt, 300 characters maximum.", "length(prompt) <= 300")),
        new("fewer than", "(MUST (be|contain|have) LESS|CANNOT be longer than) {n}",
            static f => RuleLimits.Of(f, null, f.Number(), isExclusive: true),
            On("prompt", "Must be shorter than 100 characters.", "length(prompt) <= 99"),
            On("prompt", "The prompt must contain fewer than 1000 characters.", "length(prompt) <= 999"),
            On("audio_url", "Audio must be under 30s long.", "file(audio_url) seconds ..30")),
        new("supports up to",
            "(supports up to|you can (use|provide|add|upload|specify|pass) up to|can use up to|supports at most|accepts up to|support up to) [a "
            + "maximum of] {n}",
            static f => RuleLimits.Of(f, null, f.Number()),
            On("image_urls", "Supports up to 3 images.", "count(image_urls) <= 3"))
        { IsSoft = true },
        new("up to", "^ [optional :|optional] up to {n}",
            static f => RuleLimits.Of(f, null, f.Number(), needsNoun: true),
            On("image_urls", "Up to 9 images.", "count(image_urls) <= 9")),
        new("up to in passing", "up to {n}",
            static f => RuleLimits.Of(f, null, f.Number()),
            On("image_urls", "Optional images that guide the edit (up to 5).", "count(image_urls) <= 5"))
        { IsSoft = true },
        new("minimum",
            "(MIN|MIN length|MIN duration|MIN value|MIN size|MUST be MIN|MUST be (>=|greater than or equal to)|CANNOT be LESS) [of|is|:|lp] {n}",
            static f => RuleLimits.Of(f, f.Number(), null),
            On("image_urls", "At least 2 images are required.", "count(image_urls) >= 2"),
            On("prompt", "Minimum 10 characters.", "length(prompt) >= 10"),
            On("steps", "Cannot be less than 5.", "steps >= 5"),
            On("video_url", "Min duration: 3s", "file(video_url) seconds 3..")),
        new("between, with a unit", "^ between {n:min} and {n:max} {words:unit}",
            static f => RangeOfUnit(f),
            On("image_urls", "Between 1 and 4 images.", "count(image_urls) >= 1, <= 4"),
            On("prompt", "Between 10 and 300 characters.", "length(prompt) >= 10, <= 300")),
        new("from to, with a unit", "{n:min} (-|to) {n:max} {words:unit}",
            static f => RangeOfUnit(f),
            On("image_urls", "Reference images for editing (1-3 images required).", "count(image_urls) >= 1, <= 3"),
            On("prompt", "The prompt, 10-300 characters.", "length(prompt) >= 10, <= 300")),
        new("range in parentheses", "lp [range :|valid range :|range] {n:min} (-|to) {n:max} rp $",
            static f => f.Self.IsNumber ? RuleLimits.Of(f, f.Number("min"), f.Number("max")) : null,
            On("steps", "How strongly the prompt guides (0-20).", "steps >= 0, <= 20"))
        { IsSoft = true },
        new("range", "(range|valid range|allowed range|values range) [is|:|of|from] [between|from] {n:min} (-|to|and) {n:max}",
            static f => f.Self.IsNumber ? RuleLimits.Of(f, f.Number("min"), f.Number("max")) : null,
            On("steps", "Valid range: 1 to 60.", "steps >= 1, <= 60"))
        { IsSoft = true },
    ];

    /// <summary>A range with its unit. That of a number only describes the usual values, whatever the unit.</summary>
    private static ParameterRule? RangeOfUnit(RuleFinding f)
    {
        var rule = RuleLimits.Of(f, f.Number("min"), f.Number("max"), unit: f.Captures["unit"], needsNoun: true);
        f.IsSoft |= rule?.Kind == ParameterRuleKind.Value;
        return rule;
    }
}
