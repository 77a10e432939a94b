using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <content>What must hold where something else does, and comparisons of two members.</content>
public static partial class RuleForms
{
    private static RuleForm[] Conditions =>
    [
        new("required when values",
            "(required|mandatory|MUST be GIVEN) (when|if|where) {name:a} (is|=|==|is set to|equals) {value:x} [and {name:b} (is|=|==|is set to|equals) "
            + "{value:y}]",
            RequiredWhen,
            On("prompt", "Required when instrumental is false and mode is 'pro'.", "prompt required if instrumental in false and mode in pro"))
        { HasCondition = true },
        new("with a value another is required", "(when|if|where) {name:a} (is|=|==|is set to|equals) {value:x} , {name:self} REQUIRED",
            static f => !IsAboutPresence(f) && f.Member("self") is { } self && f.Is(f.Member("a"), [f.Text("x")]) is { } condition
                ? Required(f, self, [condition])
                : null,
            On("mode", "When mode is pro, `prompt` is required.", "prompt required if mode in pro"))
        { HasCondition = true },
        new("required with another", "(required|mandatory|MUST be GIVEN) (when|if|where) [using] {name:a} [(is|are) GIVEN]",
            static f => f.Member("a") is { } a ? Required(f, f.Self, [RuleFinding.Given(a)]) : null,
            On("prompt", "Required when mask_url is provided.", "prompt required if mask_url given"))
        { HasCondition = true },
        new("with one, at least one other", "(if|when) {words:a} (is|are) GIVEN , at least one [of] {words:list} (is|are) (required|needed)",
            RequiresOneOf,
            On("audio_urls", "Several per request.If audio is provided, at least one reference image or video is required.",
                "audio_urls requires image_urls or video_urls"))
        { HasCondition = true },
        new("requires", "^ [this|it|also|this parameter|this option|note :] requires {names} [to be GIVEN|(is|are|being) GIVEN] $",
            static f => Requires(f, f.Members()),
            On("mask_url", "Requires image_url.", "mask_url requires image_url"),
            On("mask_url", "This option requires `image_url` to be set", "mask_url requires image_url")),
        new("names what it requires", "^ {name:a} requires {names} [to be GIVEN|(is|are|being) GIVEN] $",
            static f => f.Member("a") is { } a ? Requires(f, f.Members(), a) : null,
            On("prompt", "`mask_url` requires `image_url`.", "mask_url requires image_url")),
        new("when given, another too", "(if|when) [this|it] [is] GIVEN , {names} (REQUIRED|MUST also be GIVEN)",
            static f => Requires(f, f.Members()),
            On("mask_url", "When provided, image_url must also be provided.", "mask_url requires image_url"))
        { HasCondition = true },
        new("when one is given, another too", "(if|when) {name:a} is GIVEN , {names} (REQUIRED|MUST also be GIVEN)",
            static f => f.Member("a") is { } a ? Requires(f, f.Members(), a) : null,
            On("prompt", "If mask_url is set, image_url is required.", "mask_url requires image_url"))
        { HasCondition = true },
        new("can only be used with", "(can|may) only be (GIVEN|combined) [TOGETHER] with {names}",
            static f => Requires(f, f.Members()),
            On("mask_url", "Can only be used with image_url.", "mask_url requires image_url"),
            On("instrumental", "Can only be used together with `prompt`.", "instrumental requires prompt if instrumental in true")),
        new("must be used with", "MUST be GIVEN [TOGETHER] with {names}",
            static f => Requires(f, f.Members()),
            On("mask_url", "Must be used in combination with image_url.", "mask_url requires image_url")),
        new("can only be given where another is", "(can|may) only be GIVEN (if|when) {names} (is|are) [also] GIVEN",
            static f => Requires(f, f.Members()),
            On("mask_url", "Can only be set if image_url is provided.", "mask_url requires image_url"))
        { HasCondition = true },
        new("only allowed where another is given", "^ only (allowed|permitted) (if|when) {names} (is|are) [also] GIVEN",
            static f => Requires(f, f.Members()),
            On("mask_url", "Only allowed if `image_url` is provided.", "mask_url requires image_url"))
        { HasCondition = true, IsSoft = true },
        new("number of items by a value", "[[the] number of {words:noun}] (varies|depends) (by|on) {name:on} : ... $",
            RuleSwitch.Read,
            On("image_urls", "Number of images required varies by template: 'wide' and 'tall' accept 1-2 images, 'square' requires exactly 3 images, "
                + "all other templates accept only 1 image.",
                "count(image_urls) >= 1, <= 2 if template in tall|wide; count(image_urls) = 3 if template in square; "
                + "count(image_urls) = 1 if template not in square|tall|wide"))
        { HasCondition = true },
        new("at least another", "(MUST be (>=|greater than or equal to|at least|not less than|no less than|larger than or equal to)|CANNOT be LESS) {name}",
            static f => Compares(f, ">="),
            On("end", "Must be >= `start`.", "end >= start"),
            On("end", "Cannot be less than `start`.", "end >= start"),
            On("end", "Must not be lower than `start`.", "end >= start")),
        new("more than another", "MUST be [strictly] (>|greater than|more than|larger than|higher than|after|above) {name}",
            static f => Compares(f, ">"),
            On("end", "Must be greater than `start`.", "end > start")),
        new("at most another", "(MUST be (<=|less than or equal to|at most|smaller than or equal to|no more than)|CANNOT EXCEED|MUST not EXCEED) {name}",
            static f => Compares(f, "<="),
            On("start", "Cannot exceed `end`.", "start <= end")),
        new("less than another", "MUST be [strictly] (<|less than|smaller than|lower than|before|below) {name}",
            static f => Compares(f, "<"),
            On("start", "Must be less than `end`.", "start < end"),
            On("start", "Must be strictly less than `end`.", "start < end")),
    ];

    private static IEnumerable<string> Values(RuleFinding f, string name) =>
        f.Captures[name].Where(token => token.Kind != RuleTokenKind.Symbol && !token.Is("or") && !token.Is("and") && !token.Is("the"))
            .Select(token => token.Text);

    private static ParameterRule? RequiredWhen(RuleFinding f)
    {
        if (IsAboutPresence(f))
            return null;
        var first = f.Is(f.Member("a"), [f.Text("x")]);
        if (first is null || !f.Captures.Has("b"))
            return first is null ? null : Required(f, f.Self, [first]);
        return f.Is(f.Member("b"), [f.Text("y")]) is { } second ? Required(f, f.Self, [first, second]) : null;
    }

    /// <summary>Whether what looks like a value is a word of another form: "required when a is provided".</summary>
    private static bool IsAboutPresence(RuleFinding f) => f.Text("x").ToLowerInvariant() is "provided" or "specified" or "given" or "set" or "supplied"
        or "present" or "passed" or "used" or "sent" or "not" or "omitted" or "missing" or "empty" or "included" or "defined";

    private static ParameterRule? Required(RuleFinding f, RuleMember self, RuleCondition[] conditions)
    {
        if (self.HasDefault)
            return f.No("it has a default, so it is never missing");
        if (self.IsRequired)
            return f.No("it is always required");
        // An empty default counts as missing here, which the words do not say.
        f.IsSoft |= self.Default is not null;
        return f.Rule(ParameterRuleKind.RequiredWhen, self) with { When = new(conditions) };
    }

    private static ParameterRule? RequiresOneOf(RuleFinding f)
    {
        var isSelf = f.Self.Words.Exists(RuleWords.Of(f.Text("a")).Contains);
        if ((isSelf ? f.Self : f.Phrase("a")) is not { } self)
            return null;
        var others = f.Phrases(f.Captures["list"], one => one.IsFile && one.IsList == f.Self.IsList);
        return others.Contains(null) ? null : f.Rule(ParameterRuleKind.Requires, [self, .. others.OfType<RuleMember>().Where(other => other != self)]);
    }

    private static ParameterRule? Requires(RuleFinding f, List<RuleMember> others, RuleMember? self = null)
    {
        self ??= f.Self;
        if (f.Reason is not null || others.Count == 0)
            return null;
        if (others.Find(other => other.HasDefault || other.IsRequired) is { } always)
            return f.No($"'{always.Name}' is always there");
        if (others.Contains(self))
            return f.No("it names one member only");
        if (self.IsRequired)
            return f.No($"'{self.Name}' is always required");
        var rule = f.Rule(ParameterRuleKind.Requires, [self, .. others]);
        if (others.Count > 1 && f.Captures["names"].Exists(token => token.Is("and")))
            return f.No("it requires several members");
        return self.IsBoolean && f.Is(self, ["true"]) is { } when ? rule with { When = new([when]) } : rule;
    }

    private static ParameterRule? Compares(RuleFinding f, string comparison)
    {
        if (f.Captures["name"].Exists(token => !token.IsQuoted && f.Object.Find(token.Text) is null && token.Number is not null) || f.Member() is not { } other)
            return null;
        return f.Self.IsNumber && other.IsNumber && other != f.Self
            ? f.Rule(ParameterRuleKind.Compare, f.Self, other) with { Operator = comparison }
            : f.No("both members must be numbers");
    }
}
