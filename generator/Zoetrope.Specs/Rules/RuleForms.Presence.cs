using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <content>Which members must be given together, or must not.</content>
public static partial class RuleForms
{
    private static RuleForm[] Presence =>
    [
        new("either, not both", "(either|only one of|exactly one of|one of) {names} REQUIRED [,] [but] (not both|never both|not more than one|not together)",
            static f => f.Several(ParameterRuleKind.ExactlyOne, f.Members()),
            On("prompt", "Either prompt or storyboard must be provided, but not both.", "exactlyOne(prompt, storyboard)"),
            On("prompt", "Use \"\" to leave empty.Either `prompt` or `storyboard` has to be provided but not both.", "exactlyOne(prompt, storyboard)")),
        new("must provide one, not both", "MUST PROVIDE (either|exactly one of|only one of|one of) {names} [,] [but] not both",
            static f => f.Several(ParameterRuleKind.ExactlyOne, f.Members()),
            On("prompt", "You must specify either image_url or video_url, but not both.", "exactlyOne(image_url, video_url)")),
        new("one at most",
            "((only one of|at most one of) [:|the] {names} (can|may|should) be GIVEN|(either|one of) {names} (can|may|should) be GIVEN [,] [but] not both)",
            static f => Excluding(f, f.Members()),
            On("prompt", "Only one of image_url or video_url can be provided.", "image_url excludes video_url"),
            On("prompt", "Either image_url or video_url can be used, but not both.", "image_url excludes video_url")),
        new("exactly one of", "(exactly one of [:|the] {names} REQUIRED|only one of [:|the] {names} MUST be GIVEN)",
            static f => f.Several(ParameterRuleKind.ExactlyOne, f.Members()),
            On("prompt", "Exactly one of prompt, storyboard and image_url must be set.", "exactlyOne(prompt, storyboard, image_url)")),
        new("at least one of", "(either|at least one of|one of) [:|the [following] (parameters|fields)] {names} [lp or both rp|, or both ,] REQUIRED",
            static f => f.Several(ParameterRuleKind.AtLeastOne, f.Members()),
            On("prompt", "Either audio_url or `video_url` must be provided.", "atLeastOne(audio_url, video_url)"),
            On("prompt", "Note: at least one of 'image_url' and 'video_url' is required", "atLeastOne(image_url, video_url)"),
            On("prompt", "At least one of the parameters `image_url` or `video_url` must be provided.", "atLeastOne(image_url, video_url)")),
        new("provide one", "^ PROVIDE (at least one of|one of) [:|the [following] (parameters|fields) [:]] {names}",
            static f => f.Several(ParameterRuleKind.AtLeastOne, f.Members()),
            On("prompt", "Provide at least one of `image_url` or `video_url`.", "atLeastOne(image_url, video_url)"))
        { IsSoft = true },
        new("this, that or both", "PROVIDE [either|at least] {names} [,] or both",
            static f => f.Several(ParameterRuleKind.AtLeastOne, f.Members()),
            On("audio_url", "Specify either this, video_url, or both.", "atLeastOne(audio_url, video_url)"))
        { IsSoft = true },
        new("provide either, not both", "PROVIDE (either|only one of|only) {names} [,] [but] not both",
            static f => Excluding(f, f.Members()),
            On("prompt", "Use either image_url or video_url, not both.", "image_url excludes video_url")),
        new("must provide one", "MUST PROVIDE (either|at least one of|one of) [:] {names}",
            static f => f.Several(ParameterRuleKind.AtLeastOne, f.Members()),
            On("prompt", "You must provide at least one of image_url or video_url.", "atLeastOne(image_url, video_url)"),
            On("prompt", "Must provide at least one of: prompt, image_url.", "atLeastOne(prompt, image_url)")),
        new("one or the other", "^ {names} REQUIRED",
            static f => f.Captures["names"].Exists(token => token.Is("or")) ? f.Several(ParameterRuleKind.AtLeastOne, f.Members()) : null,
            On("prompt", "image_url or video_url is required.", "atLeastOne(image_url, video_url)")),
        new("not both empty", "{names} CANNOT both be (empty|omitted|missing|null|none)",
            static f => f.Several(ParameterRuleKind.AtLeastOne, f.Members()),
            On("prompt", "prompt and image_url cannot both be empty.", "atLeastOne(prompt, image_url)")),
        new("either inside an object", "MUST [be] either [be] GIVEN ... lp {value:a} rp ... or ... lp {value:b} rp",
            Inside,
            On("palette", "Must EITHER be specified via a preset (name) or by explicit colors (members)", "exactlyOne(palette: name, members)")),
        new("required unless", "(required|mandatory) unless {names} [is|are] [GIVEN]",
            static f => Unless(f, f.Members()),
            On("prompt", "Required unless image_url is provided.", "atLeastOne(prompt, image_url)")),
        new("required where another is missing",
            "([only] (required|mandatory)|MUST be GIVEN) (if|when|where) {names} ((is|are) NOT-GIVEN|isn't [GIVEN]|aren't [GIVEN])",
            static f => IsOfValue(f) ? null : Unless(f, f.Members()),
            On("prompt", "Required if image_url is not provided.", "atLeastOne(prompt, image_url)"),
            On("prompt", "Must be provided when image_url is omitted.", "atLeastOne(prompt, image_url)"),
            On("prompt", "Only required if image_url is not provided.", "atLeastOne(prompt, image_url)"),
            On("prompt", "Required if image_url is None.", "atLeastOne(prompt, image_url)"),
            On("prompt", "Must be provided if `image_url` isn't.", "atLeastOne(prompt, image_url)"))
        { HasCondition = true },
        new("required where neither is given", "(required|mandatory|MUST be GIVEN) (if|when|where) (neither|no|none of) {names} (is|are) GIVEN",
            static f => Unless(f, f.Members()),
            On("prompt", "Required when neither image_url nor video_url is given.", "atLeastOne(prompt, image_url, video_url)"))
        { HasCondition = true },
        new("required without", "(required|mandatory) without {names}",
            static f => Unless(f, f.Members()),
            On("prompt", "Required without image_url.", "atLeastOne(prompt, image_url)")),
        new("otherwise another is required", "(if|when) [this|it] [is] (not GIVEN|omitted|left empty|empty) , {names} REQUIRED",
            static f => Unless(f, f.Members()),
            On("image_url", "If not provided, `prompt` is required.", "atLeastOne(image_url, prompt)"))
        { HasCondition = true },
        new("another is required where one is missing", "(if|when) {name:a} is NOT-GIVEN , {name:b} REQUIRED",
            static f => f.Member("a") is { } a && f.Member("b") is { } b ? f.Several(ParameterRuleKind.AtLeastOne, [b, a]) : null,
            On("prompt", "If image_url is omitted, video_url must be given.", "atLeastOne(video_url, image_url)"))
        { HasCondition = true },
        new("mutually exclusive with", "(mutually exclusive|incompatible|not compatible|conflicts) with {names}",
            static f => Excluding(f, [f.Self, .. f.Members()]),
            On("image_url", "Mutually exclusive with video_url.", "image_url excludes video_url"),
            On("image_url", "Conflicts with `video_url`.", "image_url excludes video_url")),
        new("not supported together with", "not (supported|allowed|available) (with|together with|in combination with|when using) {names}",
            static f => Excluding(f, [f.Self, .. f.Members()]),
            On("image_url", "Not supported together with video_url.", "image_url excludes video_url"))
        { IsSoft = true, HasCondition = true },
        new("are mutually exclusive", "{names} are mutually exclusive",
            static f => Excluding(f, f.Members()),
            On("prompt", "image_url and video_url are mutually exclusive.", "image_url excludes video_url")),
        new("cannot be used with", "(CANNOT be (GIVEN|combined|mixed) [TOGETHER] with|CANNOT be GIVEN (alongside|at the same time as)) {names}",
            static f => IsOfBoth(f) ? f.No("it may be about all of them together") : Excluding(f, [f.Self, .. f.Members()]),
            On("image_url", "Cannot be used in conjunction with mask_url or `video_url`", "image_url excludes mask_url, video_url"),
            On("image_url", "Cannot be used alongside `video_url`.", "image_url excludes video_url"),
            On("image_url", "Cannot be specified at the same time as video_url.", "image_url excludes video_url")),
        new("where one is given, another cannot be", "^ (if|when) {name:a} is GIVEN , {names} CANNOT be GIVEN",
            static f => f.Member("a") is { } a && !IsOfBoth(f) ? Excluding(f, [a, .. f.Members()]) : null,
            On("prompt", "If `image_url` is provided, `video_url` cannot be used.", "image_url excludes video_url"))
        { HasCondition = true },
        new("cannot be given where another is", "CANNOT be GIVEN (if|when|while) {names} (is|are) [also] GIVEN",
            static f => IsOfBoth(f) ? f.No("it may be about all of them together") : Excluding(f, [f.Self, .. f.Members()]),
            On("image_url", "Cannot be set if `video_url` is set.", "image_url excludes video_url"))
        { HasCondition = true },
        new("cannot use both", "CANNOT [both] (PROVIDE|combine) [both] {names}",
            static f => f.Members().Count > 1 ? Excluding(f, f.Members()) : null,
            On("prompt", "You cannot use both image_url and video_url.", "image_url excludes video_url")),
        new("cannot both be given", "^ {names} CANNOT (both be GIVEN|be GIVEN TOGETHER|be combined)",
            static f => f.Members().Count > 1 ? Excluding(f, f.Members()) : null,
            On("prompt", "image_url and video_url cannot be used together.", "image_url excludes video_url")),
        new("all or none", "(both|all of) {names} MUST be GIVEN [TOGETHER] [,] (or neither|or none|or not at all)",
            static f => f.Several(ParameterRuleKind.AllOrNone, f.Members()),
            On("prompt", "Both mask_url and image_url must be provided, or neither.", "allOrNone(mask_url, image_url)")),
        new("given together", "^ {names} MUST be GIVEN TOGETHER",
            static f => f.Members().Count > 1 ? f.Several(ParameterRuleKind.AllOrNone, f.Members()) : null,
            On("prompt", "mask_url and image_url must be provided together.", "allOrNone(mask_url, image_url)")),
        new("provide both or neither", "PROVIDE (both|either both) {names} or (neither|none)",
            static f => f.Several(ParameterRuleKind.AllOrNone, f.Members()),
            On("prompt", "Provide both mask_url and image_url or neither.", "allOrNone(mask_url, image_url)")),
    ];

    /// <summary>Whether "is none" may be a value of the other member.</summary>
    private static bool IsOfValue(RuleFinding f) =>
        f.Captures.Tokens[f.Captures.End - 1].Is("none")
        && f.Members().Exists(static member => member.Values.Contains("none", StringComparer.OrdinalIgnoreCase));

    /// <summary>"Cannot be used with a and b": with each of them, or with both.</summary>
    private static bool IsOfBoth(RuleFinding f) => f.Captures["names"].Exists(static token => token.Is("and") || token.Is("+"));

    private static ParameterRule? Excluding(RuleFinding f, List<RuleMember> members)
    {
        members = [.. members.Distinct()];
        if (members.Count < 2)
            return f.No("it names one member only");
        var others = members.Skip(1).ToList();
        return others.Exists(other => other.HasDefault && (other.IsBoolean || other.IsNumber))
            ? f.No($"'{others.Find(other => other.HasDefault)!.Name}' has a default, so it is always there")
            : f.Rule(ParameterRuleKind.Excludes, members);
    }

    private static ParameterRule? Unless(RuleFinding f, List<RuleMember> others)
    {
        if (f.Reason is not null || others.Count == 0)
            return null;
        if (f.Self.HasDefault)
            return f.No("it has a default, so it is never missing");
        return f.Several(ParameterRuleKind.AtLeastOne, [f.Self, .. others.Where(other => other != f.Self)]);
    }

    private static ParameterRule? Inside(RuleFinding f)
    {
        if (f.Self.Inside is not { } inside || f.Self.IsList)
            return f.No("it is not an object");
        if (inside.Find(f.Text("a")) is not { } a || inside.Find(f.Text("b")) is not { } b)
            return f.No("the object has no such members");
        return f.Rule(ParameterRuleKind.ExactlyOne, a, b) with { Owner = f.Self.Name };
    }
}
